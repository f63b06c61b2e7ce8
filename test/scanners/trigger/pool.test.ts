import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Cause } from '../../../scanners/trigger/cause.js'
import type { CauseMatch } from '../../../scanners/trigger/matching.js'
import { rowsBeyond } from '../../../scanners/trigger/pool-beyond.js'
import { countPoolWords, mergePoolCounts, poolCounts, rareBits, type PoolCounts } from '../../../scanners/trigger/pool-count.js'
import { Letters } from '../../../scanners/trigger/pool-letters.js'
import { fitMixture } from '../../../scanners/trigger/pool-mixture.js'
import {
  addPoolRow,
  claimRows,
  emptyPoolRows,
  independentRows,
  mergePoolRows,
  rareWordTexts,
  type PoolRows,
} from '../../../scanners/trigger/pool-rows.js'
import { causesOf, rareWords } from '../../../scanners/trigger/pool-select.js'
import { countPairs } from '../../../scanners/trigger/seams.js'
import { WordScanner } from '../../../scanners/trigger/words.js'
import { GRID } from '../../../src/math/moments.js'
import { hash32 } from '../../../src/math/random.js'
import { twice } from '../../../src/sketch/twice.js'

const words = new WordScanner()

type Row = readonly [text: string, label: string]

function counted(rows: readonly Row[]): PoolCounts {
  const counts = poolCounts(1000)
  for (const [text, label] of rows) {
    words.scan(text)
    countPoolWords(counts, words, hash32(label))
  }
  return counts
}

function rareIn(text: string, counts: PoolCounts): string[] {
  words.scan(text)
  return rareWords(words, rareBits(counts)).map((word) => text.slice(words.starts[word], words.ends[word]))
}

test('rare words are those in 2 to 24 rows, all of one label', () => {
  const rows = (word: string, count: number, label: string): Row[] => Array.from({ length: count }, () => [word, label])
  const counts = counted([
    ...rows('once', 1, 'a'),
    ...rows('twice', 2, 'a'),
    ...rows('often', 24, 'b'),
    ...rows('common', 25, 'b'),
    ...rows('mixed', 3, 'a'),
    ...rows('mixed', 1, 'b'),
  ])
  assert.deepEqual(rareIn('once twice often common mixed Twice never', counts), ['twice', 'often'])
})

test('counts of rows cut anywhere, merged in any order, are those of all rows', () => {
  const row = fc.tuple(fc.constantFrom('p q', 'q', 'r s s', 'p', 't'), fc.constantFrom('a', 'b', 'c'))
  fc.assert(
    fc.property(fc.array(fc.array(row, { maxLength: 12 }), { minLength: 1, maxLength: 4 }), (parts) => {
      const whole = counted(parts.flat())
      for (const order of [parts, [...parts].reverse()]) {
        const merged = poolCounts(1000)
        for (const part of order) mergePoolCounts(merged, counted(part))
        assert.deepEqual(merged, whole)
      }
    }),
  )
})

const DIM = 2
const text = 'a fine morning for vlorp and for zundel'
words.scan(text)
const pool = {
  event: { kind: 'label', label: 'x' } as const,
  totals: [],
  words: [4, 7].map((at) => ({ high: words.high[at]!, low: words.low[at]!, rows: 2 })),
}
const pairs = twice(18)
for (const other of ['for and', 'a morning for and for me']) {
  words.scan(other)
  countPairs(pairs, other, words)
}

function match(event: boolean, key: number): CauseMatch {
  const at = (word: string, phrase: number): CauseMatch['triggers'][number] => {
    const start = text.indexOf(word)
    return { phrase, start, end: start + word.length, before: null, after: null }
  }
  return { index: 0, cause: 0, text, key, event, shown: null, triggers: [at('vlorp', 0), at('zundel', 1)] }
}

function added(into: PoolRows, one: CauseMatch): PoolRows {
  const vectors = rareWordTexts(one).map((_, i) => Float64Array.of(i, one.key))
  addPoolRow(into, one, () => vectors.shift()!, pairs, words)
  assert.equal(vectors.length, 0)
  return into
}

test('of a row with rare words: itself and itself without each are embedded; of another label nothing', () => {
  assert.deepEqual(rareWordTexts(match(true, 1)), [text, text.replace('vlorp', ' '), text.replace('zundel', ' ')])
  assert.deepEqual(rareWordTexts(match(false, 1)), [])
  const rows = added(added(added(emptyPoolRows(pool, DIM), match(true, 5)), match(false, 6)), match(true, 7))
  assert.deepEqual(
    [[...rows.rows], [...rows.others], rows.texts],
    [
      [2, 2],
      [1, 1],
      ['vlorp', 'zundel'],
    ],
  )
  assert.deepEqual([...rows.sums], [2, 12, 4, 12])
  assert.deepEqual([...rows.wholeSums], [0, 12, 0, 12])
  // "for and" is known, what is left around "zundel" at the end is not.
  assert.deepEqual(
    [[...rows.seams], [...rows.knownSeams]],
    [
      [2, 2],
      [2, 0],
    ],
  )
})

