/** Whether rows have a subject of their own: those that an attacker picked are a random draw of the other labels' rows. */
import { minus } from '../../src/math/linalg.js'
import { independence, referenceOf } from '../../src/math/independence.js'
import { addVector, emptyMoments, meanOf } from '../../src/math/moments.js'

/**
 * Squared shift of the mean of `chosen` from that of the other labels' rows beyond chance, as a share of their spread.
 * @param vectors embeddings on the grid
 */
export function contentShift(vectors: readonly Int16Array[], own: Uint8Array, chosen: ReadonlySet<number>): number {
  const dim = vectors[0]?.length ?? 0
  const others = emptyMoments(dim)
  const group = emptyMoments(dim, false)
  vectors.forEach((vector, i) => {
    if (own[i] === 0) addVector(others, Float64Array.from(vector), true)
    else if (chosen.has(i)) addVector(group, Float64Array.from(vector), false)
  })
  const shift = minus(meanOf(group), meanOf(others))
  return independence(referenceOf(others), shift, group.count).effect
}
