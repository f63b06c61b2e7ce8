// Whether the probability that credence states of a row, that its label was flipped, is the share that was.
import { pathToFileURL } from 'node:url'
import { resolve } from 'node:path'
import { rowsOf, scanRows } from './clean.mjs'
import { labelledSets, MOST_FAILURES, openLog, writeResult } from './places.mjs'
import { unseenCorpora } from './unseen.mjs'

/** From one label to another: both ways where there are two, else of close classes and of others. */
const PAIRS = {
  'sst2.clean': [
    ['0', '1'],
    ['1', '0'],
  ],
  'ag.clean': [
    ['0', '1'],
    ['2', '3'],
  ],
  questions6: [
    ['DESC', 'ENTY'],
    ['NUM', 'LOC'],
  ],
  tweets: [
    ['pos', 'neg'],
    ['neg', 'pos'],
  ],
  movieReviewSnippets: [
    ['pos', 'neg'],
    ['neg', 'pos'],
  ],
}
/** Shares of the rows of the class that labels are taken from. */
const RATES = [0.06, 0.15]
const BINS = 5

/** A copy in which so many rows of one label have another, and which rows these are. */
function flip(rows, [from, to], rate, random) {
  const pool = rows.flatMap(({ label }, row) => (String(label) === from ? [row] : []))
  const given = rows.find(({ label }) => String(label) === to).label
  const flipped = new Set()
  while (flipped.size < Math.round(rate * pool.length)) flipped.add(pool[Math.floor(random() * pool.length)])
  return { flipped, rows: rows.map((row, at) => (flipped.has(at) ? { ...row, label: given } : row)) }
}

/** By stated probability: rows listed, the sum of what is stated, and how many were flipped. */
function tally({ flags, scores }, flipped) {
  const bins = Array.from({ length: BINS }, () => ({ rows: 0, stated: 0, flipped: 0 }))
  flags.forEach((flag, row) => {
    if (flag === 0) return
    const bin = bins[Math.min(BINS - 1, Math.floor(scores[row] * BINS))]
    bin.rows++
    bin.stated += scores[row]
    if (flipped.has(row)) bin.flipped++
  })
  return bins
}

/** Plants flips in each corpus and scans it with `label` alone. Returns what failed. */
export async function runFlips({ credence, data, only, seeds, deadline }) {
  const { random, mix32 } = await import(pathToFileURL(resolve(credence.dist, 'src', 'math', 'random.js')).href)
  const log = openLog('flips')
  const failed = []
  const corpora = [...labelledSets(data, /\.clean$/), ...unseenCorpora()].filter(({ name }) => name in PAIRS)
  const loaded = new Map()
  const cells = Array.from({ length: seeds }, (_, seed) =>
    corpora.flatMap(({ name, data: path }) =>
      PAIRS[name].flatMap((pair) => RATES.map((rate) => ({ seed, name, path, pair, rate }))),
    ),
  ).flat()
  const keyOf = ({ name, pair, rate, seed }) => `${credence.version}|${name}|${pair.join('>')}|${rate}|${seed}`
  for (const cell of cells) {
    const key = keyOf(cell)
    if (!only.test(cell.name) || log.entries.has(key) || Date.now() > deadline || failed.length >= MOST_FAILURES) continue
    try {
      if (!loaded.has(cell.path)) loaded.set(cell.path, await rowsOf(cell.path))
      const { rows, flipped } = flip(loaded.get(cell.path), cell.pair, cell.rate, random(mix32(cell.seed + 1)))
      const result = await scanRows(rows, credence, ['--scanners', 'label'])
      log.add({ key, name: cell.name, pair: cell.pair.join(' → '), planted: flipped.size, bins: tally(result, flipped) })
    } catch (error) {
      failed.push(`${key}: ${error.message}`)
    }
  }
  const results = cells.flatMap((cell) => log.entries.get(keyOf(cell)) ?? [])
  await writeResult('flips', {
    credence: credence.version,
    cells: cells.length,
    results: results.map(({ key, ...rest }) => rest),
  })
  return failed
}
