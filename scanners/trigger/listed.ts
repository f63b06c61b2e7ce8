/** Rows of a finding as they are gathered. */
import type { Example } from '../../src/model/finding.js'

const EXAMPLES = 5

export interface ListedRow {
  readonly file: number
  readonly row: number
}

export interface KeyedExample {
  readonly key: number
  readonly example: Example
}

/** Of one trigger of an accepted cause, or of its event where it has none. */
export interface Listed {
  /** Rows that hold the trigger, with or without the target. */
  triggerRows: number
  /** Those with both. */
  rows: ListedRow[]
  /** The smallest keys, ascending. */
  examples: KeyedExample[]
}

/** What several triggers list, together. */
export function listedTogether(parts: readonly Listed[]): Listed {
  const all: Listed = { triggerRows: 0, rows: [], examples: [] }
  for (const { triggerRows, rows, examples } of parts) {
    all.triggerRows += triggerRows
    for (const row of rows) all.rows.push(row)
    for (const example of examples) keepSmallest(all, example)
  }
  return all
}

export function keepSmallest(listed: Listed, added: KeyedExample): void {
  const { examples } = listed
  if (
    examples.some(
      ({ key, example }) => key === added.key && example.row === added.example.row && example.file === added.example.file,
    )
  )
    return
  examples.push(added)
  examples.sort((a, b) => a.key - b.key || a.example.file - b.example.file || a.example.row - b.example.row)
  examples.length = Math.min(EXAMPLES, examples.length)
}
