/**
 * Phrases that stand in the same rows of a label: a trigger that fires only where all of its words come together. Each alone
 * comes with other labels as well, so it is weakly associated or not at all. Their samples say that they come together: each
 * holds the rows of smallest hash, so two phrases of the same rows hold the same ones (Broder, On the resemblance and
 * containment of documents, 1997).
 */
import { byKey } from '../../src/sketch/key-table.js'
import type { Seed } from './label-candidates.js'
import type { Phrase } from './phrase.js'
import type { Sample } from './samples.js'

/** Most phrases of a trigger. More in the same rows are those of copies, or of a template. */
export const MOST_PARTS = 6
/** Phrases in as many rows as this make a group. */
const LEAST_HITS = 12
/** Share of the sampled rows that must be the same: a word of the data's own stands in other rows of the label, too. */
const SAME_ROWS = 0.5
/** Share of the label's rows beyond which words are in the same ones by chance. */
export const LARGEST_GROUP_SHARE = 1 / 3
/** N-grams in the same rows: beyond that they are those of whole sentences. */
const MOST_GRAMS = 48
/** Groups that are followed. */
const MOST_GROUPS = 16

export interface Member {
  readonly seed: Seed
  readonly rows: { readonly hits: number; readonly sample: Sample }
}

export interface PhraseGroup {
  readonly label: string
  readonly phrases: readonly Phrase[]
  /** At most so many rows of the label hold all. */
  readonly hits: number
}

/**
 * @param members seeds with their rows
 * @param strength of a seed, the smallest first
 * @param grow a seed to its whole phrase
 */
export function groupsOf<M extends Member>(
  members: readonly M[],
  strength: (member: M) => number,
  grow: (member: M) => Phrase | null,
): PhraseGroup[] {
  const groups: PhraseGroup[] = []
  const taken = new Set<M>()
  const together = sharingRows(members.filter(({ rows }) => rows.hits >= LEAST_HITS))
  const ordered = [...together]
    .map(([member, others]) => ({ member, others, value: strength(member) }))
    .sort((a, b) => a.value - b.value || byKey(a.member.seed, b.member.seed))
  for (const { member, others } of ordered) {
    if (groups.length >= MOST_GROUPS) break
    if (taken.has(member)) continue
    const phrases: Phrase[] = []
    for (const one of [member, ...others]) {
      taken.add(one)
      const phrase = grow(one)
      if (phrase !== null && !phrases.some((known) => shareWords(known, phrase))) phrases.push(phrase)
    }
    if (phrases.length < 2 || phrases.length > MOST_PARTS) continue
    groups.push({
      label: member.seed.label,
      phrases: inOrder(phrases),
      hits: Math.min(...[member, ...others].map(({ rows }) => rows.hits)),
    })
  }
  return groups
}

/** Seeds with those that stand in mostly the same rows of the same label. */
function sharingRows<M extends Member>(members: readonly M[]): Map<M, M[]> {
  const holders = new Map<string, M[]>()
  const rowsOf = (member: M): string[] => [...new Set(member.rows.sample.keys)].map((key) => `${key} ${member.seed.label}`)
  for (const member of members) {
    for (const row of rowsOf(member)) {
      const list = holders.get(row)
      if (list) list.push(member)
      else holders.set(row, [member])
    }
  }
  const found = new Map<M, M[]>()
  for (const member of members) {
    const rows = rowsOf(member)
    const shared = new Map<M, number>()
    for (const row of rows) for (const other of holders.get(row)!) shared.set(other, (shared.get(other) ?? 0) + 1)
    shared.delete(member)
    const others = [...shared].filter(([other, n]) => n >= SAME_ROWS * Math.max(rows.length, other.rows.sample.keys.length))
    if (others.length > 0 && others.length <= MOST_GRAMS)
      found.set(
        member,
        others.map(([other]) => other),
      )
  }
  return found
}

/** As they are named: whatever led to them. */
export function inOrder(phrases: readonly Phrase[]): Phrase[] {
  return [...phrases].sort((a, b) => (a.text < b.text ? -1 : 1))
}

/** Whether the phrases lie in each other, or overlap. */
export function shareWords(a: Phrase, b: Phrase): boolean {
  return a.low.some((low, i) => b.low.some((other, k) => other === low && b.high[k] === a.high[i]))
}
