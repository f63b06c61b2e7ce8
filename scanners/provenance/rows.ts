import type { Finding } from '../../src/model/finding.js'
import type { Keyed } from '../../src/sketch/bottom-k.js'
import { smallest } from '../../src/sketch/bottom-k.js'
import { claim, counted } from './claim.js'
import type { Candidates, CollectState } from './collect.js'
import { EXAMPLES } from './collect.js'
import { DIGEST_FORMS } from './digest.js'
import type { ProvenanceOptions } from './options.js'
import type { TallyResult } from './tally.js'

/** Ids that repeat in more than this share of rows name groups (a document, a question), not rows. */
const GROUP_KEY_SHARE = 0.2

/** Findings about rows that contradict each other or their digest. */
export function rowFindings(state: CollectState, plan: TallyResult, options: ProvenanceOptions): Finding[] {
  return [...duplicateIds(state.ids, plan, options), ...conflictingLabels(state.inputs, options), ...digests(state, plan)]
}

type Entry = Keyed<string | number>

function duplicateIds(candidates: Candidates, plan: TallyResult, { maxRows }: ProvenanceOptions): Finding[] {
  const groups = conflicts(candidates)
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

function conflictingLabels(candidates: Candidates, { maxRows }: ProvenanceOptions): Finding[] {
  const groups = conflicts(candidates)
  if (groups.length === 0) return []
  const rows = groups.flat()
  return [
    claim({
      message: 'provenance/conflicting-labels',
      category: 'quality',
      severity: 'low',
      title: `${counted(rows.length, 'row')} carry ${counted(groups.length, 'text')} under more than one label`,
      why: 'Equal texts, up to case and white space, cannot both be labelled right.',
      evidence: { texts: groups.length, rows: rows.length, complete: candidates.values.dropped ? 'no: a limit was hit' : 'yes' },
      rows: rows.slice(0, maxRows),
      examples: examplesOf(candidates, rows),
    }),
  ]
}

function digests(state: CollectState, plan: TallyResult): Finding[] {
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
  const { count, rows, openings } = state.digests
  if (count === 0) return []
  const form = DIGEST_FORMS[plan.digestForm] ?? ''
  const listed = smallest(rows)
  return [
    claim({
      message: 'provenance/digest-mismatch',
      severity: 'high',
      title: `${counted(count, 'row')} ${count === 1 ? 'does' : 'do'} not match the digest in ${count === 1 ? 'its' : 'their'} own column`,
      why: `Elsewhere the digest is that of ${form === 'input' ? 'the text' : form}; here the content was changed after it was hashed.`,
      evidence: { rows: count, listed: listed.length, form, tried: plan.digestTried },
      rows: listed,
      examples: smallest(openings).map(({ value }) => value),
    }),
  ]
}

/** Groups of rows with one key and more than one value, by key. Where candidates were dropped the last key may lack rows: it is left out. */
function conflicts({ values }: Candidates): Entry[][] {
  const groups: Entry[][] = []
  for (const entry of smallest(values)) {
    const group = groups.at(-1)
    if (group?.[0]?.key === entry.key) group.push(entry)
    else groups.push([entry])
  }
  if (values.dropped) groups.pop()
  return groups.filter((group) => group.some(({ value }) => value !== group[0]?.value))
}

/** Whole groups, as far as excerpts were kept: those with the smallest keys. */
function examplesOf({ openings }: Candidates, rows: readonly Entry[]) {
  const wanted = new Set(rows.map(({ file, row }) => `${file} ${row}`))
  return smallest(openings)
    .filter(({ file, row }) => wanted.has(`${file} ${row}`))
    .slice(0, EXAMPLES)
    .map(({ value }) => value)
}
