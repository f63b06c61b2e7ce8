// How each scanner does on its cases (test/cases): written into docs/scanners.md, between its markers. --check says where a
// scanner has become worse, --only ID[,ID] shows some. Every case missed and every false alarm is listed: what does not work is on the page as well.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fillPage, table } from './page.mjs'
import { ensureBuilt, root } from './setup.mjs'

const args = process.argv.slice(2)
const only = args[args.indexOf('--only') + 1]?.split(',')
const compiled = process.env.CREDENCE_COMPILED ?? join(root, 'dist')
if (process.env.CREDENCE_COMPILED === undefined) ensureBuilt()

const load = (path) => import(join(compiled, path))
const { casesOf } = await load('test/cases/index.js')
const { confusionOf } = await load('test/cases/confusion.js')
const { openEncoder } = await load('src/embed/open.js')
const { scanners } = await load('scanners/index.js')

const encoder = await openEncoder({ encoder: 'static', device: 'cpu', threads: 1 })
const rows = []
const counted = []
const failures = []
for (const [id, cases] of Object.entries(casesOf)) {
  if (args.includes('--only') && !only.includes(id)) continue
  const from = performance.now()
  const { flagged, missed, passed, alarms } = await confusionOf(
    scanners.find((scanner) => scanner.id === id),
    cases,
    encoder,
  )
  const positive = flagged + missed.length
  const negative = passed + alarms.length
  counted.push({ id, flagged, positive, alarms: alarms.length, negative })
  rows.push([`\`${id}\``, `${flagged} of ${positive}`, (flagged / positive).toFixed(2), `${alarms.length} of ${negative}`])
  const said = (name) => name.replaceAll('|', '\\|')
  failures.push(
    ...missed.map((name) => [`\`${id}\``, 'missed', said(name)]),
    ...alarms.map((name) => [`\`${id}\``, 'false alarm', said(name)]),
  )
  console.error(`${id}: ${cases.length} cases, ${((performance.now() - from) / 1000).toFixed(1)} s`)
}
await encoder.close()

const parts = {
  confusion: table(['scanner', 'flagged of those to flag', 'recall', 'false alarms of those to pass'], rows),
  failures: table(['scanner', '', 'case (what it said)'], failures),
}
const PAGE = join(root, 'docs', 'scanners.md')
if (args.includes('--check')) {
  for (const problem of worse()) {
    console.error(problem)
    process.exitCode = 1
  }
} else if (args.includes('--only')) console.log(Object.values(parts).join('\n\n'))
else await fillPage(PAGE, parts, false)

/** Where a scanner does worse than the page says by more than one case: processors differ in the last bit of a vector. */
function worse() {
  const line = /^\| `([a-z-]+)`\s*\| (\d+) of (\d+)\s*\| [\d.]+\s*\| (\d+) of (\d+)\s*\|$/gm
  const written = new Map([...readFileSync(PAGE, 'utf8').matchAll(line)].map(([, id, ...counts]) => [id, counts.map(Number)]))
  return counted.flatMap(({ id, flagged, positive, alarms, negative }) => {
    const [flaggedThere, positiveThere, alarmsThere, negativeThere] = written.get(id) ?? []
    if (positiveThere !== positive || negativeThere !== negative)
      return [`${id}: docs/scanners.md has other cases; run: node tools/cases.mjs`]
    if (flagged < flaggedThere - 1) return [`${id}: ${flagged} of ${positive} flagged, docs/scanners.md says ${flaggedThere}`]
    if (alarms > alarmsThere + 1) return [`${id}: ${alarms} false alarms, docs/scanners.md says ${alarmsThere}`]
    return []
  })
}
