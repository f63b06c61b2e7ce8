/** Factored covariances: one for all groups too small to shape them, one for each of the others. */
import { withinFactor } from '../../src/math/discriminant.js'
import { referenceOf, type Reference } from '../../src/math/independence.js'
import { totalMoments, type Moments } from '../../src/math/moments.js'

export class Geometry {
  private sharedFactor: Float64Array | null = null
  private sharedReference: Reference | null = null
  private outputReference: Reference | null = null

  constructor(
    private readonly classes: readonly Moments[],
    private readonly dim: number,
  ) {}

  /** Of the covariance within classes. */
  within(group: Moments, rest: readonly Moments[]): Float64Array {
    if (group.gram.length > 0) return withinFactor(rest, this.dim)
    return this.shared()
  }

  /** Of the covariance within classes, whatever group is asked about. */
  shared(): Float64Array {
    return (this.sharedFactor ??= withinFactor(this.classes, this.dim))
  }

  /** Of all rows together. */
  reference(group: Moments, rest: readonly Moments[]): Reference {
    if (group.gram.length > 0) return referenceOf(totalMoments(rest, this.dim))
    return (this.sharedReference ??= referenceOf(totalMoments(this.classes, this.dim)))
  }

  /** Of all outputs together. */
  outputs(outputs: Moments): Reference {
    return (this.outputReference ??= referenceOf(outputs))
  }
}
