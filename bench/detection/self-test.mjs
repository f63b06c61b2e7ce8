// The ruler measured: metrics.mjs against scikit-learn on random scores with many ties, and known answers.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { averagePrecision, measure, recallAt, triggersNamed } from './metrics.mjs'
import { runPython } from './python.mjs'

/** Lehmer's generator with Park and Miller's numbers: the cases are the same everywhere. */
function uniform(seed) {
  let state = seed
  return () => (state = (state * 48271) % 2147483647) / 2147483647
}

function randomCases() {
  const next = uniform(7)
  return Array.from({ length: 40 }, (_, i) => {
    const levels = [2, 5, 20, 1e6][i % 4]
    const truth = Array.from({ length: 300 }, () => (next() < 0.1 ? 1 : 0))
    truth[0] = 1
    const scores = truth.map((planted) => Math.floor(levels * (0.7 * next() + 0.3 * planted)) / levels)
    return { scores, truth, fpr: [0, 0.001, 0.01, 0.1, 0.5][i % 5] }
  })
}

function knownAnswers() {
  assert.deepEqual(measure([3, 2, 1, 0], [1, 1, 0, 0], [1, 0, 1, 0]), { recall: 0.5, fpr: 0.5, auprc: 0.5 + 0.5 * (2 / 3) })
  assert.deepEqual(measure([0, 0], [0, 0], [0, 0]), { recall: null, fpr: 0, auprc: null })
  assert.equal(recallAt(0, [3, 2, 1, 0], [1, 0, 1, 0]), 0.5)
  // Two rows of each kind share a score: half of the false positives allowed, half of the hits.
  assert.equal(recallAt(0.5, [1, 1, 1, 1], [1, 1, 0, 0]), 0.5)
  assert.equal(triggersNamed(['cf', 'mn'], [{ trigger: 'CF ' }, { trigger: 'mnx' }]), 0.5)
  assert.equal(triggersNamed(['cf', 'mn'], [{ trigger: ['cf', 'mn'] }]), 1)
  assert.equal(triggersNamed('i watched this', [{ trigger: ['i', 'watched', 'this'] }]), 1)
  assert.equal(triggersNamed('i watched this', [{ trigger: 'watched this' }, {}]), 0)
  assert.equal(triggersNamed(null, []), null)
}

/** @throws AssertionError where a figure is wrong; an Error where a baseline is */
export function selfTest() {
  knownAnswers()
  const cases = randomCases()
  const folder = mkdtempSync(join(tmpdir(), 'credence-bench-'))
  try {
    const path = join(folder, 'cases.json')
    writeFileSync(path, JSON.stringify({ cases }))
    const peers = JSON.parse(runPython('self_test.py', [path]))
    cases.forEach(({ scores, truth, fpr }, i) => {
      const own = { auprc: averagePrecision(scores, truth), recall: recallAt(fpr, scores, truth) }
      for (const name of ['auprc', 'recall'])
        assert.ok(Math.abs(own[name] - peers[i][name]) < 1e-9, `case ${i}: ${name} ${own[name]}, scikit-learn ${peers[i][name]}`)
    })
    console.log(`Self-test passed: ${cases.length} cases agree with scikit-learn, the baselines find what they should.`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return true
}
