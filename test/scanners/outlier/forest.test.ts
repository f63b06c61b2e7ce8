import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { IsolationForest } from 'ml-isolation-forest'
import { averagePathLength, growForest, isolationScores, type Forest } from '../../../scanners/outlier/forest.js'
import { random } from '../../../src/math/random.js'

function gaussian(next: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
}

function cloud(n: number, features: number, seed: number): Float32Array {
  const next = random(seed)
  return Float32Array.from({ length: n * features }, () => gaussian(next))
}

function every(n: number): Int32Array {
  return Int32Array.from({ length: n }, (_, i) => i)
}

/** Spearman's rank correlation. */
function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  const ranks = (values: readonly number[]) => {
    const order = values.map((_, i) => i).sort((i, j) => values[i]! - values[j]!)
    const rank = new Array<number>(values.length).fill(0)
    order.forEach((i, position) => (rank[i] = position))
    return rank
  }
  const [x, y] = [ranks(a), ranks(b)]
  const middle = (a.length - 1) / 2
  let xy = 0
  let xx = 0
  x.forEach((rank, i) => {
    xy += (rank - middle) * (y[i]! - middle)
    xx += (rank - middle) ** 2
  })
  return xy / xx
}

test('c(n) is equation 1 of Liu, Ting & Zhou', () => {
  assert.deepEqual([0, 1, 2].map(averagePathLength), [0, 0, 1])
  assert.ok(Math.abs(averagePathLength(256) - 10.24477092) < 1e-8)
})

test('the score of a tree of two points is known', () => {
  const forest = growForest(Float32Array.of(0, 1), 1, { trees: 20, subsample: 256, seed: 1 })
  // Each point is alone at depth 1, and c(2) = 1.
  assert.deepEqual([...isolationScores(forest, Float32Array.of(0, 1, -5, 9), every(4))], [0.5, 0.5, 0.5, 0.5])
})

test('planted outliers take the first places', () => {
  const points = cloud(3000, 8, 5)
  const planted = [17, 400, 1203, 2999]
  planted.forEach((row, i) => points.fill(i % 2 === 0 ? 7 : -7, row * 8, row * 8 + 8))
  const forest = growForest(points, 8, { trees: 100, subsample: 256, seed: 2 })
  const scores = isolationScores(forest, points, every(3000))
  const first = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]!).slice(0, 4)
  assert.deepEqual(
    first.sort((a, b) => a - b),
    planted,
  )
})

test('ranks agree with ml-isolation-forest on a Gaussian cloud with planted outliers', () => {
  const n = 256
  const features = 3
  const points = cloud(n, features, 9)
  for (let row = 0; row < 8; row++) points.fill(4 + row / 4, row * features, (row + 1) * features)
  const table = Array.from({ length: n }, (_, row) => [...points.subarray(row * features, (row + 1) * features)])
  const peer = new IsolationForest({ nEstimators: 300 })
  peer.train(table)
  const forest = growForest(points, features, { trees: 300, subsample: n, seed: 3 })
  const ours = isolationScores(forest, points, every(n))
  const correlation = rankCorrelation([...ours], peer.predict(table))
  assert.ok(correlation >= 0.9, `rank correlation ${correlation}`)
})

test('a score depends on the point alone: not on what it is scored with', () => {
  const points = cloud(500, 5, 11)
  const forest = growForest(points, 5, { trees: 30, subsample: 64, seed: 4 })
  const all = isolationScores(forest, points, every(500))
  fc.assert(
    fc.property(fc.array(fc.nat(499), { minLength: 1, maxLength: 9 }), (rows) => {
      assert.deepEqual(
        [...isolationScores(forest, points, Int32Array.from(rows))],
        rows.map((row) => all[row]!),
      )
    }),
  )
})

/** What a score is made of, one point and one step at a time, by the arrays of the forest. */
function plainScores(forest: Forest, points: Float32Array): number[] {
  const { roots, feature, child, cut, length, features, subsample } = forest
  const ordinal = (x: number): number => {
    const [bits = 0] = new Int32Array(Float32Array.of(x).buffer)
    return (bits < 0 ? bits ^ 0x7fffffff : bits) >> 1
  }
  return Array.from({ length: points.length / features }, (_, row) => {
    let total = 0
    for (const root of roots) {
      let node = root
      while (child[node]! + 1 !== node) {
        const isLeft = ordinal(points[row * features + feature[node]!]!) < cut[node]!
        node = child[node]! + (isLeft ? 0 : 1)
      }
      total += length[node]!
    }
    return 2 ** (-total / (roots.length * averagePathLength(subsample)))
  })
}

test('scores are those of a plain walk, to the bit, whatever the size of the forest and the forest before', () => {
  const shapes = fc.record({
    rows: fc.integer({ min: 2, max: 600 }),
    features: fc.integer({ min: 1, max: 9 }),
    trees: fc.integer({ min: 1, max: 12 }),
    subsample: fc.integer({ min: 2, max: 300 }),
    seed: fc.nat(1000),
  })
  fc.assert(
    fc.property(shapes, ({ rows, features, seed, ...options }) => {
      const points = cloud(rows, features, seed)
      const forest = growForest(points, features, { ...options, seed })
      assert.deepEqual([...isolationScores(forest, points, every(rows))], plainScores(forest, points))
    }),
    { numRuns: 40 },
  )
})

test('constant features, equal points, infinities and numbers that are none give scores in [0, 1]', () => {
  const same = growForest(new Float32Array(300), 3, { trees: 10, subsample: 64, seed: 1 })
  assert.deepEqual(new Set(isolationScores(same, new Float32Array(300), every(100))).size, 1)
  const forest = growForest(cloud(200, 3, 1), 3, { trees: 10, subsample: 64, seed: 1 })
  const negativeNaN = new Float32Array(Uint32Array.of(0xffffffff, 0xffc00000, 0xff800001).buffer)
  for (const hostile of [Float32Array.of(Infinity, -Infinity, NaN), negativeNaN, Float32Array.of(-0, 1e-45, 3.4e38)]) {
    const [score = NaN] = isolationScores(forest, hostile, every(1))
    assert.ok(score > 0 && score < 1, `${[...hostile].join(' ')}: ${score}`)
  }
  assert.deepEqual(
    [
      ...isolationScores(
        growForest(new Float32Array(0), 3, { trees: 10, subsample: 64, seed: 1 }),
        new Float32Array(3),
        every(1),
      ),
    ],
    [0.5],
  )
})
