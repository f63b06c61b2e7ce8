/** How much a word looks like the words of a pool, by its letters: coined words have spellings of their own, others do not. */

/** Pairs of letters of this many are believed to be as in other words until the pool shows otherwise. */
const PRIOR_PAIRS = 25
/** Pairs of letters are no independent witnesses. */
const TEMPER = 0.7
/** At most so much may be said by letters, either way. */
const LARGEST = 3
const LETTERS = 512
const END = 1

/** Codes of the pairs of neighbouring letters, ends of the word among them. Letters share codes by hash. */
function pairsOf(word: string): Uint32Array {
  const codes = [END, ...Array.from(word, (letter) => 2 + (letter.codePointAt(0)! % (LETTERS - 2))), END]
  return Uint32Array.from({ length: codes.length - 1 }, (_, i) => codes[i]! * LETTERS + codes[i + 1]!)
}

/** Words by their pairs of letters: made once, asked for many shares. */
export class Letters {
  private readonly pairs: readonly Uint32Array[]

  constructor(words: readonly string[]) {
    this.pairs = words.map(pairsOf)
  }

  /**
   * ln of the ratio of the likelihoods of each word's spelling: in the pool against outside of it, each by all other words.
   * @param shares by word, how far it belongs to the pool
   */
  evidence(shares: Float64Array): Float64Array {
    const [inside, outside] = [new Map<number, number>(), new Map<number, number>()]
    const [insideOf, outsideOf] = [new Float64Array(LETTERS), new Float64Array(LETTERS)]
    this.pairs.forEach((pairs, word) => {
      const share = shares[word]!
      for (const pair of pairs) {
        const first = Math.floor(pair / LETTERS)
        inside.set(pair, (inside.get(pair) ?? 0) + share)
        outside.set(pair, (outside.get(pair) ?? 0) + 1 - share)
        insideOf[first] = insideOf[first]! + share
        outsideOf[first] = outsideOf[first]! + 1 - share
      }
    })
    return Float64Array.from(this.pairs, (pairs, word) => {
      const share = shares[word]!
      let sum = 0
      for (const pair of pairs) {
        const first = Math.floor(pair / LETTERS)
        const natural = (outside.get(pair)! - (1 - share) + 0.5) / (outsideOf[first]! - (1 - share) + 20)
        const pooled =
          (Math.max(0, inside.get(pair)! - share) + PRIOR_PAIRS * natural) / (Math.max(0, insideOf[first]! - share) + PRIOR_PAIRS)
        sum += Math.log(pooled / natural)
      }
      return Math.max(-LARGEST, Math.min(LARGEST, TEMPER * sum))
    })
  }
}
