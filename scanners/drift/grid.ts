/** Second pass: how many rows of each cell of positions have each feature. */
import type { RowBatch } from '../../src/model/row-batch.js'
import { layoutOf } from './layout.js'
import { RowFeatures } from './row-features.js'
import type { Survey } from './survey.js'

/** By cell: rows, then rows with each feature. A shard holds only the cells that it read. */
export type GridState = Map<number, Uint32Array>

interface Reader {
  readonly features: RowFeatures
  readonly offsets: ReadonlyMap<number, number>
}

const readers = new WeakMap<Survey, Reader>()

function readerOf(survey: Survey): Reader {
  let reader = readers.get(survey)
  if (reader === undefined) {
    reader = {
      features: new RowFeatures(layoutOf(survey)),
      offsets: new Map(survey.files.map(({ file, offset }) => [file, offset])),
    }
    readers.set(survey, reader)
  }
  return reader
}

/** Rows of a batch, each with its position and features; all turns of a chat at once. */
export function eachRow(
  batch: RowBatch,
  survey: Survey,
  seen: (features: RowFeatures, position: number, i: number) => void,
): void {
  const { features, offsets } = readerOf(survey)
  const offset = offsets.get(batch.file) ?? 0
  for (let i = 0; i < batch.length;) {
    const first = i
    const row = batch.rows[i]!
    features.begin()
    do features.read(batch, i++)
    while (i < batch.length && batch.rows[i] === row)
    seen(features, offset + row, first)
  }
}

export function countCells(state: GridState, batch: RowBatch, survey: Survey): void {
  const { size } = layoutOf(survey)
  eachRow(batch, survey, ({ features, count }, position) => {
    const cell = Math.floor(position / survey.width)
    let counts = state.get(cell)
    if (counts === undefined) {
      counts = new Uint32Array(size)
      state.set(cell, counts)
    }
    counts[0] = counts[0]! + 1
    for (let k = 0; k < count; k++) counts[features[k]!] = counts[features[k]!]! + 1
  })
}

export function mergeGrids(into: GridState, from: GridState): GridState {
  for (const [cell, counts] of from) {
    const own = into.get(cell)
    if (own === undefined) into.set(cell, counts.slice())
    else for (let k = 0; k < own.length; k++) own[k] = own[k]! + counts[k]!
  }
  return into
}
