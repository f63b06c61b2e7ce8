/** Whether rows have a subject of their own: those that an attacker picked are a random draw of the other labels' rows. */
import { minus } from '../../src/math/linalg.js'
import { independence, referenceOf } from '../../src/math/independence.js'
import { addVector, covarianceOf, emptyMoments, meanOf, type Moments } from '../../src/math/moments.js'

export interface Subject {
  /** Squared shift of the mean of the chosen from that of the other labels' rows beyond chance, as a share of their spread. */
  readonly shift: number
  /** Total variance of the chosen, as a share of that of the other labels' rows. */
  readonly spread: number
}

/** @param vectors embeddings on the grid */
export function subjectOf(vectors: readonly Int16Array[], own: Uint8Array, chosen: ReadonlySet<number>): Subject {
  const dim = vectors[0]?.length ?? 0
  const others = emptyMoments(dim)
  const group = emptyMoments(dim)
  vectors.forEach((vector, i) => {
    if (own[i] === 0) addVector(others, Float64Array.from(vector), true)
    else if (chosen.has(i)) addVector(group, Float64Array.from(vector), true)
  })
  const shift = minus(meanOf(group), meanOf(others))
  return {
    shift: independence(referenceOf(others), shift, group.count).effect,
    spread: variance(group) / Math.max(1e-9, variance(others)),
  }
}

/** Of all dimensions together. */
function variance(moments: Moments): number {
  const covariance = covarianceOf(moments)
  let sum = 0
  for (let d = 0; d < moments.dim; d++) sum += covariance[d * moments.dim + d]!
  return sum
}
