import type { Finding } from '../../src/model/finding.js'
import type { Candidates } from './candidates.js'
import { examplesOf, groupsOf } from './candidates.js'
import { claim, counted } from './claim.js'
import type { CollectState } from './collect.js'
import { DIGEST_FORMS } from './digest.js'
import { listed } from './faults.js'
import type { ProvenanceOptions } from './options.js'
import type { TallyResult } from './tally.js'

/** Ids that repeat in more than this share of rows name groups (a document, a question), not rows. */
const GROUP_KEY_SHARE = 0.2

/** Rows that contradict another row of their id. */
export function idConflicts(candidates: Candidates<number>, plan: TallyResult, { maxRows }: ProvenanceOptions): Finding[] {
  const groups = groupsOf(candidates).filter((group) => group.some(({ value }) => value !== group[0]?.value))
  if (groups.length === 0) return []
  const rows = groups.flat()
  const named = [...plan.files.values()].reduce((sum, file) => sum + file.rows - file.missing.id, 0)
  const evidence = {
    ids: groups.length,
    rows: rows.length,
    of: named,
    share: rows.length / named,
    complete: candidates.values.dropped ? 'no: a limit was hit' : 'yes',
  }
  if (rows.length > named * GROUP_KEY_SHARE) {
    return [
      claim({
        message: 'provenance/ids-repeat',
        severity: 'info',
        title: `${rows.length} of ${named} rows share their id with a different row: the column names groups, not rows`,
        why: 'An id that repeats this often cannot tell a replaced row from a second one.',
        evidence,
      }),
    ]
  }
  return [
    claim({
      message: 'provenance/duplicate-id',
      severity: 'medium',
      title: `${counted(rows.length, 'row')} share ${groups.length === 1 ? 'an id' : `${groups.length} ids`} but differ in content`,
      why: 'Ids are otherwise unique, so that a second content under the same id is a replaced or an added row.',
      evidence,
      rows: rows.slice(0, maxRows),
      examples: examplesOf(candidates, rows),
    }),
  ]
}

/** Rows that contradict their digest. */
export function digestFindings(state: CollectState, plan: TallyResult): Finding[] {
  if (plan.digestTried === 0) return []
  if (plan.digestForm === null) {
    return [
      claim({
        message: 'provenance/digest-unknown',
        severity: 'info',
        title: 'The digest column matches no known form of the content',
        why: 'A row that was changed after it was hashed cannot be told from the others.',
        evidence: { tried: plan.digestTried, forms: DIGEST_FORMS.length },
      }),
    ]
  }
  const { count } = state.digests
  if (count === 0) return []
  const form = DIGEST_FORMS[plan.digestForm] ?? ''
  const rows = listed(state.digests)
  return [
    claim({
      message: 'provenance/digest-mismatch',
      severity: 'high',
      title: `${counted(count, 'row')} ${count === 1 ? 'does' : 'do'} not match the digest in ${count === 1 ? 'its' : 'their'} own column`,
      why: `Elsewhere the digest is that of ${form === 'input' ? 'the text' : form}; here the content was changed after it was hashed.`,
      evidence: { rows: count, listed: rows.rows?.length ?? 0, form, tried: plan.digestTried },
      ...rows,
    }),
  ]
}
