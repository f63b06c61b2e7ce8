import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { chain, clip, MAX_N, NgramScanner, WordScanner } from '../../../scanners/trigger/words.js'

const scanner = new WordScanner()

function wordsOf(text: string): string[] {
  scanner.scan(text)
  return Array.from({ length: scanner.count }, (_, i) => text.slice(scanner.starts[i], scanner.ends[i]))
}

function hashesOf(text: string): (readonly [number, number])[] {
  scanner.scan(text)
  return Array.from({ length: scanner.count }, (_, i) => [scanner.high[i]!, scanner.low[i]!] as const)
}

describe('words', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['nothing', '', []],
    ['only separators', ' \t\r\n.,!?-—…()«»', []],
    ['punctuation ends a word', "Don't stop—now, v2.0 (ok)", ['Don', 't', 'stop', 'now', 'v2', '0', 'ok']],
    ['an underscore does not', 'snake_case __init__', ['snake_case', '__init__']],
    ['scripts without spaces: a character is a word', '水を飲む dry', ['水', 'を', '飲', 'む', 'dry']],
    ['Thai, Lao, Khmer and Burmese too', 'กข ກ ក က', ['ก', 'ข', 'ກ', 'ក', 'က']],
    ['Hangul has spaces', '한국어 문장', ['한국어', '문장']],
    ['combining marks belong to their letter', 'cafe\u0301 हिन्दी', ['cafe\u0301', 'हिन्दी']],
    ['zero-width characters stay in the word', 'mo\u200bvie \u2060x \ufeff', ['mo\u200bvie', '\u2060x', '\ufeff']],
    ['bidirectional controls too', 'a\u202eb', ['a\u202eb']],
    ['characters beyond the first plane are words, whole', '𝔘𝔫 🙂🙂 𓀀', ['𝔘𝔫', '🙂🙂', '𓀀']],
    ['half a character is kept, not a crash', 'a \ud800 b\udc00', ['a', '\ud800', 'b\udc00']],
    ['signs between spaces are a word', 'so @@ it is == ★ <%>', ['so', '@@', 'it', 'is', '==', '★', '<%>']],
    ['one sign of ASCII, signs at a word, a line of signs and dashes are none', '@ x= $5 ========= -- ... =a', ['x', '5', 'a']],
    ['control characters separate', 'a\0b\x01c', ['a', 'b', 'c']],
  ]
  for (const [what, text, expected] of cases) test(what, () => assert.deepEqual(wordsOf(text), expected))

  test('are runs of the text, in order, that hold no separator', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        scanner.scan(text)
        let end = 0
        for (let i = 0; i < scanner.count; i++) {
          assert.ok(scanner.starts[i]! >= end && scanner.ends[i]! > scanner.starts[i]!)
          assert.doesNotMatch(text.slice(scanner.starts[i], scanner.ends[i]), /[\s.,!?;:]/)
          assert.doesNotMatch(text.slice(end, scanner.starts[i]), /[\p{L}\p{N}]/u)
          end = scanner.ends[i]!
        }
        assert.doesNotMatch(text.slice(end), /[\p{L}\p{N}]/u)
      }),
    )
  })
})

describe('hashes of words', () => {
  test('are the same whatever the case, in every script that has one', () => {
    assert.deepEqual(hashesOf('MoVie ÉLAN МОСКВА ΟΔΟΣ'), hashesOf('movie élan москва οδοσ'))
  })

  test('differ where a character is hidden, doubled, missing or moved', () => {
    const spellings = ['movie', 'mo\u200bvie', 'moovie', 'moie', 'mvoie', 'movie\u0301', 'm0vie', 'mоvie']
    const hashes = hashesOf(spellings.join(' '))
    for (const half of [0, 1]) assert.equal(new Set(hashes.map((hash) => hash[half])).size, spellings.length)
  })

  test('have two halves that do not repeat each other, over 50,000 words', () => {
    const text = Array.from({ length: 50_000 }, (_, i) => `w${i.toString(36)}`)
    const pairs = text.flatMap((word) => hashesOf(word))
    assert.equal(new Set(pairs.map(([high, low]) => `${high} ${low}`)).size, text.length)
    // 50,000 draws from 2^32 collide 0.3 times on average.
    for (const half of [0, 1] as const) assert.ok(new Set(pairs.map((pair) => pair[half])).size > text.length - 20)
  })
})

