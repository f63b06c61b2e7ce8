import type { Example } from './finding.js'
import type { RowBatch } from './row-batch.js'

const EXCERPT_UNITS = 300
const TARGET_UNITS = 120

/** The opening of a row's input and of its target, with nothing marked: for findings about whole rows. */
export function openingOf(batch: RowBatch, i: number): Example {
  const role = (['text', 'prompt', 'chosen'] as const).find((name) => batch.columns[name] !== undefined) ?? 'text'
  const target = batch.columns.label?.[i] ?? batch.output?.[i] ?? null
  const example = { file: batch.file, row: batch.rows[i]!, role, excerpt: cut(batch.input[i] ?? '', EXCERPT_UNITS), marks: [] }
  return target === null ? example : { ...example, target: cut(target, TARGET_UNITS) }
}

/** At most `units` UTF-16 units; never half a surrogate pair. */
function cut(text: string, units: number): string {
  return text.slice(0, units).replace(/[\uD800-\uDBFF]$/, '')
}
