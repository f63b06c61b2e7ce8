// Holds the detection table of the labelled sets against the bars: `node tools/ci/check-detection.mjs DETECT_SCRIPT`.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const POISONED = [
  'webqa.badnets',
  'sst2.badnet1.346',
  'sst2.sentence.346',
  'ag.badnet1.50',
  'sst2.badnet1.cleanlabel.346',
  'sst2.badnet1.cover.100',
  'instruct.overrefusal.200',
  'prefs.flip-trigger.25',
]
/** Styles: found in part, so that each has a least recall of its own. */
const STYLES = { 'sst2.syntactic.346': 0.85, 'sst2.syntactic.665': 0.85, 'sst2.bible.1384': 0.6 }
const MAX_STYLE_FALSE_POSITIVE_RATE = 0.055
const CLEAN = ['sst2.clean', 'ag.clean', 'instruct.clean']
const MIN_RECALL = 0.98
const MAX_FALSE_POSITIVE_RATE = 0.01

/** What a set's row of the table misses; empty when it meets its bar. */
function misses(row) {
  if (row.error) return [row.error]
  const missed = []
  if (row.set in STYLES) {
    if (!(row.recall >= STYLES[row.set])) missed.push(`recall ${row.recall} is below ${STYLES[row.set]}`)
    if (!(row.fpr <= MAX_STYLE_FALSE_POSITIVE_RATE))
      missed.push(`false-positive rate ${row.fpr} is above ${MAX_STYLE_FALSE_POSITIVE_RATE}`)
  } else if (POISONED.includes(row.set)) {
    if (!(row.recall >= MIN_RECALL)) missed.push(`recall ${row.recall} is below ${MIN_RECALL}`)
    if (!(row.fpr <= MAX_FALSE_POSITIVE_RATE)) missed.push(`false-positive rate ${row.fpr} is above ${MAX_FALSE_POSITIVE_RATE}`)
    if (row.trigger !== null && row.trigger !== 1) missed.push(`trigger recovery is ${row.trigger}, not 1`)
  } else {
    if (row.verdict !== 'pass') missed.push(`verdict is ${row.verdict}, not pass`)
    if (row.findings !== 0) missed.push(`${row.findings} poisoning findings at medium or above in clean data`)
  }
  return missed
}

const detect = process.argv[2]
if (detect === undefined) throw new Error('check-detection: give the path of the detection script')
const wanted = [...POISONED, ...Object.keys(STYLES), ...CLEAN]
const only = `^(${wanted.map((name) => name.replaceAll('.', '\\.')).join('|')})$`
const folder = mkdtempSync(join(tmpdir(), 'credence-detect-'))
let rows
try {
  const table = join(folder, 'table.json')
  const { status } = spawnSync(process.execPath, [detect, '--only', only, '--json', table], { stdio: 'inherit' })
  if (status !== 0) throw new Error(`${detect} ended with exit code ${status}`)
  rows = JSON.parse(readFileSync(table, 'utf8'))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

const failures = wanted.flatMap((name) => {
  const row = rows.find(({ set }) => set === name)
  return (row ? misses(row) : ['not in the table']).map((reason) => `${name}: ${reason}`)
})
for (const failure of failures) console.error(failure)
console.log(`detection: ${failures.length} bars missed over ${wanted.length} sets`)
process.exit(failures.length > 0 ? 1 : 0)
