/** Rows to relabel: confident learning (Northcutt, Jiang & Chuang, JAIR 2021), ranked by self-confidence. */
import { fingerprint } from '../../src/math/fingerprint.js'
import type { Example, Finding } from '../../src/model/finding.js'
import { smallest } from '../../src/sketch/bottom-k.js'
import type { ContentState } from './content.js'
import type { Margins } from './margins.js'

/** Most rows that are kept of each candidate and of all other pairs together, and that are listed in all. */
export const MOST_SUSPECTS = 200
/** Self-confidence, the probability of the row's own label, from which a row is not listed. */
const MOST_CONFIDENCE = 0.05
/** Most rows listed, as a share of all. */
const MOST_SHARE = 0.01
const EXAMPLES = 5
const LABEL_UNITS = 40

/** @param flipped candidates whose rows are listed as flips */
export function suspectFinding(state: ContentState, { probe, quality }: Margins, flipped: ReadonlySet<number>): Finding[] {
  const { labels } = probe
  const found = [state.others, ...state.pairs.filter((_, p) => !flipped.has(p)).map(({ suspects }) => suspects)]
    .flatMap((list) => smallest(list))
    .filter(({ key, value }) => value.confident && Math.exp(key) < MOST_CONFIDENCE)
    .sort((a, b) => a.key - b.key || a.file - b.file || a.row - b.row)
    .slice(0, Math.min(MOST_SUSPECTS, Math.ceil(MOST_SHARE * quality.rows)))
  if (found.length === 0) return []
  const score = 1 - Math.exp(found[0]!.key)
  const pairs = new Map<string, number>()
  for (const { value } of found) {
    const pair = `${quoted(value.example.target ?? '')} like ${quoted(labels[value.suggested]!)}`
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1)
  }
  const commonest = [...pairs].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, 4)
  return [
    {
      id: `label-${fingerprint('suspect')}`,
      scanner: 'label',
      message: 'label/suspect',
      category: 'quality',
      severity: 'low',
      score,
      title: `${found.length} ${found.length === 1 ? 'row contradicts its label' : 'rows contradict their labels'}`,
      why: 'A probe that was not taught by them is as sure of another label as it is of that label’s own rows.',
      advice: 'Look at the first ones: mistakes to correct and hard cases end up here, and are no sign of poison by themselves.',
      evidence: {
        rows: found.length,
        commonest: commonest
          .map(([pair, rows]) => `${rows} ${pair}`)
          .join(', ')
          .slice(0, 200),
        highestSelfConfidence: Math.exp(found[found.length - 1]!.key),
        probeAccuracy: quality.accuracy,
      },
      rows: found
        .map(({ file, row, key, value }) => ({ file, row, score: 1 - Math.exp(key), suggested: labels[value.suggested]! }))
        .sort((a, b) => a.file - b.file || a.row - b.row),
      examples: found.slice(0, EXAMPLES).map(({ key, value }) => exampleOf(value.example, labels[value.suggested]!, key)),
    },
  ]
}

/** The row's opening, with the label that it looks like beside its own. */
export function exampleOf(example: Example, suggested: string, logConfidence: number): Example {
  const own = quoted(example.target ?? '')
  return {
    ...example,
    target: `${own}, looks like ${quoted(suggested)} (self-confidence ${Math.exp(logConfidence).toPrecision(2)})`,
  }
}

/** A label between quotation marks, on one line, of at most about LABEL_UNITS units. */
export function quoted(label: string): string {
  const short = label.length > LABEL_UNITS ? `${label.slice(0, LABEL_UNITS).replace(/[\uD800-\uDBFF]$/, '')}…` : label
  return JSON.stringify(short)
}
