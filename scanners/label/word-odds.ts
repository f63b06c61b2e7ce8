/**
 * How much likelier each word makes each label: the log-count ratios of naive Bayes (Wang & Manning, Baselines and Bigrams,
 * ACL 2012), of the other folds. Words repeat one another, so their sum is too sure of itself: see combination.ts.
 */
import type { WordCounts } from './word-counts.js'
import type { WordScanner } from './words.js'

/** Rows with the word that count as if labels were drawn for them: rare words say little. */
const PRIOR_ROWS = 4
/** Log ratios are kept as integers of this many parts: 16 bits hold ±16. */
const PARTS = 2048

/** Plain data. */
export interface WordOdds {
  readonly labels: number
  readonly buckets: number
  /** Per fold: of the other folds, [buckets × labels]: PARTS · ln p(label | word) / p(label). */
  readonly folds: readonly Int16Array[]
}

/** @param names the labels, in order */
export function wordOdds({ buckets, folds }: WordCounts, names: readonly string[]): WordOdds {
  const labels = names.length
  const parts = folds.map((byLabel) => names.map((name) => byLabel.get(name) ?? null))
  const total = new Uint32Array(buckets * labels)
  for (const counts of parts) addTo(total, counts, 1)
  return {
    labels,
    buckets,
    folds: parts.map((counts) => {
      const others = total.slice()
      addTo(others, counts, -1)
      return oddsOf(others, labels)
    }),
  }
}

/**
 * ln p(label | words) − ln p(label) as if words were independent of one another, and the same of pairs.
 * @param out [2 × labels]
 */
export function oddsInto(
  { labels, buckets, folds }: WordOdds,
  fold: number,
  { hashes, count }: WordScanner,
  out: Float64Array,
): void {
  const odds = folds[fold]!
  out.fill(0)
  for (let i = 0; i < count; i++) {
    const hash = hashes[i]!
    const at = (hash & (buckets - 1)) * labels
    const to = (hash & 1) * labels
    for (let c = 0; c < labels; c++) out[to + c] = out[to + c]! + odds[at + c]!
  }
  for (let i = 0; i < out.length; i++) out[i] = out[i]! / PARTS
}

function addTo(total: Uint32Array, counts: readonly (Uint16Array | null)[], sign: number): void {
  counts.forEach((column, c) => {
    if (column === null) return
    for (let bucket = 0; bucket < column.length; bucket++) {
      const count = column[bucket]!
      if (count !== 0) total[bucket * counts.length + c] = total[bucket * counts.length + c]! + sign * count
    }
  })
}

/** @param counts rows by bucket and label, [buckets × labels] */
function oddsOf(counts: Uint32Array, labels: number): Int16Array {
  const odds = new Int16Array(counts.length)
  const shares = sharesOf(counts, labels)
  for (let at = 0; at < counts.length; at += labels) {
    let rows = 0
    for (let c = 0; c < labels; c++) rows += counts[at + c]!
    if (rows === 0) continue
    for (let c = 0; c < labels; c++) {
      const share = shares[c]!
      if (share === 0) continue
      const ratio = (counts[at + c]! + PRIOR_ROWS * share) / ((rows + PRIOR_ROWS) * share)
      odds[at + c] = Math.max(-32767, Math.min(32767, Math.round(PARTS * Math.log(ratio))))
    }
  }
  return odds
}

/** Share of each label in all counts: long texts count more, as they do in each bucket. */
function sharesOf(counts: Uint32Array, labels: number): Float64Array {
  const sums = new Float64Array(labels)
  let all = 0
  for (let at = 0; at < counts.length; at += labels) {
    for (let c = 0; c < labels; c++) {
      sums[c] = sums[c]! + counts[at + c]!
      all += counts[at + c]!
    }
  }
  return sums.map((sum) => sum / Math.max(1, all))
}
