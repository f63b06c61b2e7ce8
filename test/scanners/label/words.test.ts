import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { copy } from '../drive.js'
import { bucketsFor, countWords, mergeWords, narrow, noWords, type WordCounts } from '../../../scanners/label/word-counts.js'
import { oddsInto, wordOdds } from '../../../scanners/label/word-odds.js'
import { PAIR, WORD, WordScanner } from '../../../scanners/label/words.js'

const scanner = new WordScanner()

/** Hashes of words and of pairs of neighbours. */
function featuresOf(text: string): { words: number[]; pairs: number[] } {
  scanner.scan(text)
  const all = [...scanner.hashes.subarray(0, scanner.count)]
  return { words: all.filter((hash) => (hash & 1) === WORD), pairs: all.filter((hash) => (hash & 1) === PAIR) }
}

test('words without case, signs and letters of scripts without spaces by themselves, each once', () => {
  const { words, pairs } = featuresOf('Not bad, NOT bad')
  assert.equal(words.length, 3)
  assert.equal(pairs.length, 4, 'the start and not, not bad, bad and the comma, the comma and not')
  assert.deepEqual(featuresOf('not').words, featuresOf('NOT').words)
  assert.notDeepEqual(featuresOf('not').words, featuresOf('ton').words)
  assert.equal(featuresOf("don't").words.length, 1)
  assert.equal(featuresOf('很好看').words.length, 3)
  assert.equal(featuresOf('so good :)').words.length, 4)
  assert.equal(featuresOf(' \n\u3000').words.length, 0)
  assert.notDeepEqual(featuresOf('a b').pairs, featuresOf('b a').pairs)
})

test('a text of any length and units costs what its first 512 words do', () => {
  const words = (count: number): string => Array.from({ length: count }, (_, i) => `w${i}`).join(' ')
  assert.deepEqual(featuresOf(words(90_000)), featuresOf(words(512)))
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      scanner.scan(text)
      const hashes = [...scanner.hashes.subarray(0, scanner.count)]
      assert.equal(new Set(hashes).size, hashes.length)
      assert.ok(hashes.length <= 2 * text.length)
    }),
    { numRuns: 60 },
  )
})

interface Row {
  readonly text: string
  readonly label: string
  readonly fold: number
}

const rowOf = fc.record({
  text: fc
    .array(fc.constantFrom('good', 'bad', 'not', 'film', 'the', 'very'), { minLength: 1, maxLength: 6 })
    .map((w) => w.join(' ')),
  label: fc.integer({ min: 0, max: 11 }).map((n) => `label ${n}`),
  fold: fc.nat(4),
})

/** As a pass counts: labels are met one after another, and there is room for fewer buckets with each. */
function counted(rows: readonly Row[]): { words: WordCounts; labels: Set<string> } {
  const words = noWords(5)
  const labels = new Set<string>()
  for (const { text, label, fold } of rows) {
    labels.add(label)
    narrow(words, bucketsFor(labels.size))
    scanner.scan(text)
    countWords(words, fold, label, scanner)
  }
  return { words, labels }
}

const plain = ({ buckets, folds }: WordCounts) => ({ buckets, folds: folds.map((labels) => new Map([...labels].sort())) })

test('counts of parts, in any order, are those of the whole, though parts meet fewer labels', () => {
  fc.assert(
    fc.property(fc.array(rowOf, { minLength: 1, maxLength: 25 }), fc.nat(24), fc.boolean(), (rows, cut, backwards) => {
      const whole = counted(rows)
      const parts = [rows.slice(0, cut), rows.slice(cut)].map(counted)
      if (backwards) parts.reverse()
      const into = noWords(5)
      const labels = new Set<string>()
      for (const part of parts) {
        for (const label of part.labels) labels.add(label)
        narrow(into, bucketsFor(labels.size))
        mergeWords(into, copy(part.words))
      }
      assert.deepEqual(plain(into), plain(whole.words))
    }),
    { numRuns: 25 },
  )
})

test('room is bounded whatever the number of labels, and a count stops where it is full', () => {
  for (let labels = 1; labels <= 200; labels++) assert.ok(labels * bucketsFor(labels) <= 2 ** 19 && bucketsFor(labels) >= 2 ** 11)
  const words = noWords(1)
  scanner.scan('same')
  for (let i = 0; i < 66_000; i++) countWords(words, 0, 'a', scanner)
  assert.equal(
    words.folds[0]!.get('a')!.reduce((most, count) => Math.max(most, count), 0),
    0xffff,
  )
})

test('what words say of a row comes from the other folds alone, and a word that none of them has says nothing', () => {
  const rows = Array.from({ length: 400 }, (_, i): Row => {
    const good = i % 2 === 0
    // In fold 0 words mean the opposite.
    const fold = i % 5
    return { text: good === (fold === 0) ? 'bad film' : 'good film', label: good ? 'pos' : 'neg', fold }
  })
  const odds = wordOdds(counted(rows).words, ['neg', 'pos'])
  const out = new Float64Array(4)
  const say = (text: string, fold: number): number[] => {
    scanner.scan(text)
    oddsInto(odds, fold, scanner, out)
    return [out[1]! - out[0]!, out[3]! - out[2]!]
  }
  const [byWord, byPair] = say('good', 0)
  // 160 of 160 rows, and four more as labels are drawn: ln (162 / 2).
  assert.ok(Math.abs(byWord! - Math.log(162 / 2)) < 0.01, String(byWord))
  assert.ok(Math.abs(byPair! - Math.log(162 / 2)) < 0.01, String(byPair))
  assert.ok(say('good', 1)[0]! < 1.2)
  assert.ok(Math.abs(say('film', 0)[0]!) < 0.01)
  assert.deepEqual(say('unheard', 0), [0, 0])
})
