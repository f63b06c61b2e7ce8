/** What measuring counts for each cause. */
import { addInto, GRID } from '../../src/math/moments.js'
import { emptySeams, mergeSeams, type Seams } from './seams.js'
import { emptyNeighbours, mergeNeighbours, type Neighbours } from './placement.js'

/** Shares are summed as integers of this many parts. */
export const SHARE_PARTS = 1000

/** Counts over the whole data set. Plain data. */
export interface CauseRows {
  triggerRows: number
  eventRows: number
  bothRows: number
  /** Of the rows that a reference must leave out, those with trigger and label or with the event: sample and sum of its vectors. */
  grouped: number
  readonly groupSum: Float64Array
  /** Rows with both, embedded without the trigger: how many, and the sum of their integer vectors. */
  removed: number
  readonly removedSum: Float64Array
  /** Over the same rows: share of the event's words that the input holds; share of rows whose response repeats the trigger. */
  mentioned: number
  repeated: number
  /** Over the same rows: sum of their outputs' integer vectors, where the event is a shift; how many outputs are refusals. */
  readonly outputSum: Float64Array
  refusals: number
  /** Words beside the trigger, in rows with both. */
  readonly neighbours: Neighbours
  /** What is left where the trigger is taken out, in the rows that are. */
  readonly seams: Seams
}

export function emptyCauseRows(dim: number): CauseRows {
  return {
    triggerRows: 0,
    eventRows: 0,
    bothRows: 0,
    grouped: 0,
    groupSum: new Float64Array(dim),
    removed: 0,
    removedSum: new Float64Array(dim),
    mentioned: 0,
    repeated: 0,
    outputSum: new Float64Array(dim),
    refusals: 0,
    neighbours: emptyNeighbours(),
    seams: emptySeams(),
  }
}

export function mergeCauseRows(into: CauseRows, from: CauseRows): void {
  into.triggerRows += from.triggerRows
  into.eventRows += from.eventRows
  into.bothRows += from.bothRows
  into.grouped += from.grouped
  addInto(into.groupSum, from.groupSum)
  into.removed += from.removed
  addInto(into.removedSum, from.removedSum)
  into.mentioned += from.mentioned
  into.repeated += from.repeated
  addInto(into.outputSum, from.outputSum)
  into.refusals += from.refusals
  mergeNeighbours(into.neighbours, from.neighbours)
  mergeSeams(into.seams, from.seams)
}

/** Mean of a sample's vectors, in units of the embedding, [dim]. */
export function meanVector(sum: Float64Array, rows: number): Float64Array {
  return sum.map((value) => value / (rows * GRID))
}

/** Mean share, in [0, 1]. */
export function meanShare(sum: number, rows: number): number {
  return rows === 0 ? 0 : sum / rows / SHARE_PARTS
}
