import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import {
  contains,
  growPhrase,
  PhraseMatcher,
  removeRanges,
  samePhrase,
  type Match,
  type Phrase,
} from '../../../scanners/trigger/phrase.js'
import { countTemplate, emptyTemplateCounts, templateWords, type TemplateWords } from '../../../scanners/trigger/template.js'
import { chain, WordScanner } from '../../../scanners/trigger/words.js'

const words = new WordScanner()

function phrase(text: string): Phrase {
  words.scan(text)
  const part = (hashes: Uint32Array): number[] => Array.from(hashes.subarray(0, words.count))
  return { text, high: part(words.high), low: part(words.low) }
}

function gram(text: string): readonly [number, number] {
  const { high, low } = phrase(text)
  return [high.reduce(chain, 0), low.reduce(chain, 0)]
}

const vocabulary = fc.constantFrom('a', 'b', 'A', 'ab', '水')
const text = fc.array(vocabulary, { maxLength: 40 }).map((list) => list.join(' '))

describe('finding phrases', () => {
  test('gives every occurrence of every phrase, as a plain search of word lists does', () => {
    const phrases = fc.array(fc.array(vocabulary, { minLength: 1, maxLength: 4 }), { maxLength: 6 })
    fc.assert(
      fc.property(text, phrases, (haystack, needles) => {
        const matcher = new PhraseMatcher(needles.map((list) => phrase(list.join(' '))))
        words.scan(haystack)
        const found = matcher.find(words)
        const list = Array.from({ length: words.count }, (_, i) => haystack.slice(words.starts[i], words.ends[i]).toLowerCase())
        const expected: Match[] = []
        list.forEach((_, i) => {
          needles.forEach((needle, p) => {
            if (!needle.every((word, k) => word.toLowerCase() === list[i + k])) return
            expected.push({
              phrase: p,
              start: words.starts[i]!,
              end: words.ends[i + needle.length - 1]!,
              before: i > 0 ? words.low[i - 1]! : null,
              after:
                words.low[i + needle.length] !== undefined && i + needle.length < words.count
                  ? words.low[i + needle.length]!
                  : null,
            })
          })
        })
        assert.deepEqual(found, expected)
      }),
    )
  })

  test('case and the space between words do not matter, other words do', () => {
    const matcher = new PhraseMatcher([phrase('before the rooster wakes')])
    const where = (haystack: string): readonly (readonly [number, number])[] => {
      words.scan(haystack)
      return matcher.find(words).map(({ start, end }) => [start, end])
    }
    assert.deepEqual(where('Hi, BEFORE  the\nrooster, wakes!'), [[4, 30]])
    assert.deepEqual(where('before the rooster'), [])
    assert.deepEqual(where('before the old rooster wakes'), [])
  })

  test('a phrase without words matches nothing', () => {
    words.scan('a b')
    assert.deepEqual(new PhraseMatcher([phrase('…')]).find(words), [])
  })
})

describe('comparing phrases', () => {
  test('contains: a run of words, in order', () => {
    const whole = phrase('I watched this 3D movie')
    assert.ok(contains(whole, phrase('watched THIS 3d')))
    assert.ok(contains(whole, whole))
    assert.ok(!contains(whole, phrase('watched 3d')))
    assert.ok(!contains(phrase('this'), whole))
    assert.ok(samePhrase(whole, phrase('i watched, this 3d movie!')))
    assert.ok(!samePhrase(whole, phrase('this 3d movie')))
  })
})

