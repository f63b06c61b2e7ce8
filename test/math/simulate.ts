import { addVector, emptyMoments, GRID, type Moments } from '../../src/math/moments.js'
import { random } from '../../src/math/random.js'

/** Standard normal numbers by the method of Box & Muller (1958). */
export function gaussian(seed: number): () => number {
  const next = random(seed)
  return () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
}

/** n vectors around a mean, with a standard deviation for each direction, in units of the embedding. */
export function cloud(n: number, mean: readonly number[], deviations: readonly number[], normal: () => number): Float64Array[] {
  return Array.from({ length: n }, () => Float64Array.from(mean, (m, d) => m + deviations[d]! * normal()))
}

/** As the scanner counts them: on the grid, all in the sample. */
export function momentsOf(vectors: readonly Float64Array[], dim: number): Moments {
  const moments = emptyMoments(dim)
  for (const vector of vectors) {
    addVector(
      moments,
      vector.map((x) => Math.round(x * GRID)),
      true,
    )
  }
  return moments
}

export function meanVector(vectors: readonly Float64Array[], dim: number): Float64Array {
  const mean = new Float64Array(dim)
  for (const vector of vectors) vector.forEach((x, d) => (mean[d] = mean[d]! + x / vectors.length))
  return mean
}
