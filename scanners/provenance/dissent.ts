/** Which sources label texts otherwise than the rest do: each left out in turn, and held against the others. */
import type { Entry } from './candidates.js'
import { logHypergeometricTail } from './exact.js'

/** A row whose text may occur again: up to case and white space, and, by the key it is kept under, up to punctuation as well. */
export interface LabelledText {
  readonly label: string
  readonly exact: number
  readonly source: string | null
}

export interface Dissent {
  readonly source: string
  /** Texts on which the other sources have a common label, and those of them that this source labels otherwise. */
  readonly shared: number
  readonly against: number
  /** Texts that at least two other sources have, and those of them on which they disagree. */
  readonly others: number
  readonly othersAgainst: number
  /** Natural logarithm, times the number of sources. */
  readonly logTail: number
  /** Rows of the source with a label that is not the others'. */
  readonly rows: readonly Entry<LabelledText>[]
}

type Group = readonly Entry<LabelledText>[]

/** Of one source, as sums of its texts: what it shares, and what the rest would have without it. */
interface Tally {
  shared: number
  against: number
  /** To be added to the texts of all sources for those of the others. */
  others: number
  othersAgainst: number
  readonly groups: Group[]
}

/** Contradicts less than this many times as often as the others do: annotators differ. */
const LEAST_LIFT = 2

/**
 * Sources that contradict the others far more often than those contradict each other: Fisher's exact test at alpha over the
 * number of sources that share texts. At least three sources are needed: of two nobody can say which one is wrong.
 */
export function contradictingSources(groups: readonly Group[], alpha: number): Dissent[] {
  const tallies = new Map<string, Tally>()
  const all = { texts: 0, disputed: 0 }
  for (const group of groups) tallyText(group, tallies, all)
  const tested = [...tallies].filter(([, { shared }]) => shared > 0)
  const found = tested.flatMap(([source, tally]): Dissent[] => {
    const { shared, against, groups: own } = tally
    const others = all.texts + tally.others
    const othersAgainst = all.disputed + tally.othersAgainst
    if (against * others < LEAST_LIFT * othersAgainst * shared) return []
    const logTail = logHypergeometricTail(shared + others, against + othersAgainst, shared, against) + Math.log(tested.length)
    if (others === 0 || logTail > Math.log(alpha)) return []
    const rows = own.flatMap((group) => {
      const { label } = without(votesIn(group), source)
      return label === null ? [] : group.filter(({ value }) => value.source === source && value.label !== label)
    })
    return [{ source, shared, against, others, othersAgainst, logTail, rows }]
  })
  return found.sort((a, b) => a.logTail - b.logTail || (a.source < b.source ? -1 : 1))
}

function tallyText(group: Group, tallies: Map<string, Tally>, all: { texts: number; disputed: number }): void {
  const votes = votesIn(group)
  if (votes.of.size < 2) return
  const disputed = votes.counts.length > 1 ? 1 : 0
  all.texts++
  all.disputed += disputed
  for (const [source, own] of votes.of) {
    const tally = tallyOf(tallies, source)
    const rest = without(votes, source)
    const restDisputed = rest.labels > 1 ? 1 : 0
    if (votes.of.size < 3) {
      tally.others--
      tally.othersAgainst -= disputed
    } else tally.othersAgainst += restDisputed - disputed
    if (rest.label === null) continue
    tally.shared++
    tally.groups.push(group)
    if (own !== rest.label) tally.against++
  }
}

/** A label a source of one text, and the labels by how many sources gave them, the most first. */
interface Votes {
  readonly of: ReadonlyMap<string, string>
  readonly counts: readonly (readonly [string, number])[]
}

function votesIn(group: Group): Votes {
  const bySource = new Map<string, Map<string, number>>()
  for (const { value } of group) {
    if (value.source === null) continue
    const labels = bySource.get(value.source) ?? new Map<string, number>()
    bySource.set(value.source, labels.set(value.label, (labels.get(value.label) ?? 0) + 1))
  }
  const of = new Map<string, string>()
  const counts = new Map<string, number>()
  for (const [source, labels] of bySource) {
    const label = commonest([...labels])
    if (label === null) continue
    of.set(source, label)
    counts.set(label, (counts.get(label) ?? 0) + 1)
  }
  return { of, counts: [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)) }
}

/** What is left of the votes without one source: the commonest label, null where two are equal, and how many labels. */
function without({ of, counts }: Votes, source: string): { label: string | null; labels: number } {
  const own = of.get(source)
  const alone = counts.some(([label, n]) => label === own && n === 1)
  // Whatever is left out, the commonest is among the first three.
  const first = counts.slice(0, 3).map(([label, n]) => [label, label === own ? n - 1 : n] as const)
  return { label: commonest(first.filter(([, n]) => n > 0)), labels: counts.length - (alone ? 1 : 0) }
}

function commonest(counts: readonly (readonly [string, number])[]): string | null {
  let best: string | null = null
  let most = 0
  for (const [label, n] of counts) {
    if (n === most) best = null
    else if (n > most) [best, most] = [label, n]
  }
  return best
}

function tallyOf(tallies: Map<string, Tally>, source: string): Tally {
  const known = tallies.get(source)
  if (known) return known
  const fresh: Tally = { shared: 0, against: 0, others: 0, othersAgainst: 0, groups: [] }
  tallies.set(source, fresh)
  return fresh
}
