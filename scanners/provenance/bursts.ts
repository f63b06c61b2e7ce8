/** Bursts in time: far more rows than at any other time, most of them with one label or from one source. */
import { hash32 } from '../../src/math/random.js'
import { logBinomialTail } from '../../src/math/stats.js'
import type { Finding } from '../../src/model/finding.js'
import { instantOf } from '../../src/model/instant.js'
import type { RowBatch } from '../../src/model/row-batch.js'
import type { TimeGrid } from '../../src/model/time-grid.js'
import { bucketsOf, bucketWidth, countsAt, timeGrid } from '../../src/model/time-grid.js'
import { smallest } from '../../src/sketch/bottom-k.js'
import type { Claim } from './claim.js'
import { claim, counted } from './claim.js'
import { tracedCell } from './content.js'
import type { Faults } from './faults.js'
import { addFault, faults, mergeFaults } from './faults.js'

/** What rows of a burst may share. */
const SHARED = ['label', 'source'] as const
type Shared = (typeof SHARED)[number]

/** Cells of a bucket: all rows, then rows by hash of their label, then by hash of their source. A shared cell hides a burst, never makes one. */
const FIRST: Readonly<Record<Shared, number>> = { label: 1, source: 65 }
const GROUPS: Readonly<Record<Shared, number>> = { label: 64, source: 192 }
const CELLS = 257

/** Lengths of windows, in buckets: few rows over a long time leave most buckets empty. */
const LENGTHS = Array.from({ length: 16 }, (_, i) => 2 ** i)
/** Fewer windows of a length with rows say nothing about what is usual. */
const LEAST_WINDOWS = 20
/** A state of bursts has this many times the rate of the usual one (Kleinberg 2002, "Bursty and Hierarchical Structure in Streams": s = 2). */
const LEAST_LIFT = 2
/** What holds more of the rows is no burst but how the data set was made. */
const MOST_SHARE = 0.1
const NAME_UNITS = 100

export interface Burst {
  readonly shared: Shared
  /** The hash cell of what they share. */
  readonly cell: number
  /** Seconds since 1970, half open. */
  readonly from: number
  readonly to: number
  /** Rows in the time, in all; in the fullest other time of that length; and those that share it. */
  readonly inTime: number
  readonly rival: number
  readonly sharing: number
  /** Share of the label or source among rows of other times. */
  readonly usual: number
  /** Natural logarithm of the larger of both tails, each times its number of tests. */
  readonly logTail: number
}

export type BurstFaults = Readonly<Record<Shared, Faults>>

export function burstTally(): TimeGrid {
  return timeGrid(CELLS)
}

export function tallyTime(grid: TimeGrid, batch: RowBatch, i: number): void {
  const instant = instantOf(batch.columns.timestamp?.[i] ?? null)
  if (instant === null) return
  const counts = countsAt(grid, instant)
  counts[0] = counts[0]! + 1
  for (const shared of SHARED) {
    const cell = cellOf(shared, batch, i)
    if (cell !== null) counts[cell] = counts[cell]! + 1
  }
}

/** The clearest burst of a label, and of a source. */
export function burstsIn(grid: TimeGrid, alpha: number): Burst[] {
  const times = new Times(grid)
  const windows = LENGTHS.flatMap((length) => times.peak(length) ?? [])
  return SHARED.flatMap((shared) => {
    const found = windows.flatMap((window) => times.judge(window, shared)).filter(({ logTail }) => logTail <= Math.log(alpha))
    return found.sort((a, b) => a.logTail - b.logTail || a.to - a.from - (b.to - b.from) || a.cell - b.cell).slice(0, 1)
  })
}

interface Window {
  /** First bucket and number of buckets. */
  readonly start: number
  readonly length: number
  readonly rows: number
  readonly rival: number
  /** Rows of each cell, [CELLS]. */
  readonly counts: Float64Array
}

/** The buckets of a grid, as sums over windows need them. */
class Times {
  readonly #buckets: readonly { readonly bucket: number; readonly counts: Uint32Array }[]
  readonly #width: number
  readonly #all = new Float64Array(CELLS)
  readonly #tests: number

