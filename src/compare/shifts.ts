/** How the rows of a contribution are unlike those that were there: labels, lengths, sources. */
import { kolmogorovTail, logChiSquareTail } from '../math/stats.js'
import type { Shift } from '../model/report.js'
import type { FileRows, Rows } from '../survey/rows.js'

/** Fewer rows of either side show no distribution. */
const LEAST_ROWS = 20
/** The χ² approximation wants so many expected of each value; rarer ones are counted together. */
const LEAST_EXPECTED = 5
const MOST_NEW = 5

type Facet = 'labels' | 'sources' | 'inputs' | 'outputs'

/**
 * @param contributed for each file of the head, which of its rows are added or changed
 * @param alpha probability of any shift where there is none, shared by all tests
 */
export function shiftsOf(base: Rows, head: Rows, contributed: readonly Uint8Array[], alpha: number): Shift[] {
  const before = (facet: Facet): Uint32Array => column(base.files, facet)
  const added = (facet: Facet): Uint32Array => column(head.files, facet, contributed)
  const tests = [
    labelShift(before('labels'), added('labels'), head.labels),
    lengthShift('input', before('inputs'), added('inputs')),
    lengthShift('output', before('outputs'), added('outputs')),
  ]
  const shifted = tests.filter((shift) => shift !== null && shift.p <= alpha / tests.length) as Shift[]
  return [
    ...shifted,
    ...newValues('label', before('labels'), added('labels'), head.labels),
    ...newValues('source', before('sources'), added('sources'), head.sources),
  ]
}

/** Of all rows of all files, or of those chosen. */
function column(files: readonly FileRows[], facet: Facet, chosen?: readonly Uint8Array[]): Uint32Array {
  const parts = files.map((file, f) => (chosen === undefined ? file[facet] : file[facet].filter((_, i) => chosen[f]![i] !== 0)))
  const all = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** G-test of homogeneity over the labels (Sokal & Rohlf, Biometry, §17.4), with the label that differs most. */
function labelShift(before: Uint32Array, added: Uint32Array, names: Rows['labels']): Shift | null {
  const [b, a] = [countsOf(before), countsOf(added)]
  const [all, more] = [sumOf(b), sumOf(a)]
  if (all < LEAST_ROWS || more < LEAST_ROWS) return null
  const cells: { label: number | null; b: number; a: number }[] = []
  const rare = { label: null, b: 0, a: 0 }
  for (const label of new Set([...b.keys(), ...a.keys()])) {
    const cell = { label, b: b.get(label) ?? 0, a: a.get(label) ?? 0 }
    const expected = ((cell.b + cell.a) * Math.min(all, more)) / (all + more)
    if (expected >= LEAST_EXPECTED) cells.push(cell)
    else {
      rare.b += cell.b
      rare.a += cell.a
    }
  }
  if (rare.b + rare.a > 0) cells.push(rare)
  if (cells.length < 2) return null
  const part = (seen: number, of: number, both: number): number =>
    seen === 0 ? 0 : seen * Math.log((seen * (all + more)) / (both * of))
  const g = 2 * cells.reduce((sum, { b, a }) => sum + part(b, all, b + a) + part(a, more, b + a), 0)
  const distance = (cell: { b: number; a: number }): number => Math.abs(cell.a / more - cell.b / all)
  const most = cells.filter(({ label }) => label !== null).reduce((x, y) => (distance(y) > distance(x) ? y : x), cells[0]!)
  const name = names.get(most.label ?? 0) ?? ''
  return {
    what: 'label',
    text: `label ${JSON.stringify(name)} in ${percent(most.a / more)} of the ${more} rows that were added or changed, in ${percent(most.b / all)} of those before`,
    p: Math.exp(logChiSquareTail(g, cells.length - 1)),
  }
}

function lengthShift(what: 'input' | 'output', before: Uint32Array, added: Uint32Array): Shift | null {
  if (before.length < LEAST_ROWS || added.length < LEAST_ROWS) return null
  const [b, a] = [Float64Array.from(before).sort(), Float64Array.from(added).sort()]
  return {
    what: `length of the ${what}`,
    text: `the ${what} of rows that were added or changed has ${median(a)} characters in the median, that of those before ${median(b)}`,
    p: kolmogorovTail(distanceOf(b, a), b.length, a.length),
  }
}

/** Largest distance of the two empirical distributions; both ascending. */
function distanceOf(b: Float64Array, a: Float64Array): number {
  let [i, j, most] = [0, 0, 0]
  while (i < b.length && j < a.length) {
    const value = Math.min(b[i]!, a[j]!)
    while (i < b.length && b[i] === value) i++
    while (j < a.length && a[j] === value) j++
    most = Math.max(most, Math.abs(i / b.length - j / a.length))
  }
  return most
}

/** Values that no row had before; p is the probability that all their rows are among the new ones by chance. */
function newValues(
  what: 'label' | 'source',
  before: Uint32Array,
  added: Uint32Array,
  names: ReadonlyMap<number, string>,
): Shift[] {
  const [b, a] = [countsOf(before), countsOf(added)]
  const [all, more] = [sumOf(b), sumOf(a)]
  // Where no row had any, none can be new.
  if (all === 0) return []
  return [...a]
    .filter(([value]) => !b.has(value))
    .sort(([x, n], [y, m]) => m - n || x - y)
    .slice(0, MOST_NEW)
    .map(([value, rows]) => {
      let p = 1
      for (let k = 0; k < rows && p > 0; k++) p *= (more - k) / (all + more - k)
      const name = names.get(value)
      const shown = name === undefined ? 'another one' : JSON.stringify(name)
      return {
        what: `new ${what}`,
        text: `${what} ${shown} of ${rows === 1 ? 'one row' : `${rows} rows`}, which no row had before`,
        p,
      }
    })
}

/** Without those that have none. */
function countsOf(values: Uint32Array): Map<number, number> {
  const counts = new Map<number, number>()
  for (const value of values) if (value !== 0) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

function sumOf(counts: ReadonlyMap<number, number>): number {
  let sum = 0
  for (const count of counts.values()) sum += count
  return sum
}

function median(ascending: Float64Array): number {
  return ascending[Math.floor(ascending.length / 2)] ?? 0
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`
}
