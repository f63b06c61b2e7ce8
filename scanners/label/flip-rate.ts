/** How many of the rows that look like another label were flipped, told from those that are hard to label by the shape of margins. */
import { BINS, binOf, STEP } from './histogram.js'

const ITERATIONS = 300
/** Where to start: few flips, and as many hard rows as the probe expects. */
const START = 0.05

/**
 * In natural data, too, some rows look like another label as clearly as that label's own: a film that is praised in the words of
 * a bad one, or a mistake. There are so many of them for each row that is hard in the way that falls off: the median of five
 * corpora without flips (0.22 to 0.44), while it was 0.10 to 0.27 in three others. Between pairs of labels it varies about as
 * much as its own size, so that it is taken to be distributed exponentially.
 */
const NATURAL = 0.25

export interface FlipRate {
  /** Rows that look flipped for each row of the other label that kept its label, whatever the margin. */
  readonly ratio: number
  /** Hard ones at margin m: so many times e^−m. */
  readonly hard: number
  /** Of `ratio`, what is to be expected of flips: the rest is natural. */
  readonly flipped: number
}

/**
 * Of rows labelled c with margin m there are ρ flipped for each that kept its label, whatever m, and κ e^−m hard ones labelled y:
 * κ is 1 where the probe is as sure as it should be. Largest likelihood of both by expectation maximisation (Dempster, Laird &
 * Rubin 1977).
 * @param looks rows labelled y that look like c, by margin
 * @param agrees rows labelled c that do
 * @param least margin from which on to look, a multiple of STEP
 */
export function flipRate(looks: Uint32Array, agrees: Uint32Array, least: number): FlipRate {
  let [rho, kappa] = [START, 1]
  let hardShare = 0
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    let [flipped, hard, like, expected] = [0, 0, 0, 0]
    for (let bin = binOf(least); bin < BINS; bin++) {
      const chance = Math.exp(-(bin + 0.5) * STEP)
      const rate = rho + kappa * chance
      like += agrees[bin]!
      expected += agrees[bin]! * chance
      if (rate === 0) continue
      flipped += (looks[bin]! * rho) / rate
      hard += (looks[bin]! * kappa * chance) / rate
    }
    if (like === 0) return { ratio: 0, hard: 0, flipped: 0 }
    rho = flipped / like
    kappa = hard / expected
    hardShare = hard / like
  }
  return { ratio: rho, hard: kappa, flipped: beyond(rho, NATURAL * hardShare) }
}

/** The probability that a row labelled y that looks like c was flipped, at a margin. */
export function chanceOfFlip({ ratio, hard, flipped }: FlipRate, margin: number): number {
  const rate = ratio + hard * Math.exp(-margin)
  return rate === 0 ? 0 : flipped / rate
}

/** What is left on average of `all` when something of an exponential distribution with this mean is taken off, at most all of it. */
function beyond(all: number, mean: number): number {
  return mean === 0 ? all : all + mean * Math.expm1(-all / mean)
}
