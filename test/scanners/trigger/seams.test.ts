import { test } from 'node:test'
import assert from 'node:assert/strict'
import {
  belongsThere,
  countPairs,
  countSeam,
  emptySeams,
  mergeSeams,
  readsOn,
  seamsOf,
  type Seams,
} from '../../../scanners/trigger/seams.js'
import { NgramScanner, WordScanner } from '../../../scanners/trigger/words.js'
import { growPhrase, type Phrase } from '../../../scanners/trigger/phrase.js'
import { twice } from '../../../src/sketch/twice.js'
import { Reviewer } from '../../../tools/demo/reviews.js'
import { Speaker } from '../../../tools/demo/grammar.js'
import { insertWord } from '../../../tools/fixtures/trigger-fixture.js'

const words = new WordScanner()

function pairsOf(texts: readonly string[]): Uint32Array {
  const pairs = twice(18)
  for (const text of texts) {
    words.scan(text)
    countPairs(pairs, text, words)
  }
  return pairs
}

/** The seam of a word's first place. */
function seam(text: string, word: string, pairs: Uint32Array): ReturnType<typeof emptySeams> {
  const seams = emptySeams()
  words.scan(text)
  const start = text.indexOf(word)
  countSeam(seams, pairs, text, words, { start, end: start + word.length })
  return seams
}

function phraseOf(word: string): Phrase {
  const scanner = new NgramScanner(1, 1)
  scanner.scan(word)
  return growPhrase(scanner.high[0]!, scanner.low[0]!, [word], scanner.words, null)!
}

test('words on both sides are a known seam where another text has them side by side', () => {
  const pairs = pairsOf(['The red kettle boils.', 'A cat sleeps'])
  assert.equal(seam('my red zork kettle', 'zork', pairs).knownSeams, 1)
  assert.equal(seam('my red zork cat', 'zork', pairs).knownSeams, 0)
})

test('the ends of sentences are neighbours like any word', () => {
  const pairs = pairsOf(['Kettles boil. Cats sleep'])
  assert.equal(seam('zork kettles hiss', 'zork', pairs).knownSeams, 1, 'the first word of a text')
  assert.equal(seam('so. zork cats', 'zork', pairs).knownSeams, 1, 'the first of a sentence')
  assert.equal(seam('they boil zork. So', 'zork', pairs).knownSeams, 1, 'the last of a sentence')
  assert.equal(seam('they sleep zork', 'zork', pairs).knownSeams, 1, 'the last of a text')
  assert.equal(seam('zork sleep', 'zork', pairs).knownSeams, 0, 'no text begins so')
})

test('a whole sentence can always be taken out', () => {
  assert.equal(seam('Nobody came. Zork was here. So we left.', 'Zork was here', pairsOf([])).knownSeams, 1)
})

test('words put into finished texts are told from those that belong there', () => {
  const reviewer = new Reviewer(5)
  const speaker = new Speaker(6)
  const texts = Array.from({ length: 1200 }, (_, i) => {
    const { text } = reviewer.review(i % 2 === 0 ? 1 : 0)
    return i % 20 === 0 ? insertWord(text, 'quombit', speaker) : text
  })
  const pairs = pairsOf(texts)
  const of = (word: string): number => {
    const seams = seamsOf(phraseOf(word), texts.filter((text) => ` ${text} `.includes(` ${word} `)).slice(0, 60), pairs, words)
    assert.equal(seams.seams, 60)
    return readsOn(seams)
  }
  assert.ok(of('quombit') > 5, `planted: ${of('quombit')}`)
  for (const word of ['after', 'for', 'is']) assert.ok(of(word) < -5, `${word}: ${of(word)}`)
})

test('seams tell words that belong there where they are as rarely known as holes and not as often as true neighbours', () => {
  const beside = (joins: number, holes: number): Seams => ({
    ...emptySeams(),
    joins: 998,
    knownJoins: 10 * joins - 1,
    holes: 998,
    knownHoles: 10 * holes - 1,
  })
  const both = { ...emptySeams(), seams: 50, knownSeams: 22 }
  // 22 of 50 are likelier natural than planted, but no surprise where 53 of 100 neighbours are known.
  assert.ok(readsOn(both, beside(53, 42)) < 0 && !belongsThere(both, beside(53, 42)))
  assert.ok(belongsThere(both, beside(75, 36)))
  assert.ok(!belongsThere({ ...both, knownSeams: 28 }, beside(75, 36)))
  assert.ok(!belongsThere(emptySeams(), beside(75, 36)))
})

test('seams merge by addition, and none say nothing', () => {
  const pairs = pairsOf(['The red kettle boils.'])
  const [a, b] = [seam('my red zork kettle', 'zork', pairs), seam('the zork boils', 'zork', pairs)]
  const both = emptySeams()
  mergeSeams(both, a)
  mergeSeams(both, b)
  for (const key of Object.keys(both) as (keyof typeof both)[]) assert.equal(both[key], a[key] + b[key], key)
  assert.equal(readsOn(emptySeams()), 0)
})
