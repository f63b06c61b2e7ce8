/** Which of the collected texts are near each other, and which share a frame: verified, in time linear in the texts. */
import type { Text } from './collect.js'
import { HELD_OUT, TRAIN } from './side.js'
import { SKETCH } from './signature.js'

/** Texts of a key that others are held against. */
const LEADERS = 8

export interface Collected {
  readonly content: number
  readonly value: Text
}

export interface Clusters {
  /** Sets of two texts or more, linked by similarity of at least `near`; indices ascending. */
  readonly near: readonly (readonly number[])[]
  /** The same for `frame`. */
  readonly frames: readonly (readonly number[])[]
  /** Of a text that is only held out: one near it that is trained on; else −1. */
  readonly leakedFrom: Int32Array
  /** Of a text with one label: one near it with another one label; else −1. */
  readonly conflictsWith: Int32Array
  /** Pairs whose similarity was looked at. */
  readonly verified: number
}

export function clustersOf(texts: readonly Collected[], near: number, frame: number): Clusters {
  const nearSets = new Sets(texts.length)
  const frameSets = new Sets(texts.length)
  const leakedFrom = new Int32Array(texts.length).fill(-1)
  const conflictsWith = new Int32Array(texts.length).fill(-1)
  let verified = 0
  const compare = (a: number, b: number): number => {
    verified++
    const similarity = jaccard(texts[a]!.value, texts[b]!.value)
    if (similarity >= frame) frameSets.join(a, b)
    if (similarity < near) return similarity
    nearSets.join(a, b)
    if (isLeak(texts[a]!.value, texts[b]!.value)) leakedFrom[a] = b
    if (isLeak(texts[b]!.value, texts[a]!.value)) leakedFrom[b] = a
    if (isConflict(texts[a]!.value, texts[b]!.value)) [conflictsWith[a], conflictsWith[b]] = [b, a]
    return similarity
  }
  for (const [, members] of groupsBy(texts, ({ value }) => value.bands)) {
    const leaders: number[] = []
    for (const member of members) {
      const best = leaders.reduce((most, leader) => Math.max(most, compare(leader, member)), 0)
      if (leaders.length < LEADERS && (best < LEADS_BELOW || needsSides(texts, leaders, member))) leaders.push(member)
    }
  }
  return { near: nearSets.all(), frames: frameSets.all(), leakedFrom, conflictsWith, verified }
}

function isLeak({ counts }: Text, other: Text): boolean {
  return counts[HELD_OUT] > 0 && counts[TRAIN] === 0 && other.counts[TRAIN] > 0
}

function isConflict({ labels }: Text, other: Text): boolean {
  return labels.size === 1 && other.labels.size === 1 && ![...labels.keys()].every((label) => other.labels.has(label))
}

/** Nearer than that to a leader, a text tells no more than the leader does. */
const LEADS_BELOW = 0.95

/** Whether the text is of a side of a split, or of a label, that no leader has: leaks and conflicts are between them. */
function needsSides(texts: readonly Collected[], leaders: readonly number[], member: number): boolean {
  const { counts, labels } = texts[member]!.value
  const sides = counts.some((count, side) => count > 0 && leaders.every((leader) => texts[leader]!.value.counts[side] === 0))
  return sides || [...labels.keys()].some((label) => leaders.every((leader) => !texts[leader]!.value.labels.has(label)))
}

/** Jaccard similarity of two texts' shingles: exact where both sketches are complete, else from the smallest of both. */
export function jaccard(a: Pick<Text, 'sketch' | 'complete'>, b: Pick<Text, 'sketch' | 'complete'>): number {
  const exact = a.complete && b.complete
  const [x, y] = [a.sketch, b.sketch]
  let [i, j, both, all] = [0, 0, 0, 0]
  while ((i < x.length || j < y.length) && (exact || all < SKETCH)) {
    const p = i < x.length ? x[i]! : Infinity
    const q = j < y.length ? y[j]! : Infinity
    if (p === q) both++
    if (p <= q) i++
    if (q <= p) j++
    all++
  }
  return all === 0 ? 0 : both / all
}

/** Indices of texts by each of their keys, where two or more share it; keys ascending. */
export function groupsBy(texts: readonly Collected[], keysOf: (text: Collected) => readonly number[]): [number, number[]][] {
  const groups = new Map<number, number[]>()
  texts.forEach((text, index) => {
    for (const key of keysOf(text)) {
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [index])
      else group.push(index)
    }
  })
  return [...groups].filter(([, members]) => members.length > 1).sort(([a], [b]) => a - b)
}

/** Union-find with path halving. */
class Sets {
  readonly #parents: Int32Array

  constructor(size: number) {
    this.#parents = Int32Array.from({ length: size }, (_, i) => i)
  }

  join(a: number, b: number): void {
    const [x, y] = [this.#find(a), this.#find(b)]
    // The smallest index leads: the same whatever the order of joins.
    this.#parents[Math.max(x, y)] = Math.min(x, y)
  }

  /** Sets of two or more, each ascending, in the order of their first. */
  all(): number[][] {
    const sets = new Map<number, number[]>()
    for (let i = 0; i < this.#parents.length; i++) {
      const first = this.#find(i)
      const set = sets.get(first)
      if (set === undefined) sets.set(first, [i])
      else set.push(i)
    }
    return [...sets.values()].filter((set) => set.length > 1)
  }

  #find(start: number): number {
    const parents = this.#parents
    let i = start
    while (parents[i] !== i) {
      parents[i] = parents[parents[i]!]!
      i = parents[i]!
    }
    return i
  }
}
