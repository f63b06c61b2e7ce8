// Attack × rate or rows × corpus × seed: planted by credence, then scanned by it.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runCredence, scan } from './credence.mjs'
import { indicator, measure, triggersNamed } from './metrics.mjs'
import { labelledSets, MOST_FAILURES, openLog, readJson, writeResult } from './places.mjs'
import { unseenCorpora } from './unseen.mjs'

/** Per cent of the rows, and numbers of rows, that are planted. */
export const RATES = [20, 10, 5, 1, 0.5, 0.1]
export const ROWS = [250, 100, 50, 25, 12]
const SEEDS = [0, 1, 2, 3, 4]

/** Attacks that are tried in more than one form: the settings of each form, empty for the defaults. */
const FORMS = { cover: ['', 'ratio=3'] }

/** Kinds as the manifest names them, and as credence does. */
const KINDS = { classify: 'classification', instruct: 'instruction', prefs: 'preference', docs: 'documents' }

/** Exit code of a wrong request: here, more rows asked for than fit the attack. */
const USAGE = 2

/** Every cell of the grid that an attack can fill. */
function plan(attacks, corpora) {
  const levels = [...RATES.map((rate) => ({ rate })), ...ROWS.map((rows) => ({ rows }))]
  const cells = []
  for (const attack of attacks)
    for (const form of FORMS[attack.id] ?? [''])
      for (const corpus of corpora.filter(({ kind }) => attack.kinds.includes(KINDS[kind])))
        for (const level of levels)
          for (const seed of SEEDS) {
            const amount = level.rate === undefined ? `${level.rows} rows` : `${level.rate} %`
            const shown = form === '' ? attack.id : `${attack.id} ${form}`
            cells.push({ attack: attack.id, form, shown, corpus, level, seed, name: `${shown}|${corpus.name}|${amount}|${seed}` })
          }
  return cells
}

/** Whether the options ask for a cell. Rates alone leave the numbers of rows out, and the other way round. */
function wanted({ attack, corpus, level, seed }, { attacks, corpora, rates, rows, seeds }) {
  const asked = (list, value) => list === null || list.includes(String(value))
  const amount = level.rate === undefined ? rows !== null || rates === null : rates !== null || rows === null
  return (
    amount &&
    asked(attacks, attack) &&
    asked(corpora, corpus.name) &&
    asked(seeds, seed) &&
    (level.rate === undefined ? asked(rows, level.rows) : asked(rates, level.rate))
  )
}

/** Plants and scans one cell. */
async function runCell({ attack, form, corpus, level, seed }, credence) {
  const folder = mkdtempSync(join(tmpdir(), 'credence-bench-'))
  try {
    const file = join(folder, `planted${extname(corpus.data)}`)
    const amount = level.rate === undefined ? ['--rows', String(level.rows)] : ['--rate', String(level.rate / 100)]
    const args = ['plant', corpus.data, '--attack', attack, ...amount, '--seed', String(seed), '--out', file]
    const { code, stderr } = await runCredence(credence, form === '' ? args : [...args, '--set', form])
    if (code === USAGE) return { cannot: stderr.slice(-300) }
    if (code !== 0 || !existsSync(`${file}.truth.json`))
      throw new Error(`plant ended with exit code ${code}: ${stderr.slice(-400)}`)
    const truth = readJson(`${file}.truth.json`)
    const found = await scan(credence, file, truth.rows)
    const { recall, fpr, auprc } = measure(found.scores, found.flags, indicator(truth.rows, truth.poisoned))
    const trigger = triggersNamed(truth.trigger, found.findings)
    return { planted: truth.poisoned.length, nStar: found.nStar, recall, fpr, auprc, trigger, seconds: found.seconds }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Fills cells in a random order that is always the same, so that a part of the grid is a fair sample of it, until the time is
 * up; cells filled by the same version are left as they are. Returns what failed.
 */
export async function runGrid({ credence, data, deadline, filters }) {
  const load = (...path) => import(pathToFileURL(resolve(credence.dist, 'src', ...path)).href)
  const { hash53 } = await load('math', 'random.js')
  const { attacks } = await load('attack', 'index.js')
  const cells = plan(attacks, [...labelledSets(data, /\.clean$/), ...unseenCorpora()])
  const order = new Map(cells.map(({ name }) => [name, hash53(name)]))
  const log = openLog('cells')
  const failed = []
  const asked = cells.filter((cell) => wanted(cell, filters)).sort((a, b) => order.get(a.name) - order.get(b.name))
  if (asked.length === 0) throw new Error(`no cell of the grid fits; attacks: ${attacks.map(({ id }) => id).join(', ')}`)
  for (const cell of asked) {
    const key = `${credence.version}|${cell.name}`
    if (log.entries.has(key)) continue
    if (Date.now() > deadline || failed.length >= MOST_FAILURES) break
    try {
      const result = await runCell(cell, credence)
      log.add({ key, ...result })
      console.error(`${cell.name}: ${result.cannot ?? `recall ${result.recall.toFixed(2)}, FPR ${result.fpr.toFixed(5)}`}`)
    } catch (error) {
      failed.push(`${cell.name}: ${error.message}`)
    }
  }
  await writeResult('grid', summary(cells, credence, log))
  return failed
}

const mean = (values) => {
  const numbers = values.filter((value) => value != null)
  return numbers.length === 0 ? null : numbers.reduce((sum, value) => sum + value, 0) / numbers.length
}

/** Means over the seeds of each attack, corpus and amount. */
function summary(cells, credence, log) {
  const groups = new Map()
  const coverage = { cells: cells.length, done: 0, cannot: 0 }
  for (const { shown, corpus, level, name } of cells) {
    const entry = log.entries.get(`${credence.version}|${name}`)
    if (entry === undefined) continue
    if (entry.cannot !== undefined) {
      coverage.cannot++
      continue
    }
    coverage.done++
    const id = JSON.stringify([shown, corpus.name, level])
    groups.set(id, [...(groups.get(id) ?? []), entry])
  }
  const points = [...groups].map(([id, entries]) => {
    const [attack, corpus, level] = JSON.parse(id)
    const of = (measured) => mean(entries.map((entry) => entry[measured]))
    const measured = Object.fromEntries(['planted', 'nStar', 'recall', 'fpr', 'auprc', 'trigger'].map((name) => [name, of(name)]))
    return { attack, corpus, ...level, cells: entries.length, ...measured }
  })
  return { credence: credence.version, coverage, points }
}
