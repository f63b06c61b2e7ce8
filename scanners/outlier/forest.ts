import { BLOCK, descentOf } from './descent.js'
import { random } from '../../src/math/random.js'

/**
 * Isolation forest (Liu, Ting & Zhou, "Isolation Forest", ICDM 2008) in flat arrays: nodes of all trees one after
 * another, the two children of a node side by side. A leaf leads to itself, so that every descent takes `depth` steps
 * and none of them is a branch for the processor to guess. Plain data.
 */
export interface Forest {
  readonly features: number
  /** Points that each tree was grown on. */
  readonly subsample: number
  /** Steps from a root to the deepest leaf there can be. */
  readonly depth: number
  /** First node of each tree. */
  readonly roots: Int32Array
  /** Feature that a node splits on. */
  readonly feature: Int16Array
  /** Split value, as its {@link ordinal}: less goes left. */
  readonly cut: Int32Array
  /** Left child; the right one is next to it. */
  readonly child: Int32Array
  /** Path length at a leaf: its depth + c(points left in it). */
  readonly length: Float32Array
}

export interface ForestOptions {
  readonly trees: number
  readonly subsample: number
  readonly seed: number
}

/** The least ordinal, even of what is not a number. */
const LEAST = -(2 ** 30)

const EULER_GAMMA = 0.5772156649015329

/** Mean path length of an unsuccessful search in a binary search tree of n points: equation 1 of the paper. */
export function averagePathLength(n: number): number {
  if (n <= 1) return 0
  if (n === 2) return 1
  return 2 * (Math.log(n - 1) + EULER_GAMMA) - (2 * (n - 1)) / n
}

/**
 * Grows a forest. Trees stop at depth ⌈log₂ ψ⌉; a feature that is constant in a node is not drawn there.
 * @param points row-major [n × features], finite
 */
export function growForest(points: Float32Array, features: number, options: ForestOptions): Forest {
  const n = features === 0 ? 0 : points.length / features
  const subsample = Math.min(options.subsample, n)
  const depth = Math.ceil(Math.log2(Math.max(2, subsample)))
  const builder = new TreeBuilder(points, features, depth, random(options.seed))
  const roots = new Int32Array(options.trees)
  const index = Int32Array.from({ length: n }, (_, i) => i)
  for (let tree = 0; tree < options.trees; tree++) {
    builder.shuffleFront(index, subsample)
    roots[tree] = builder.grow(index.slice(0, subsample))
  }
  const cuts = new Int32Array(Float32Array.from(builder.value).buffer)
  return {
    features,
    subsample,
    depth,
    roots,
    feature: Int16Array.from(builder.feature),
    cut: cuts.map((bits, node) => (builder.child[node] === node - 1 ? LEAST : ordinal(bits))),
    child: Int32Array.from(builder.child),
    length: Float32Array.from(builder.length),
  }
}

/**
 * Scores 2^(−E[h] / c(ψ)): in (0, 1), 1 the easiest to isolate.
 * @param points row-major [n × features], finite
 * @param rows which points to score, by index
 * @returns one score for each of `rows`
 */
export function isolationScores(forest: Forest, points: Float32Array, rows: Int32Array): Float64Array {
  const { roots, features, subsample } = forest
  const scores = new Float64Array(rows.length)
  const scale = roots.length * averagePathLength(subsample)
  if (scale === 0) return scores.fill(0.5)
  const bits = new Int32Array(points.buffer, points.byteOffset, points.length)
  const descent = descentOf(forest)
  const { block, totals } = descent
  for (let from = 0; from < rows.length; from += BLOCK) {
    const count = Math.min(BLOCK, rows.length - from)
    for (let i = 0; i < count; i++) {
      const start = rows[from + i]! * features
      for (let feature = 0; feature < features; feature++) block[feature * BLOCK + i] = ordinal(bits[start + feature]!)
    }
    descent.add(count)
    for (let i = 0; i < count; i++) scores[from + i] = 2 ** (-totals[i]! / scale)
  }
  return scores
}

/**
 * Integers in the order of the floats, in [−2^30, 2^30) so that differences fit 32 bits: the bits of a float, those of
 * negative ones turned round, less the last bit.
 */
function ordinal(bits: number): number {
  return (bits ^ ((bits >> 31) & 0x7fffffff)) >> 1
}

class TreeBuilder {
  readonly feature: number[] = []
  readonly value: number[] = []
  readonly child: number[] = []
  readonly length: number[] = []
  private readonly order: Int16Array

  constructor(
    private readonly points: Float32Array,
    private readonly features: number,
    private readonly maxDepth: number,
    private readonly next: () => number,
  ) {
    this.order = Int16Array.from({ length: features }, (_, i) => i)
  }

  /** Moves a random subset, drawn without replacement, to the front (partial Fisher–Yates). */
  shuffleFront(items: Int32Array | Int16Array, count: number): void {
    for (let i = 0; i < count; i++) this.drawAt(items, i)
  }

  /** One tree on the points named by `rows`; returns its root. */
  grow(rows: Int32Array): number {
    const root = this.allocate(1)
    this.split(root, rows, 0, rows.length, 0)
    return root
  }

  private drawAt(items: Int32Array | Int16Array, i: number): number {
    const j = i + Math.floor(this.next() * (items.length - i))
    const drawn = items[j]!
    items[j] = items[i]!
    items[i] = drawn
    return drawn
  }

  /** New leaves: everything goes right, which is where it is. */
  private allocate(count: number): number {
    const first = this.feature.length
    for (let i = 0; i < count; i++) {
      this.feature.push(0)
      this.value.push(0)
      this.child.push(first + i - 1)
      this.length.push(0)
    }
    return first
  }

  /** Makes `node` out of rows[from, to), in depth-first order; recursion is bounded by the maximal depth. */
  private split(node: number, rows: Int32Array, from: number, to: number, depth: number): void {
    const cut = depth < this.maxDepth && to - from > 1 ? this.drawCut(rows, from, to) : null
    if (cut === null) {
      this.length[node] = depth + averagePathLength(to - from)
      return
    }
    const middle = this.partition(rows, from, to, cut.feature, cut.value)
    const left = this.allocate(2)
    this.feature[node] = cut.feature
    this.value[node] = cut.value
    this.child[node] = left
    this.split(left, rows, from, middle, depth + 1)
    this.split(left + 1, rows, middle, to, depth + 1)
  }

  /** A random feature that varies here and a value uniform over its range; null when all points are alike. */
  private drawCut(rows: Int32Array, from: number, to: number): { feature: number; value: number } | null {
    for (let i = 0; i < this.features; i++) {
      const feature = this.drawAt(this.order, i)
      let low = Infinity
      let high = -Infinity
      for (let r = from; r < to; r++) {
        const x = this.points[rows[r]! * this.features + feature]!
        if (x < low) low = x
        if (x > high) high = x
      }
      if (low === high) continue
      // In (low, high], so that neither side is empty; rounding to single precision may fall back onto low.
      const value = Math.fround(high - this.next() * (high - low))
      return { feature, value: value > low && value <= high ? value : high }
    }
    return null
  }

  private partition(rows: Int32Array, from: number, to: number, feature: number, value: number): number {
    let middle = from
    for (let r = from; r < to; r++) {
      const row = rows[r]!
      if (this.points[row * this.features + feature]! < value) {
        rows[r] = rows[middle]!
        rows[middle++] = row
      }
    }
    return middle
  }
}