  constructor(grid: TimeGrid) {
    this.#buckets = bucketsOf(grid)
    this.#width = bucketWidth(grid)
    for (const { counts } of this.#buckets) addTo(this.#all, counts)
    this.#tests = Math.max(1, this.#buckets.length * LENGTHS.length)
  }

  /** The window of a length with the most rows, against the next one beside it; null where too few windows have rows. */
  peak(length: number): Window | null {
    const sums = this.#rowsInWindows(length)
    const usual = new Set(this.#buckets.map(({ bucket }) => Math.floor(bucket / length))).size
    const best = sums.reduce((best, rows, first) => (rows > (sums[best] ?? 0) ? first : best), 0)
    const start = this.#buckets[best]?.bucket
    const rows = sums[best] ?? 0
    if (start === undefined || usual < LEAST_WINDOWS || rows > MOST_SHARE * this.#all[0]!) return null
    const rival = this.#buckets.reduce(
      (most, { bucket }, first) => (Math.abs(bucket - start) >= length ? Math.max(most, sums[first] ?? 0) : most),
      0,
    )
    const counts = new Float64Array(CELLS)
    for (const { bucket, counts: own } of this.#buckets) if (bucket >= start && bucket < start + length) addTo(counts, own)
    return { start, length, rows, rival, counts }
  }

  /** Bursts of one label or source in a window: it must be fuller than others, and that cell's share larger than elsewhere. */
  judge({ start, length, rows, rival, counts }: Window, shared: Shared): Burst[] {
    // Given the rows of both, those of the fuller one are binomial where its rate is at most so many times the other's.
    // One test a length: of its windows only the fullest is held against the next one.
    const fuller = logBinomialTail(rows + rival, rows, LEAST_LIFT / (LEAST_LIFT + 1)) + Math.log(LENGTHS.length)
    const first = FIRST[shared]
    const cells = Array.from({ length: GROUPS[shared] }, (_, k) => first + k).filter((cell) => this.#all[cell]! > 0)
    return cells.flatMap((cell): Burst[] => {
      const sharing = counts[cell]!
      const usual = (this.#all[cell]! - sharing + 1) / (this.#all[0]! - rows + 1)
      if (sharing * 2 < rows || sharing * (1 - usual) < LEAST_LIFT * usual * (rows - sharing)) return []
      const denser = logBinomialTail(rows, sharing, usual) + Math.log(this.#tests * cells.length)
      const logTail = Math.max(fuller, denser)
      const [from, to] = [start * this.#width, (start + length) * this.#width]
      return [{ shared, cell, from, to, inTime: rows, rival, sharing, usual, logTail }]
    })
  }

  /** Rows of the windows of a length that begin with each bucket. */
  #rowsInWindows(length: number): number[] {
    let end = 0
    let rows = 0
    return this.#buckets.map(({ bucket, counts }) => {
      while (end < this.#buckets.length && this.#buckets[end]!.bucket < bucket + length) rows += this.#buckets[end++]!.counts[0]!
      const inWindow = rows
      rows -= counts[0]!
      return inWindow
    })
  }
}

export function burstFaults(maxRows: number): BurstFaults {
  return { label: faults(maxRows), source: faults(maxRows) }
}

export function collectBurst(state: BurstFaults, batch: RowBatch, i: number, bursts: readonly Burst[]): void {
  if (bursts.length === 0) return
  const instant = instantOf(batch.columns.timestamp?.[i] ?? null)
  if (instant === null) return
  for (const { shared, cell, from, to } of bursts) {
    if (instant < from || instant >= to || cellOf(shared, batch, i) !== cell) continue
    addFault(state[shared], batch, i, tracedCell(batch, shared, i)?.slice(0, NAME_UNITS) ?? null)
  }
}

export function mergeBurstFaults(into: BurstFaults, from: BurstFaults): void {
  for (const shared of SHARED) mergeFaults(into[shared], from[shared])
}

export function burstFindings(state: BurstFaults, bursts: readonly Burst[]): Finding[] {
  return bursts.flatMap((burst) => burstFinding(state[burst.shared], burst))
}

function burstFinding(faults: Faults, { shared, from, to, inTime, rival, sharing, usual, logTail }: Burst): Finding[] {
  const { value, rows, examples } = ofCommonestValue(faults)
  if (!faults.rows.dropped && rows.length * 2 < inTime) return []
  const name = JSON.stringify(value)
  const [what, whose] = shared === 'label' ? ['label', `have the label ${name}`] : ['source', `come from the source ${name}`]
  const finding = claim({
    message: 'provenance/burst',
    about: shared,
    severity: 'low',
    title: `${sharing} of the ${counted(inTime, 'row')} from ${said(from)} to ${said(to)} ${whose}`,
    why: `No other time of that length has more than ${counted(rival, 'row')}, and at other times that ${what} has ${(100 * usual).toFixed(1)} % of the rows.`,
    evidence: {
      rows: sharing,
      inTime,
      rival,
      usualShare: usual,
      from: said(from),
      to: said(to),
      log10AdjustedP: Math.max(-1e6, logTail / Math.LN10),
    },
    rows,
    examples,
  })
  return [finding]
}

/** Of rows that share a cell, those that share a value. */
function ofCommonestValue(faults: Faults): { value: string } & Required<Pick<Claim, 'rows' | 'examples'>> {
  const all = smallest(faults.rows)
  const counts = new Map<string, number>()
  for (const { value } of all) counts.set(value ?? '', (counts.get(value ?? '') ?? 0) + 1)
  const [value] = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0] ?? ['']
  const rows = all.filter((row) => row.value === value)
  const places = new Set(rows.map(({ file, row }) => `${file} ${row}`))
  const examples = smallest(faults.openings).flatMap(({ file, row, value }) => (places.has(`${file} ${row}`) ? [value] : []))
  return { value, rows, examples }
}

/** `2024-05-06 07:08 UTC`. */
function said(instant: number): string {
  return `${new Date(instant * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

function cellOf(shared: Shared, batch: RowBatch, i: number): number | null {
  const value = tracedCell(batch, shared, i)
  return value === null ? null : FIRST[shared] + (hash32(value.slice(0, NAME_UNITS)) % GROUPS[shared])
}

function addTo(sums: Float64Array, counts: Uint32Array): void {
  for (let k = 0; k < CELLS; k++) sums[k] = sums[k]! + counts[k]!
}
