/** Labels that contradict each other: of equal texts, and of one source against the others. */
import type { Finding } from '../../src/model/finding.js'
import type { RowBatch } from '../../src/model/row-batch.js'
import type { RepeatedBuckets } from '../../src/sketch/repeats.js'
import { isRepeated } from '../../src/sketch/repeats.js'
import type { Candidates, Entry } from './candidates.js'
import { addCandidate, examplesOf, groupsOf } from './candidates.js'
import { claim, counted } from './claim.js'
import { inputHash, tracedCell, wordsHash } from './content.js'
import type { LabelledText } from './dissent.js'
import { contradictingSources } from './dissent.js'

const VALUE_UNITS = 200

/** The key that a labelled row is counted under; null for rows without a label or a text. Where sources are given, punctuation does not count. */
export function textKey(batch: RowBatch, i: number): number | null {
  if (tracedCell(batch, 'label', i) === null) return null
  return batch.columns.source === undefined ? inputHash(batch, i) : wordsHash(batch, i)
}

export function collectText(state: Candidates<LabelledText>, batch: RowBatch, i: number, repeated: RepeatedBuckets): void {
  const key = textKey(batch, i)
  if (key === null || !isRepeated(repeated, key)) return
  const label = (tracedCell(batch, 'label', i) ?? '').slice(0, VALUE_UNITS)
  const source = tracedCell(batch, 'source', i)?.slice(0, VALUE_UNITS) ?? null
  addCandidate(state, key, { label, exact: inputHash(batch, i) ?? 0, source }, batch, i)
}

export function labelFindings(texts: Candidates<LabelledText>, maxRows: number, alpha: number): Finding[] {
  const groups = groupsOf(texts)
  return [...conflictingLabels(texts, groups, maxRows), ...dissentingSources(texts, groups, maxRows, alpha)]
}

type Group = readonly Entry<LabelledText>[]

function conflictingLabels(texts: Candidates<LabelledText>, groups: readonly Group[], maxRows: number): Finding[] {
  const conflicts = groups
    .flatMap(byExactText)
    .filter((group) => group.some(({ value }) => value.label !== group[0]?.value.label))
  if (conflicts.length === 0) return []
  const rows = conflicts.flat()
  return [
    claim({
      message: 'provenance/conflicting-labels',
      category: 'quality',
      severity: 'low',
      title: `${counted(rows.length, 'row')} carry ${counted(conflicts.length, 'text')} under more than one label`,
      why: 'Equal texts, up to case and white space, cannot both be labelled right.',
      evidence: { texts: conflicts.length, rows: rows.length, complete: texts.values.dropped ? 'no: a limit was hit' : 'yes' },
      rows: rows.slice(0, maxRows),
      examples: examplesOf(texts, rows),
    }),
  ]
}

function byExactText(group: Group): Group[] {
  const texts = new Map<number, Entry<LabelledText>[]>()
  for (const entry of group) {
    const known = texts.get(entry.value.exact)
    if (known) known.push(entry)
    else texts.set(entry.value.exact, [entry])
  }
  return [...texts.values()].filter(({ length }) => length > 1)
}

function dissentingSources(texts: Candidates<LabelledText>, groups: readonly Group[], maxRows: number, alpha: number): Finding[] {
  return contradictingSources(groups, alpha).map(({ source, shared, against, others, othersAgainst, logTail, rows }) => {
    const most = against * 2 >= shared
    const name = JSON.stringify(source.length > 60 ? `${source.slice(0, 59)}…` : source)
    return claim({
      message: 'provenance/dissenting-source',
      about: source,
      severity: most ? 'medium' : 'low',
      title: `Source ${name} contradicts the other sources on ${against} of the ${counted(shared, 'text')} that it shares with them`,
      why: `The other sources disagree among themselves on ${othersAgainst} of ${counted(others, 'text')}: these labels were set by another rule, or turned over.`,
      evidence: {
        source: source.slice(0, 100),
        against,
        shared,
        othersAgainst,
        others,
        log10AdjustedP: Math.max(-1e6, logTail / Math.LN10),
      },
      rows: rows.slice(0, maxRows),
      examples: examplesOf(texts, rows),
    })
  })
}
