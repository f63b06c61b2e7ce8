/** Covariances that causes are measured by: factored once, with one group's distance taken out for each. */
import { withinClasses } from '../../src/math/discriminant.js'
import { referenceOf, referenceWithout, type Reference } from '../../src/math/independence.js'
import { downdated, minus, type Solvable } from '../../src/math/linalg.js'
import { leavingOut, meanOf, totalMoments, type Moments } from '../../src/math/moments.js'

/** Rows that must not shape what they are compared with. */
export interface Group {
  readonly rows: number
  /** [dim] */
  readonly mean: Float64Array
  /** The class that they are of, and what is left of it without them. */
  readonly own: Moments
  readonly rest: Moments
}

export class Geometry {
  private readonly all: Moments
  private allWithin: Solvable | null = null
  private allRows: Reference | null = null
  private readonly ofClass = new Map<Moments, Reference>()
  private allOutputs: Reference | null = null

  constructor(
    private readonly classes: readonly Moments[],
    dim: number,
  ) {
    this.all = totalMoments(classes, dim)
  }

  /** The covariance within classes, with all rows. */
  withinAll(dim: number): Solvable {
    return (this.allWithin ??= withinClasses(this.classes, dim))
  }

  /** The covariance within classes. */
  within({ rows, mean, own, rest }: Group): Solvable {
    const covariance = this.withinAll(rest.dim)
    const share = rows / own.count
    return downdated(covariance, minus(mean, meanOf(rest)), (own.count / this.all.count) * share * (1 - share))
  }

  /** Of all rows together. */
  reference({ rows, mean }: Group): Reference {
    const reference = (this.allRows ??= referenceOf(this.all))
    return referenceWithout(reference, minus(mean, meanOf(leavingOut(this.all, rows, mean))), rows / this.all.count)
  }

  /** Of the class that they are of: an encoder may tell its rows apart less than those of other classes, or more. */
  ownReference({ rows, mean, own, rest }: Group): Reference {
    let reference = this.ofClass.get(own)
    if (reference === undefined) this.ofClass.set(own, (reference = referenceOf(own)))
    return referenceWithout(reference, minus(mean, meanOf(rest)), rows / own.count)
  }

  /** Of all outputs together. */
  outputs(outputs: Moments, shift: Float64Array, share: number): Reference {
    return referenceWithout((this.allOutputs ??= referenceOf(outputs)), shift, share)
  }
}
