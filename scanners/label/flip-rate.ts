/** How many of the rows that look like another label were flipped, told from those that are hard to label by the shape of margins. */
import { BINS, binOf, STEP } from './histogram.js'

const ITERATIONS = 300
/** Where to start: few flips, and as many hard rows as the probe expects. */
const START = 0.05

/**
 * Of rows labelled c with margin m there are ρ flipped for each that kept its label, whatever m, and κ e^−m hard ones labelled y:
 * κ is 1 where the probe is as sure as it should be. Largest likelihood of both by expectation maximisation (Dempster, Laird &
 * Rubin 1977).
 * @param looks rows labelled y that look like c, by margin
 * @param agrees rows labelled c that do
 * @param least margin from which on to look, a multiple of STEP
 * @returns ρ
 */
export function flipRate(looks: Uint32Array, agrees: Uint32Array, least: number): number {
  let [rho, kappa] = [START, 1]
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
    if (like === 0) return 0
    rho = flipped / like
    kappa = hard / expected
  }
  return rho
}
