import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import {
  countNeighbours,
  emptyNeighbours,
  isPlacedAtRandom,
  isPlacedLast,
  mergeNeighbours,
  NEIGHBOURS,
  neighbourBucket,
  type Neighbours,
} from '../../../scanners/trigger/placement.js'
import { hash32, random } from '../../../src/math/random.js'

type Place = { readonly before: number | null; readonly after: number | null }

/** Words as often as natural text has them: the k-th commonest about 1 / k of the time. */
const WORDS = Array.from({ length: 2000 }, (_, k) => ({ low: hash32(`word ${k}`), weight: 1 / (k + 1) }))
const TOTAL = WORDS.reduce((sum, { weight }) => sum + weight, 0)

function drawWord(next: () => number): number {
  let at = next() * TOTAL
  return (WORDS.find(({ weight }) => (at -= weight) < 0) ?? WORDS[0]!).low
}

/** Occurrences of words by bucket, as a data set of a million words has them. */
const BACKGROUND = new Float64Array(NEIGHBOURS)
for (const { low, weight } of WORDS) {
  const bucket = neighbourBucket(low)
  BACKGROUND[bucket] = BACKGROUND[bucket]! + Math.round((1e6 * weight) / TOTAL)
}

function neighboursOf(places: readonly Place[]): Neighbours {
  const neighbours = emptyNeighbours()
  for (const place of places) countNeighbours(neighbours, place)
  return neighbours
}

const anywhere = (rows: number, seed: number): Place[] => {
  const next = random(seed)
  return Array.from({ length: rows }, () => ({ before: drawWord(next), after: drawWord(next) }))
}

/** A word that belongs somewhere: one of a few words stands before it, as "a" or "the" before a noun. */
const afterFew = (rows: number, seed: number, few: number): Place[] => {
  const next = random(seed)
  return anywhere(rows, seed + 1).map(({ after }) => ({ before: WORDS[Math.floor(next() * few)]!.low, after }))
}

describe('a word that was put anywhere', () => {
  for (const rows of [16, 24, 60, 400]) {
    test(`${rows} times looks so, whatever the draw`, () => {
      const seeds = Array.from({ length: 40 }, (_, seed) => seed + 1)
      const missed = seeds.filter((seed) => !isPlacedAtRandom(neighboursOf(anywhere(rows, seed)), BACKGROUND))
      assert.ok(missed.length <= 2, `draws ${missed.join(', ')} do not look random`)
    })
  }
})

describe('a word with places of its own', () => {
  for (const [rows, few] of [
    [60, 3],
    [60, 1],
    [400, 8],
  ] as const) {
    test(`${rows} times after one of ${few} words does not look put anywhere`, () => {
      const seeds = Array.from({ length: 40 }, (_, seed) => seed + 1)
      const fooled = seeds.filter((seed) => isPlacedAtRandom(neighboursOf(afterFew(rows, seed, few)), BACKGROUND))
      assert.deepEqual(fooled, [])
    })
  }

  test('both sides count: any words after it do not make up for one word before it', () => {
    const places = anywhere(100, 5)
    const one = WORDS[30]!.low
    assert.ok(isPlacedAtRandom(neighboursOf(places), BACKGROUND))
    assert.ok(!isPlacedAtRandom(neighboursOf(places.map(({ after }) => ({ before: one, after }))), BACKGROUND))
    assert.ok(!isPlacedAtRandom(neighboursOf(places.map(({ before }) => ({ before, after: one }))), BACKGROUND))
  })

  test('fewer than sixteen neighbours on a side say nothing, nor does an empty background', () => {
    assert.ok(!isPlacedAtRandom(neighboursOf(anywhere(15, 3)), BACKGROUND))
    assert.ok(!isPlacedAtRandom(neighboursOf(anywhere(60, 3)), new Float64Array(NEIGHBOURS)))
    assert.ok(!isPlacedAtRandom(neighboursOf(anywhere(60, 3).map(({ before }) => ({ before, after: null }))), BACKGROUND))
  })
})

test('last is at the end of nineteen in twenty texts', () => {
  const ends = (last: number, rows: number): Neighbours =>
    neighboursOf(anywhere(rows, 9).map((place, i) => (i < last ? { ...place, after: null } : place)))
  assert.deepEqual([ends(20, 20), ends(19, 20), ends(18, 20), ends(0, 20)].map(isPlacedLast), [true, true, false, false])
})

test('the order of rows changes nothing, nor where they were cut', () => {
  const place = fc.record({ before: fc.option(fc.nat()), after: fc.option(fc.nat()) })
  fc.assert(
    fc.property(fc.array(place, { maxLength: 60 }), fc.nat(), (places, at) => {
      const whole = neighboursOf(places)
      const cut = at % (places.length + 1)
      const merged = neighboursOf(places.slice(cut).reverse())
      mergeNeighbours(merged, neighboursOf(places.slice(0, cut)))
      assert.deepEqual(merged, whole)
      const sides = [whole.before, whole.after].map((counts) => counts.reduce((sum, count) => sum + count, 0))
      assert.deepEqual(sides, [
        places.filter(({ before }) => before !== null).length,
        places.filter(({ after }) => after !== null).length,
      ])
    }),
  )
})
