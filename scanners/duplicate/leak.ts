/** Held-out rows that are trained on. */
import type { Claim } from './claim.js'
import { placesOf } from './claim.js'
import type { Clusters, Collected } from './clusters.js'
import { groupsBy } from './clusters.js'
import type { DuplicateOptions } from './options.js'
import { HELD_OUT, TRAIN } from './side.js'
import type { Tally } from './tally.js'

export function leakClaim(
  texts: readonly Collected[],
  { leakedFrom }: Clusters,
  tally: Tally,
  { leakShare }: DuplicateOptions,
): Claim | null {
  if (tally.train === 0 || tally.heldOut === 0) return null
  const isLeaked = new Set<Collected>()
  const groups: Collected[][] = []
  const leaked = (text: Collected, from: Collected): number => {
    if (isLeaked.has(text)) return 0
    isLeaked.add(text)
    groups.push(text === from ? [text] : [text, from])
    return text.value.counts[HELD_OUT]
  }
  let [exact, near, asked] = [0, 0, 0]
  for (const text of texts) if (text.value.counts[HELD_OUT] > 0 && text.value.counts[TRAIN] > 0) exact += leaked(text, text)
  texts.forEach((text, index) => {
    if (leakedFrom[index]! >= 0) near += leaked(text, texts[leakedFrom[index]!]!)
  })
  for (const [, members] of groupsBy(texts, ({ value }) => (value.asked === null ? [] : [value.asked]))) {
    const from = members.map((index) => texts[index]!).find(({ value }) => value.counts[TRAIN] > 0)
    if (from === undefined) continue
    for (const index of members) if (texts[index]!.value.counts[HELD_OUT] > 0) asked += leaked(texts[index]!, from)
  }
  const rows = exact + near + asked
  if (rows === 0) return null
  const share = rows / tally.heldOut
  return {
    message: 'duplicate/leak',
    severity: share >= leakShare ? 'medium' : 'low',
    title: `${rows} of ${tally.heldOut} held-out rows are in the training split as well`,
    why: `${exact} are the same as a training row, ${near} nearly so, and ${asked} have its prompt with another answer.`,
    advice: 'Take these rows out of the training split, or out of the held-out one; scores on them say nothing.',
    evidence: { rows, share, exact, near, asked },
    groups,
    places: [...isLeaked].flatMap((text) =>
      placesOf([{ ...text, value: { ...text.value, places: [[], [], text.value.places[HELD_OUT]] } }]),
    ),
  }
}
