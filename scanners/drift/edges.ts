/** Where a block begins and ends, to the row. */
import type { Keyed } from '../../src/sketch/bottom-k.js'
import { MOST_ROWS } from './gather.js'
import type { Candidate } from './plan.js'
import type { Survey } from './survey.js'

const ROUNDS = 4

export interface PlacedRow {
  readonly file: number
  readonly row: number
  readonly position: number
  readonly mask: number
}

/** A block to the row. */
export interface Block {
  readonly candidate: Candidate
  /** Rows from its first to its last, ascending by position, as far as they were kept. */
  readonly rows: readonly PlacedRow[]
  /** Rows that each one kept stands for, at least 1. */
  readonly weight: number
  /** By feature: share of the block's rows, and of its part's others. */
  readonly inside: readonly number[]
  readonly outside: readonly number[]
}

/**
 * The likeliest block: the run of rows with the greatest sum of log likelihood ratios of its features, inside against outside,
 * with the shares taken again from what is found (Kadane's maximal sum, alternating with the estimate).
 */
export function blockOf(candidate: Candidate, kept: readonly Keyed<number>[], survey: Survey): Block | null {
  const offsets = new Map(survey.files.map(({ file, offset }) => [file, offset]))
  const rows = kept
    .map(({ file, row, value }): PlacedRow => ({ file, row, position: (offsets.get(file) ?? 0) + row, mask: value }))
    .sort((a, b) => a.position - b.position)
  let start = rows.findIndex(({ position }) => position >= candidate.seenFrom)
  let end = rows.findIndex(({ position }) => position >= candidate.seenTo)
  if (start < 0) start = 0
  if (end < 0) end = rows.length
  // A sample of a wider range stands for all of it.
  const scale = kept.length < MOST_ROWS ? 1 : Math.max(1, Math.min(candidate.to - candidate.from, candidate.rows) / kept.length)
  for (let round = 0; round < ROUNDS && end > start; round++) {
    const { inside, outside } = sharesOf(candidate, rows.slice(start, end), scale)
    const weighed = inside.slice(0, candidate.telling)
    const yes = weighed.map((p, k) => Math.log(p / outside[k]!))
    const no = weighed.map((p, k) => Math.log((1 - p) / (1 - outside[k]!)))
    const [from, to] = greatestRun(rows.map(({ mask }) => yes.reduce((sum, y, k) => sum + ((mask >> k) & 1 ? y : no[k]!), 0)))
    if (from === start && to === end) break
    start = from
    end = to
  }
  if (end <= start) return null
  const own = rows.slice(start, end)
  return { candidate, rows: own, weight: scale, ...sharesOf(candidate, own, scale) }
}

/** With half a row added to each side, so that no share is 0 or 1. */
function sharesOf(
  { features, totals, rows }: Candidate,
  own: readonly PlacedRow[],
  weight: number,
): Pick<Block, 'inside' | 'outside'> {
  const n = own.length
  const counts = features.map((_, k) => own.reduce((sum, { mask }) => sum + ((mask >> k) & 1), 0))
  const others = Math.max(0, rows - n * weight)
  return {
    inside: counts.map((count) => (count + 0.5) / (n + 1)),
    outside: counts.map((count, k) => (Math.min(others, Math.max(0, totals[k]! - count * weight)) + 0.5) / (others + 1)),
  }
}

/** Half-open range of the run with the greatest sum; empty where none is positive. */
function greatestRun(values: readonly number[]): [number, number] {
  let best = 0
  let range: [number, number] = [0, 0]
  let sum = 0
  let from = 0
  values.forEach((value, i) => {
    if (sum <= 0) {
      sum = 0
      from = i
    }
    sum += value
    if (sum > best) {
      best = sum
      range = [from, i + 1]
    }
  })
  return range
}