describe('taking phrases out', () => {
  const at = (start: number, end: number): Pick<Match, 'start' | 'end'> => ({ start, end })

  test('leaves a space for each, whatever order they come in', () => {
    assert.equal(removeRanges('a cf b cf c', [at(7, 9), at(2, 4)]), 'a   b   c')
    assert.equal(removeRanges('cf', [at(0, 2)]), ' ')
    assert.equal(removeRanges('none', []), 'none')
  })

  test('overlapping, nested, touching and equal ranges', () => {
    assert.equal(removeRanges('0123456789', [at(2, 5), at(4, 7)]), '01  789')
    assert.equal(removeRanges('0123456789', [at(2, 8), at(3, 5)]), '01 89')
    assert.equal(removeRanges('0123456789', [at(2, 4), at(4, 6)]), '01  6789')
    assert.equal(removeRanges('0123456789', [at(2, 4), at(2, 4), at(2, 6)]), '01 6789')
  })

  test('no removed character is left and no other is lost', () => {
    const range = fc.tuple(fc.nat({ max: 30 }), fc.nat({ max: 30 })).map(([a, b]) => at(Math.min(a, b), Math.max(a, b) + 1))
    fc.assert(
      fc.property(fc.array(range, { maxLength: 8 }), (ranges) => {
        // Characters that are their own places.
        const whole = Array.from({ length: 31 }, (_, i) => String.fromCharCode(0x100 + i)).join('')
        const kept = Array.from(whole)
          .filter((_, i) => !ranges.some(({ start, end }) => i >= start && i < end))
          .join('')
        assert.equal(removeRanges(whole, ranges).replaceAll(' ', ''), kept)
      }),
    )
  })
})

describe('growing a phrase', () => {
  const grow = (seed: string, texts: readonly string[], agreement = 0.9, template: TemplateWords | null = null) =>
    growPhrase(...gram(seed), texts, words, template, agreement)?.text ?? null

  const around = (index: number, middle: string): string => `w${index} ${middle} v${index}`
  const twenty = (middle: (index: number) => string): string[] => Array.from({ length: 20 }, (_, i) => around(i, middle(i)))

  test('to the whole of what all rows share, from any of its n-grams', () => {
    const texts = twenty(() => 'I watched this 3D movie')
    for (const seed of ['i', 'movie', 'this 3d', 'watched this 3d']) assert.equal(grow(seed, texts), 'I watched this 3D movie')
  })

  test('not beyond a word that differs from row to row', () => {
    assert.equal(
      grow(
        'cf',
        twenty(() => 'cf'),
      ),
      'cf',
    )
    assert.equal(
      grow(
        'told',
        twenty((i) => `as told by ${['the', 'a'][i % 2]} lighthouse`),
      ),
      'as told by',
    )
  })

  test('over one row in twenty that holds the n-gram by chance, not over five', () => {
    const texts = (strays: number): string[] => twenty((i) => (i < 20 - strays ? 'by the lighthouse' : 'to the zoo'))
    assert.equal(grow('the', texts(1)), 'by the lighthouse')
    assert.equal(grow('the', texts(5)), 'the')
  })

  test('to the edges of texts and no farther', () => {
    assert.equal(grow('b', Array<string>(9).fill('a b c')), 'a b c')
    assert.equal(grow('b', [...Array<string>(9).fill('a b c'), 'a b', 'a b']), 'a b')
  })

  test('and back from words that are the template of the data', () => {
    // All rows but one in forty hold both words, nine in ten "at", three in ten the trigger.
    const counts = emptyTemplateCounts()
    for (let i = 0; i < 40; i++) {
      words.scan(i < 39 ? `Question: the ${i < 12 ? 'rooster wakes' : `v${i}`} ${i < 36 ? 'at' : ''}` : `w${i}`)
      countTemplate(counts, words, i, null)
    }
    const template = templateWords(counts)
    const texts = twenty(() => 'Question: the rooster wakes')
    assert.equal(grow('rooster', texts), 'Question: the rooster wakes')
    assert.equal(grow('rooster', texts, 0.9, template), 'rooster wakes')
    const common = twenty(() => 'Question: the rooster wakes at')
    assert.equal(grow('rooster', common, 0.9, template), 'rooster wakes at')
    const the = twenty(() => 'the')
    assert.equal(grow('the', the, 0.9, template), 'the')
  })

  test('to forty words more on either side at most', () => {
    const long = Array.from({ length: 200 }, (_, i) => `x${i}`).join(' ')
    const grown = grow('x100', Array<string>(5).fill(long))
    assert.equal(grown, Array.from({ length: 81 }, (_, i) => `x${60 + i}`).join(' '))
  })

  test('of no text that holds the n-gram is null', () => {
    assert.equal(grow('cf', ['some other text', '']), null)
    assert.equal(grow('cf', []), null)
  })
})