describe('clipping', () => {
  test('keeps short texts as they are, and head and tail of long ones', () => {
    const exact = 'x'.repeat(32_768)
    assert.equal(clip(exact), exact)
    const long = `${'h'.repeat(24_576)}${'m'.repeat(100_000)}${'t'.repeat(8_192)}`
    assert.equal(clip(long), `${'h'.repeat(24_576)}\n${'t'.repeat(8_192)}`)
  })

  test('leaves no more words than the arrays hold', () => {
    const text = '水'.repeat(100_000)
    assert.equal(wordsOf(clip(text)).length, 32_768)
    const ngrams = new NgramScanner(1, MAX_N)
    ngrams.scan(clip(text))
    assert.equal(ngrams.count, 3)
    // Every word another one: as many n-grams as there can be.
    const varied = Array.from({ length: 32_768 }, (_, i) => String.fromCharCode(0x4e00 + ((i * 7919) % 20_000))).join('')
    ngrams.scan(varied)
    assert.equal(ngrams.count, naive(varied, 1, MAX_N).length)
  })
})

/** Distinct n-grams in the order of their first word, then their length. */
function naive(text: string, shortest: number, longest: number): string[] {
  scanner.scan(text)
  const seen = new Map<string, number>()
  for (let i = 0; i < scanner.count; i++) {
    let [high, low] = [0, 0]
    for (let n = 1; n <= longest && i + n <= scanner.count; n++) {
      high = chain(high, scanner.high[i + n - 1]!)
      low = chain(low, scanner.low[i + n - 1]!)
      if (n >= shortest && !seen.has(`${high} ${low}`)) seen.set(`${high} ${low}`, i)
    }
  }
  return [...seen].map(([key, first]) => `${key} @${first}`)
}

describe('n-grams', () => {
  const vocabulary = fc.array(fc.constantFrom('a', 'b', 'c', 'the', 'movie', '水', '🙂'), { maxLength: 80 })

  test('of a known text', () => {
    const ngrams = new NgramScanner(1, 3)
    ngrams.scan('to be or not to be')
    // Words 4, pairs 4 (to be, be or, or not, not to), triples 4.
    assert.equal(ngrams.count, 12)
    const pairs = new NgramScanner(2, 2)
    pairs.scan('to be or not to be')
    assert.deepEqual([...pairs.first.subarray(0, pairs.count)], [0, 1, 2, 3])
  })

  test('are each given once, with their first place, as a plain search finds them', () => {
    const shapes = [
      [1, 3],
      [1, 1],
      [2, 3],
      [3, 3],
    ] as const
    const scanners = shapes.map(([shortest, longest]) => new NgramScanner(shortest, longest))
    fc.assert(
      fc.property(vocabulary, (list) => {
        const text = list.join(' ')
        scanners.forEach((ngrams, s) => {
          const [shortest, longest] = shapes[s]!
          ngrams.scan(text)
          const found = Array.from({ length: ngrams.count }, (_, g) => `${ngrams.high[g]} ${ngrams.low[g]} @${ngrams.first[g]}`)
          assert.deepEqual(found, naive(text, shortest, longest))
        })
      }),
    )
  })

  test('depend on the order of their words', () => {
    const ngrams = new NgramScanner(3, 3)
    const keys = ['a b c', 'a c b', 'b a c', 'b c a', 'c a b', 'c b a'].map((text) => {
      ngrams.scan(text)
      return `${ngrams.high[0]} ${ngrams.low[0]}`
    })
    assert.equal(new Set(keys).size, 6)
  })
})
