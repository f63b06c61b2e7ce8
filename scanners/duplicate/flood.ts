/** Whether a cluster of copies is a flood: out of line with the data's other clusters, or against what rows like it carry. */
import { readWords, noWords } from './words.js'
import { logBinomialTail } from '../../src/math/stats.js'
import type { Collected } from './clusters.js'
import type { SampleText, Tally } from './tally.js'
import { copiesOf, NEAREST, Neighbours } from './neighbours.js'

/** Members whose openings are read. */
const READ = 64
/** A word of that share of the members is the claim's, another fills a slot. */
const CONSTANT = 0.5
/** Of a cluster's rows that must carry one label. */
const PURE = 0.9
/** Clusters that are tested: the largest. */
const TESTED = 10
/** Data of which other clusters hold that share of the rows is made from templates. */
const MADE_FROM_TEMPLATES = 0.25

/** A text with its copies, or texts of one frame. */
export interface Cluster {
  readonly members: readonly Collected[]
  readonly rows: number
  readonly texts: number
}

export interface Verdict {
  readonly cluster: Cluster
  readonly label: string | null
  readonly labelShare: number
  /** log10 of the probability of so large a cluster, by the power law of the others. */
  readonly log10Size: number
  /** Share of the nearest other texts that carry the label, and how probable that is; null without labels. */
  readonly against: { readonly share: number; readonly log10P: number; readonly other: string } | null
  readonly isAgainst: boolean
  readonly isOutOfLine: boolean
}

export function clusterOf(members: readonly Collected[]): Cluster {
  return { members, rows: members.reduce((sum, { value }) => sum + copies(value), 0), texts: members.length }
}

export function copies({ counts }: Collected['value']): number {
  return counts[0] + counts[1] + counts[2]
}

/**
 * @param clusters all of two rows or more
 * @param least rows from which a cluster is tested
 */
export function floods(clusters: readonly Cluster[], least: number, tally: Tally, alpha: number): Verdict[] {
  const bySize = [...clusters].sort((a, b) => b.rows - a.rows || a.members[0]!.content - b.members[0]!.content)
  const tested = bySize.filter(({ rows }) => rows >= least).slice(0, TESTED)
  const inClusters = clusters.reduce((sum, { rows }) => sum + rows, 0)
  return tested.map((cluster): Verdict => {
    const madeFromTemplates = inClusters - cluster.rows > MADE_FROM_TEMPLATES * tally.compared
    const log10Size = log10SizeOf(cluster, clusters)
    const { label, share } = leadingLabel(cluster)
    const against = label === null || share < PURE || madeFromTemplates ? null : againstNeighbours(cluster, label, tally)
    const limit = Math.log10(alpha / tested.length)
    return {
      cluster,
      label,
      labelShare: share,
      log10Size,
      against,
      isAgainst: against !== null && against.log10P <= limit,
      isOutOfLine: !madeFromTemplates && log10Size <= Math.log10(alpha),
    }
  })
}

/**
 * Sizes of clusters fall by a power law; its exponent by maximum likelihood from the others (Clauset, Shalizi & Newman, SIAM
 * Review 2009, eq. 3.7, least size 2), drawn to 1 by one observation that is made up: without other clusters P(size ≥ n) = 1.5 / n.
 */
function log10SizeOf({ rows }: Cluster, clusters: readonly Cluster[]): number {
  const logs = clusters.reduce((sum, other) => sum + Math.log(other.rows / 1.5), 0) - Math.log(rows / 1.5)
  const others = clusters.length - 1
  const exponent = (others + 1) / (logs + 1)
  return Math.min(0, Math.log10(others + 1) - exponent * Math.log10(rows / 1.5))
}

function leadingLabel({ members, rows }: Cluster): { readonly label: string | null; readonly share: number } {
  const counts = new Map<string, number>()
  for (const { value } of members) for (const [label, count] of value.labels) counts.set(label, (counts.get(label) ?? 0) + count)
  const [first] = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  return first === undefined ? { label: null, share: 0 } : { label: first[0], share: first[1] / rows }
}

/**
 * Conformal: among sampled texts with that label, how many have as few of it around them as the cluster has (Vovk, Gammerman &
 * Shafer 2005, label-conditional p-value). Noise of labels, and labels that words do not tell, make all of them have few.
 */
function againstNeighbours(cluster: Cluster, label: string, { sample }: Tally): Verdict['against'] {
  const own = new Set(cluster.members.map(({ content }) => content))
  const claim = constantWords(cluster)
  const labelled = sample.filter(({ content, value }) => !own.has(content) && value.label !== null).map(({ value }) => value)
  // Copies that the bands missed are no witnesses.
  const missed = copiesOf(claim, labelled)
  const others: SampleText[] = labelled.filter((_, index) => !missed.has(index))
  const peers = others.flatMap((text, index) => (text.label === label ? [index] : []))
  if (peers.length === 0) return null
  const neighbours = new Neighbours(others)
  // Where they do not lean to another label, more than all rows do, nothing speaks against the cluster.
  const { share, other, others: leaning } = neighbours.around(claim, label, -1)
  const ofOther = others.filter((text) => text.label === other).length / others.length
  if (
    share >= peers.length / others.length ||
    2 * leaning <= NEAREST ||
    logBinomialTail(NEAREST, leaning, ofOther) > Math.log(LEANS)
  ) {
    return { share, other, log10P: 0 }
  }
  const compared = peers.slice(0, PEERS)
  const asFew = compared.filter((index) => neighbours.around(others[index]!.words, label, index).share <= share).length
  return { share, other, log10P: Math.log10((1 + asFew) / (1 + compared.length)) }
}

const PEERS = 2000
/** Probability that rows at random lean so far to the other label. */
const LEANS = 0.01

function constantWords({ members }: Cluster): Uint32Array {
  const counts = new Map<number, number>()
  const read = members.slice(0, READ)
  for (const { value } of read) {
    const words = noWords()
    readWords(value.excerpt, words)
    for (const word of new Set(words.hashes.subarray(0, words.count))) counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  return Uint32Array.from([...counts].filter(([, count]) => count >= CONSTANT * read.length).map(([word]) => word))
}
