import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fitWeights, likeliest, type ScoredRow } from '../../../scanners/label/combination.js'
import { chanceOfFlip, flipRate } from '../../../scanners/label/flip-rate.js'
import { BINS, STEP } from '../../../scanners/label/histogram.js'
import { random } from '../../../src/math/random.js'

const LABELS = 3

/**
 * Rows whose label is drawn with log-odds that a first view tells `factor` times too strongly; the second view is noise.
 * @param wrong share of labels drawn anew
 */
function rowsOf(count: number, factor: number, wrong: number, seed: number): ScoredRow[] {
  const next = random(seed)
  return Array.from({ length: count }, (_, i) => {
    const logs = Array.from({ length: LABELS }, () => 5 * (next() - 0.5))
    const shares = logs.map(Math.exp)
    let left = next() * shares.reduce((sum, share) => sum + share, 0)
    let own = shares.findIndex((share) => (left -= share) < 0)
    if (next() < wrong) own = Math.floor(next() * LABELS)
    return { own, fold: i % 5, scores: Float32Array.from([...logs.map((log) => factor * log), ...logs.map(() => next() - 0.5)]) }
  })
}

test('a view that is too sure of itself is believed as far as it goes, with one label in ten drawn anew', () => {
  for (const factor of [1.5, 4]) {
    const [first, second] = fitWeights(rowsOf(8000, factor, 0.1, 1), LABELS, 2)
    assert.ok(Math.abs(first! * factor - 1) < 0.12, `${first} of ${factor}`)
    assert.ok(second! < 0.25, String(second))
  }
})

test('no view is believed more than it says, nor less than not at all, however clear or wrong it is', () => {
  const clear = Array.from({ length: 500 }, (_, i): ScoredRow => {
    const own = i % LABELS
    const side = [0, 1, 2].map((c) => (c === own ? 3 : -3))
    return { own, fold: i % 5, scores: Float32Array.from([...side, ...side.map((x) => -x)]) }
  })
  const weights = fitWeights(clear, LABELS, 2)
  assert.deepEqual(weights, [1, 0])
  assert.ok(clear.every((row) => likeliest(row, LABELS, weights) === row.own))
  assert.ok(fitWeights([], LABELS, 2).every((weight) => weight >= 0 && weight <= 1))
})

test('how many were flipped is told from hard rows by how margins fall off, however sure the probe is', () => {
  const agrees = new Uint32Array(BINS)
  for (let bin = 0; bin < 20; bin++) agrees[bin] = 400 - 20 * bin
  for (const rate of [0, 0.02, 0.15]) {
    for (const hard of [0.5, 1, 3]) {
      const looks = agrees.map((like, bin) => Math.round(like * (rate + hard * Math.exp(-(bin + 0.5) * STEP))))
      const { ratio: found } = flipRate(looks, agrees, 1)
      assert.ok(Math.abs(found - rate) < 0.006, `${rate}, ${hard}: ${found}`)
    }
  }
  assert.deepEqual(flipRate(new Uint32Array(BINS), new Uint32Array(BINS), 1), { ratio: 0, hard: 0, flipped: 0 })
})

test('a row that looks flipped is one the less likely, the fewer of its kind there are and the harder the data', () => {
  const agrees = new Uint32Array(BINS)
  for (let bin = 0; bin < 20; bin++) agrees[bin] = 4000 - 200 * bin
  const at = (rate: number, hard: number, margin: number): number => {
    const looks = agrees.map((like, bin) => Math.round(like * (rate + hard * Math.exp(-(bin + 0.5) * STEP))))
    return chanceOfFlip(flipRate(looks, agrees, 1), margin)
  }
  assert.ok(at(0.2, 1, 8) > 0.85 && at(0.2, 1, 8) < 1, String(at(0.2, 1, 8)))
  assert.ok(at(0.01, 1, 8) < 0.3, `as few as natural data has: ${at(0.01, 1, 8)}`)
  for (const [rate, hard, margin] of [
    [0.1, 1, 8],
    [0.2, 2, 8],
    [0.2, 1, 4],
  ] as const) {
    assert.ok(at(rate, hard, margin) < at(0.2, 1, 8), `${rate}, ${hard}, ${margin}`)
  }
  assert.equal(chanceOfFlip({ ratio: 0, hard: 0, flipped: 0 }, 3), 0)
})
