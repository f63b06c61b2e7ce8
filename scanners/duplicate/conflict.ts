/** The same question with different answers. */
import type { Claim } from './claim.js'
import type { Clusters, Collected } from './clusters.js'
import { groupsBy } from './clusters.js'
import { copies } from './flood.js'
import type { DuplicateOptions } from './options.js'
import type { Tally } from './tally.js'

/** Of rows whose prompt has other answers too: from there on the data gives several answers by design. */
const BY_DESIGN = 0.2

export function conflictClaim(
  texts: readonly Collected[],
  { conflictsWith }: Clusters,
  tally: Tally,
  { share: least }: DuplicateOptions,
): Claim | null {
  const of = (indices: readonly number[]): Collected[] => indices.map((index) => texts[index]!)
  const swapped = groupsBy(texts, ({ value }) => (value.pair === null ? [] : [value.pair])).map(([, members]) => of(members))
  const prompts = groupsBy(texts, ({ value }) => (value.asked === null ? [] : [value.asked])).map(([, members]) => of(members))
  const labelled = [...conflictsWith].flatMap((other, index) =>
    other < 0 || (conflictsWith[other] === index && other < index) ? [] : [of([index, other])],
  )
  const groups = [...swapped, ...labelled, ...prompts]
  if (groups.length === 0) return null
  const rows = [...new Set(groups.flat())].reduce((sum, { value }) => sum + copies(value), 0)
  const share = rows / tally.rows
  const byDesign = swapped.length === 0 && labelled.length === 0 && share > BY_DESIGN
  return {
    message: 'duplicate/conflict',
    severity: share >= least && !byDesign ? 'low' : 'info',
    title: `${rows} of ${tally.rows} rows answer otherwise than rows that ask the same`,
    why: [
      `${prompts.length} prompts have more than one answer, ${swapped.length} pairs of answers are preferred both ways,`,
      `${labelled.length} texts have near copies with another label.`,
    ].join(' '),
    advice: byDesign
      ? 'So many prompts have several answers that the data is made so; nothing to do.'
      : 'Decide which answer or label is right, or leave those rows out.',
    evidence: { rows, share, prompts: prompts.length, swapped: swapped.length, labelled: labelled.length },
    groups,
  }
}
