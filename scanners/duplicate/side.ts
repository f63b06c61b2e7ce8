/** On which side of a split a row is: training, held out from it, or neither. */
import type { RowBatch } from '../../src/model/row-batch.js'
import type { PassContext } from '../../src/scanner.js'

export const NEITHER = 0
export const TRAIN = 1
export const HELD_OUT = 2
export type Side = typeof NEITHER | typeof TRAIN | typeof HELD_OUT

export function sideOf(batch: RowBatch, i: number, { data }: PassContext): Side {
  const cell = batch.columns.split?.[i] ?? null
  return sideOfSplit(cell ?? data.files[batch.file]?.split ?? null)
}

/** By the split's usual names, and names that begin with them: `train_sft`, `test-2`. */
export function sideOfSplit(split: string | null): Side {
  if (split === null) return NEITHER
  const name = split.slice(0, 40).trim()
  if (/^train(?:ing)?(?![a-z])/i.test(name)) return TRAIN
  return /^(?:test(?:ing)?|validation|valid|val|dev|development|eval|evaluation|held[ _-]?out|holdout)(?![a-z])/i.test(name)
    ? HELD_OUT
    : NEITHER
}
