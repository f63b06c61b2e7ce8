import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { logHypergeometricTail } from '../../../scanners/provenance/exact.js'
import { provenance } from '../../../scanners/provenance/index.js'
import { random } from '../../../src/math/random.js'
import type { ExampleRow } from '../drive.js'
import { drive } from '../drive.js'

test('the hypergeometric tail is the sum of its terms', () => {
  const choose = (n: number, k: number): number => (k < 0 || k > n ? 0 : k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k)
  fc.assert(
    fc.property(fc.nat(14), fc.nat(14), fc.nat(14), fc.nat(15), (total, a, b, k) => {
      const [marked, n] = [Math.min(a, total), Math.min(b, total)]
      let sum = 0
      for (let j = k; j <= n; j++) sum += (choose(marked, j) * choose(total - marked, n - j)) / choose(total, n)
      assert.ok(Math.abs(Math.exp(logHypergeometricTail(total, marked, n, k)) - sum) < 1e-9)
    }),
  )
})

/** Texts that all sources have, each in its own punctuation; `turned` says who gives the other label. */
function texts(count: number, sources: number, turned: (source: number, text: number) => boolean): ExampleRow[] {
  return Array.from({ length: count * sources }, (_, i): ExampleRow => {
    const [text, source] = [Math.floor(i / sources), i % sources]
    const label = String((text + (turned(source, text) ? 1 : 0)) % 2)
    return { cells: { text: `Review, number ${text}${'!'.repeat(source)}`, label, source: `shop ${source}` } }
  })
}

const dissent = (rows: readonly ExampleRow[], cuts: readonly number[] = []) =>
  drive(provenance, rows, { cuts }).findings.filter(({ message }) => message === 'provenance/dissenting-source')

test('a source that contradicts the others on most texts, with its rows', () => {
  const rows = texts(20, 5, (source, text) => source === 3 && text < 18)
  const [finding, ...others] = dissent(rows, [31, 60])
  assert.deepEqual(others, [])
  assert.equal(finding?.severity, 'medium')
  assert.equal(finding.category, 'provenance')
  assert.equal(finding.title, 'Source "shop 3" contradicts the other sources on 18 of the 20 texts that it shares with them')
  assert.deepEqual(
    finding.rows.map(({ row }) => row),
    Array.from({ length: 18 }, (_, text) => text * 5 + 3),
  )
  assert.deepEqual([finding.evidence['others'], finding.evidence['othersAgainst']], [20, 0])
  assert.deepEqual(
    dissent(texts(200, 5, (source, text) => source === 3 && text % 5 === 0)).map(({ severity, evidence }) => [
      severity,
      evidence['against'],
    ]),
    [['low', 40]],
  )
})

test('sources that all err, two sources, or too few texts: nobody is named', () => {
  const next = random(5)
  const erring = Array.from({ length: 6 }, () => 0.03 + 0.07 * next())
  assert.deepEqual(dissent(texts(80, 6, (source) => next() < erring[source]!)), [])
  assert.deepEqual(dissent(texts(40, 2, (source) => source === 1)), [])
  assert.deepEqual(dissent(texts(2, 5, (source) => source === 1)), [])
})

const skipped = (ids: readonly string[]) =>
  drive(
    provenance,
    ids.map((id) => ({ cells: { text: `review ${id}`, source: 's', id } })),
    { cuts: [40] },
  ).findings.map(({ message, severity, title }) => [message, severity, title])

test('ids that skip are noted with their places; sparse and random ids are not', () => {
  const numbers = Array.from({ length: 200 }, (_, i) => i)
  assert.deepEqual(
    skipped(numbers.filter((i) => i !== 50 && i !== 120 && i !== 121).map((i) => `r-${String(i).padStart(4, '0')}`)),
    [['provenance/ids-skip', 'info', '3 ids left out of ids that otherwise count up: "r-50", "r-120–121"']],
  )
  assert.deepEqual(skipped(numbers.map(String)), [])
  assert.deepEqual(skipped(numbers.map((i) => String(i * 3))), [])
  assert.deepEqual(skipped(numbers.map((i) => ((i * 2654435761) % 2 ** 32).toString(16))), [])
  assert.deepEqual(skipped(numbers.map((i) => `${i}${'9'.repeat(20)}`)), [])
})