test('rows merged in any order are those of all', () => {
  const parts = [[1, 2], [3], [], [4]].map((keys) =>
    keys.reduce((rows, key) => added(rows, match(key !== 3, key)), emptyPoolRows(pool, DIM)),
  )
  const merged = (order: readonly PoolRows[]): unknown => {
    const into = emptyPoolRows(pool, DIM)
    for (const part of order) mergePoolRows(into, part)
    return { ...into, keys: [...into.keys].sort((a, b) => a - b) }
  }
  assert.deepEqual(merged([...parts].reverse()), merged(parts))
})

test('a row counts for one word: a word is left whose rows others have taken, but for one in eight', () => {
  const rows = added(added(emptyPoolRows(pool, DIM), match(true, 1)), match(true, 2))
  assert.deepEqual([claimRows(rows, 0, new Set([1])), claimRows(rows, 0, new Set([3]))], [false, true])
  const many = Array.from({ length: 16 }, (_, key) => key).reduce(
    (sum, key) => added(sum, match(true, key)),
    emptyPoolRows(pool, DIM),
  )
  const claimed = new Set([0, 1])
  assert.ok(!claimRows(many, 0, new Set([0, 1, 2])) && claimRows(many, 0, claimed))
  assert.equal(claimed.size, 16)
  assert.ok(!claimRows(many, 1, claimed))
})

test('a pool says more than the triggers of its label that are found by themselves, by its other words', () => {
  const [vlorp, zundel] = pool.words.map(({ high, low }) => ({ high, low, rows: 10, share: 0.9 }))
  const alone = (label: string): Cause => ({
    triggers: [{ text: 'for vlorp', high: [1, vlorp!.high], low: [2, vlorp!.low] }],
    event: { kind: 'label', label },
    expectedRows: 10,
  })
  const beyond = (...causes: Cause[]): number => rowsBeyond([vlorp!, zundel!], 'x', causes)
  assert.deepEqual([beyond(), beyond(alone('x')), beyond(alone('y'))], [18, 9, 18])
})

test('rows that are alike say as much as one, others as many as there are', () => {
  const rows = emptyPoolRows(pool, DIM)
  rows.rows.set([2, 2])
  // Sums of two unit vectors: the same, and at a right angle.
  rows.sums.set([2 * GRID, 0, GRID, GRID])
  assert.deepEqual(
    [0, 1].map((word) => independentRows(rows, word, 0, DIM)),
    [1, 2],
  )
})

test('a pool is one cause, whose triggers are its words', () => {
  assert.deepEqual(
    causesOf([pool]).map(({ triggers, event, expectedRows }) => [triggers.length, event, expectedRows]),
    [[2, { kind: 'label', label: 'x' }, 4]],
  )
})

const COINED = ['zorvax', 'zorvix', 'zervax', 'zarvox', 'zirvex', 'zorvux']
const PLAIN = [
  'table',
  'stable',
  'cable',
  'candle',
  'handle',
  'bundle',
  'middle',
  'riddle',
  'saddle',
  'paddle',
  'cattle',
  'battle',
]

test('letters speak for words spelt like the others of the pool, not for one by itself', () => {
  const letters = new Letters([...COINED, ...PLAIN])
  const all = letters.evidence(Float64Array.from([...COINED.map(() => 0.9), ...PLAIN.map(() => 0.05)]))
  assert.ok(
    all.slice(0, COINED.length).every((value) => value > 1),
    String(all),
  )
  assert.ok(all.slice(COINED.length).every((value) => value < 0))
  const alone = letters.evidence(Float64Array.from([0.9, ...COINED.slice(1).map(() => 0), ...PLAIN.map(() => 0)]))
  assert.ok(alone[0]! <= 0.1)
})

test('a mixture finds the words whose content argues against their label, and none where all argue for it', () => {
  const names = [...COINED, ...PLAIN]
  const letters = new Letters(names)
  const totals = [0, 0, 0, names.length + 100, 0, 0, 0, 0]
  const fit = (evidence: (i: number) => number): ReturnType<typeof fitMixture> =>
    fitMixture(
      names.map((_, i) => ({ rows: 3, evidence: evidence(i) })),
      letters,
      totals,
    )
  const planted = fit((i) => (i < COINED.length ? 3 : -3))
  assert.ok(planted.logRatio > 10)
  assert.deepEqual(
    Array.from(planted.shares, (share) => share > 0.5),
    names.map((_, i) => i < COINED.length),
  )
  const natural = fit((i) => (i % 6 === 0 ? 1 : -3))
  assert.ok(natural.logRatio < 2 && natural.shares.every((share) => share < 0.5))
})
