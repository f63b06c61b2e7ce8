/** What a contribution has to do with the findings of the data set that it makes. */
import { changeOf } from '../accepted/change.js'
import { lowerBound } from '../math/lower-bound.js'
import type { Change, Finding, FlaggedRow } from '../model/finding.js'
import type { ScannerDefinition } from '../scanner.js'
import type { Rows } from '../survey/rows.js'
import { ADDED, type Matched } from './match.js'

export interface States {
  /** Findings of the base by id. */
  readonly base: ReadonlyMap<string, Finding>
  readonly head: Rows
  readonly matched: Matched
  readonly scanners: readonly ScannerDefinition[]
  readonly alpha: number
}

/**
 * The head's findings with what they are beside the base's. A finding whose rows were all there before is not of the
 * contribution, even where the base's scan was just short of it. One that the base has counts where it has become stronger, or
 * where each row is a case of its own and there are more.
 */
export function withChanges(findings: readonly Finding[], states: States): Finding[] {
  const standing = standingOf(states)
  const isContributed = (place: Place): boolean => standing(place) !== 0
  // A changed row may have had it before.
  const isAdded = ({ rows }: Finding): boolean => rows.some((row) => standing(row) === ADDED)
  const { added, changed } = states.matched.rows
  const growth = { of: added + changed, before: states.matched.rows.base, alpha: states.alpha / Math.max(1, findings.length) }
  const each = new Set(states.scanners.filter(({ eachRow }) => eachRow === true).map(({ id }) => id))
  return findings.map((finding): Finding => {
    const contributed = finding.rows.filter(isContributed).length
    const known = states.base.get(finding.id)
    const change = ((): Change => {
      if (finding.rows.length > 0 && contributed === 0) return 'unchanged'
      if (known === undefined) return 'new'
      if (each.has(finding.scanner) && (isAdded(finding) || finding.rows.length > known.rows.length)) return 'updated'
      return changeOf(finding, { severity: known.severity, rows: known.rows.length }, { rows: contributed, ...growth })
    })()
    const telling = finding.examples.filter(isContributed)
    return { ...finding, change, contributed, examples: telling.length > 0 ? telling : finding.examples }
  })
}

type Place = Pick<FlaggedRow, 'file' | 'row'>

/** What `Matched.contributed` says of a row; 0 for one that was not read. */
function standingOf({ head, matched }: States): (place: Place) => number {
  return ({ file, row }) => {
    const rows = head.files[file]?.rows
    if (rows === undefined) return 0
    // Rows that could not be read are missing: the index may be smaller than the row.
    const at = lowerBound(rows, row)
    return rows[at] === row ? (matched.contributed[file]?.[at] ?? 0) : 0
  }
}
