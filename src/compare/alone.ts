/** A contribution looked at alone: what is a large share of it may be a tiny one of the data that it goes into. */
import type { Finding } from '../model/finding.js'
import type { Rows } from '../survey/rows.js'
import type { Matched } from './match.js'

/** Fewer rows are below what any attack on them alone could be told from chance by. */
const LEAST_ROWS = 100
/** What is a share of more than this is looked for in the whole about as well. */
const MOST_SHARE = 0.25
/** Findings of one scanner about the same rows: at least so much of the smaller lies in the larger. */
const SAME_ROWS = 0.5

/** By file, the head's rows that were added or changed, ascending; null where it is not worth looking at them alone. */
export function contributedRows(head: Rows, { contributed }: Matched): Float64Array[] | null {
  const chosen = head.files.map(({ rows }, file) => rows.filter((_, i) => (contributed[file]?.[i] ?? 0) !== 0))
  const count = chosen.reduce((sum, rows) => sum + rows.length, 0)
  const all = head.files.reduce((sum, { rows }) => sum + rows.length, 0)
  return count >= LEAST_ROWS && count <= MOST_SHARE * all ? chosen : null
}

/**
 * Of the findings of a contribution looked at alone, those that neither state of the whole shows.
 * @param whole findings of the head
 * @param base findings of the base, by id
 */
export function shownAlone(
  alone: readonly Finding[],
  whole: readonly Finding[],
  base: ReadonlyMap<string, Finding>,
): readonly Finding[] {
  const ids = new Set(whole.map(({ id }) => id))
  return alone
    .filter((finding) => !ids.has(finding.id) && !base.has(finding.id))
    .filter((finding) => !whole.some((other) => other.scanner === finding.scanner && isAboutTheSame(other, finding)))
    .map((finding) => ({
      ...finding,
      why: `${finding.why} Seen in the contribution alone; in the whole data it is too small a share.`,
      change: 'new',
      contributed: finding.rows.length,
    }))
}

function isAboutTheSame(a: Finding, b: Finding): boolean {
  const places = new Set(a.rows.map(placeOf))
  const shared = b.rows.filter((row) => places.has(placeOf(row))).length
  const smaller = Math.min(a.rows.length, b.rows.length)
  return smaller > 0 && shared >= SAME_ROWS * smaller
}

function placeOf({ file, row }: Finding['rows'][number]): string {
  return `${file} ${row}`
}
