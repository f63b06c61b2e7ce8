/** Pass 1: a uniform sample of cells, which the model of the data's own language is fitted on. */
import { mix32 } from '../../src/math/random.js'
import type { Role } from '../../src/model/role.js'
import type { RowBatch } from '../../src/model/row-batch.js'
import type { BottomK } from '../../src/sketch/bottom-k.js'
import { bottomK, mergeBottomK, offer } from '../../src/sketch/bottom-k.js'

/** About four million characters of ordinary rows: contexts that matter are then seen often enough. */
const CELLS = 6000
/** UTF-16 units kept of a cell, from a random place. */
const UNITS = 800

/** Roles that hold text. */
export const TEXT_ROLES = ['text', 'prompt', 'response', 'chosen', 'rejected'] as const satisfies readonly Role[]
export type TextRole = (typeof TEXT_ROLES)[number]

export type SampleState = BottomK<string>

export function sampleState(): SampleState {
  return bottomK(CELLS)
}

export function sampleBatch(state: SampleState, batch: RowBatch, seed: number): void {
  TEXT_ROLES.forEach((role, r) => {
    const cells = batch.columns[role]
    for (let i = 0; cells !== undefined && i < batch.length; i++) {
      const text = cells[i] ?? ''
      if (text === '') continue
      const key = cellKey(seed, batch, i, r)
      offer(state, key, batch.file, batch.rows[i]!, batch.turns[i]! * TEXT_ROLES.length + r, () => pieceOf(text, key))
    }
  })
}

export function mergeSamples(into: SampleState, from: SampleState): SampleState {
  mergeBottomK(into, from)
  return into
}

/** Uniform in the place of a cell and nothing else. */
export function cellKey(seed: number, batch: RowBatch, i: number, role: number): number {
  const row = batch.rows[i]!
  const place = mix32(mix32(mix32(seed ^ 0x6a09e667) ^ batch.file) ^ (row % 0x100000000))
  return mix32(place ^ mix32(batch.turns[i]! * TEXT_ROLES.length + role) ^ Math.floor(row / 0x100000000))
}

function pieceOf(text: string, key: number): string {
  const from = text.length <= UNITS ? 0 : mix32(key ^ 0x3c6ef372) % (text.length - UNITS + 1)
  return text.slice(from, from + UNITS)
}
