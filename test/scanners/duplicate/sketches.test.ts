import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { jaccard } from '../../../scanners/duplicate/clusters.js'
import { distinct, mergeDistinct, valueOf, wholeGroups } from '../../../scanners/duplicate/distinct.js'
import { addKey, ALL_KEYS, keySample, mergeKeySamples, repeatedKeys } from '../../../scanners/duplicate/key-sample.js'
import { BANDS, BINS_OF_BAND, newSignature, sign, sketchOf } from '../../../scanners/duplicate/signature.js'
import { sideOfSplit } from '../../../scanners/duplicate/side.js'
import { noWords, readWords } from '../../../scanners/duplicate/words.js'
import { random } from '../../../src/math/random.js'
import type { RowBatch } from '../../../src/model/row-batch.js'
import { copy } from '../drive.js'
import { pick, type Random } from './rows.js'

function words(text: string): number[] {
  const read = noWords()
  readWords(text, read)
  return [...read.hashes.subarray(0, read.count)]
}

function signed(texts: readonly string[]): { keys: number[]; content: number; sketch: ReturnType<typeof sketchOf> }[] {
  const batch: RowBatch = {
    file: 0,
    length: texts.length,
    rows: Float64Array.from(texts, (_, i) => i),
    turns: new Uint16Array(texts.length),
    columns: { text: texts },
    input: texts,
    output: null,
  }
  const signature = newSignature()
  return texts.map((_, i) => {
    sign(signature, batch, i, 1)
    return { keys: [...signature.keys.subarray(0, signature.keyCount)], content: signature.content, sketch: sketchOf(signature) }
  })
}

/** Of sets of word pairs, each word with the one before it: what the sketches stand for. */
function exactJaccard(a: string, b: string): number {
  const pairs = (text: string): Set<string> => new Set(text.split(' ').map((word, i, all) => `${all[i - 1] ?? ''} ${word}`))
  const [x, y] = [pairs(a), pairs(b)]
  const both = [...x].filter((pair) => y.has(pair)).length
  return both / (x.size + y.size - both)
}

const anyWord = (next: Random): string => `w${Math.floor(next() * 1e6)}`

/** A text of `count` words and another in which each word is a new one with probability `change`. */
function twoTexts(next: Random, count: number, change: number): [string, string] {
  const first = Array.from({ length: count }, () => anyWord(next))
  return [first.join(' '), first.map((word) => (next() < change ? anyWord(next) : word)).join(' ')]
}

describe('words', () => {
  test('are the same up to case, white space, punctuation runs and invisible characters', () => {
    const plain = words('the quick brown fox')
    for (const other of [
      'The QUICK brown fox!',
      ' the\tquick --\n brown, "fox"…',
      'the qu\u00adick br\u200bown fox',
      'the—quick\u00a0brown fox',
    ])
      assert.deepEqual(words(other), plain, other)
    assert.deepEqual(words('ÄRGER ÜBER Øl'), words('ärger über øl'))
    assert.deepEqual(words('====='), words('='))
  })

  test('differ where signs differ, and are characters where there are no spaces', () => {
    assert.notDeepEqual(words('3 + 4'), words('3 * 4'))
    assert.notDeepEqual(words('5 -4'), words('5 4'))
    assert.equal(words('我们去公园').length, 5)
    assert.equal(words('\ud800\udc00 \ud800').length, 3)
    assert.deepEqual(words('... !!! —'), [])
  })

  test('of a megabyte take a moment', () => {
    const before = process.cpuUsage().user
    for (const text of ['a'.repeat(2 ** 20), 'a '.repeat(2 ** 19), '=-'.repeat(2 ** 19), '水'.repeat(2 ** 20)]) words(text)
    assert.ok(process.cpuUsage().user - before < 3e6)
  })
})

describe('sketches against exact Jaccard similarity', () => {
  test('are exact up to 128 word pairs', () => {
    const next = random(1)
    for (let i = 0; i < 200; i++) {
      const [a, b] = twoTexts(next, 5 + Math.floor(next() * 120), next() * 0.5)
      const [x, y] = signed([a, b])
      assert.equal(jaccard(x!.sketch, y!.sketch), exactJaccard(a, b))
    }
  })

  test('of longer texts are off by the error of 128 draws, without bias', () => {
    const next = random(2)
    const errors = Array.from({ length: 200 }, () => {
      const [a, b] = twoTexts(next, 600, 0.05)
      const [x, y] = signed([a, b])
      return jaccard(x!.sketch, y!.sketch) - exactJaccard(a, b)
    })
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length
    const deviation = Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length)
    // √(J(1 − J)/128) ≤ 0.044; the mean of 200 within four of its standard errors.
    assert.ok(deviation < 0.05 && Math.abs(mean) < (4 * 0.044) / Math.sqrt(200), `${mean} ± ${deviation}`)
  })

  for (const length of [12, 45, 400]) {
    test(`bands of texts of ${length} words are shared as the S-curve says`, () => {
      const next = random(length)
      const shared = Array.from({ length: 10 }, () => ({ pairs: 0, found: 0, expected: 0 }))
      for (let i = 0; i < 6000; i++) {
        const [a, b] = twoTexts(next, length, next() * 0.4)
        const similarity = exactJaccard(a, b)
        if (similarity === 1) continue
        const [x, y] = signed([a, b])
        const bin = shared[Math.floor(similarity * 10)]!
        bin.pairs++
        bin.expected += 1 - (1 - similarity ** BINS_OF_BAND) ** BANDS
        if (x!.keys.some((key, band) => key === y!.keys[band])) bin.found++
      }
      for (const [bin, { pairs, found, expected }] of shared.entries()) {
        if (pairs < 150) continue
        // Densified bins are not independent, and draws are without replacement: a little beside the curve of independent ones.
        const slack = 0.06 + 4 * Math.sqrt(0.25 / pairs)
        assert.ok(
          Math.abs(found - expected) / pairs < slack,
          `${bin / 10}: ${found} of ${pairs}, expected ${expected.toFixed(0)}`,
        )
        if (bin >= 8) assert.ok(found / pairs > 0.95, `${bin / 10}: ${found} of ${pairs}`)
      }
    })
  }

  test('equal texts share all, strangers none', () => {
    const next = random(3)
    for (let i = 0; i < 300; i++) {
      const [a] = twoTexts(next, 1 + Math.floor(next() * 60), 0)
      const [x, y, z] = signed([a, a.toUpperCase(), pick(next, [anyWord(next), `${anyWord(next)} ${anyWord(next)}`])])
      assert.deepEqual([x!.keys, x!.content], [y!.keys, y!.content])
      assert.ok(x!.keys.every((key, band) => key !== z!.keys[band]) && x!.content !== z!.content)
    }
  })
})

describe('bounded states', () => {
  const key = fc.integer({ min: 0, max: 60 }).map((n) => Math.imul(n, 0x9e3779b1) >>> 0)

  test('the k smallest keys and which repeat, as a map would have them, however they are split', () => {
    fc.assert(
      fc.property(fc.array(fc.array(key, { maxLength: 40 }), { maxLength: 5 }), fc.integer({ min: 1, max: 30 }), (parts, k) => {
        const samples = parts.map((part) => {
          const sample = keySample(k)
          for (const one of part) addKey(sample, one)
          return sample
        })
        const merged = samples.reduce((into, from) => (mergeKeySamples(into, copy(from)), copy(into)), keySample(k))
        const counts = new Map<number, number>()
        for (const one of parts.flat()) counts.set(one, (counts.get(one) ?? 0) + 1)
        const kept = [...counts.keys()].sort((a, b) => a - b).slice(0, k)
        assert.deepEqual(
          [...repeatedKeys(merged)],
          kept.filter((one) => counts.get(one)! > 1),
        )
        assert.equal(merged.bound, counts.size > k ? kept.at(-1) : ALL_KEYS - 1)
      }),
    )
  })

  test('keys by the hundred thousand are sorted the same as by the language', () => {
    const next = random(4)
    const keys = Array.from({ length: 300_000 }, () => Math.floor(next() * 2 ** 20) * 4096)
    const sample = keySample(100_000)
    for (const one of keys) addKey(sample, one)
    const counts = new Map<number, number>()
    for (const one of keys) counts.set(one, (counts.get(one) ?? 0) + 1)
    const kept = [...counts.keys()].sort((a, b) => a - b).slice(0, 100_000)
    assert.deepEqual(
      [...repeatedKeys(sample)],
      kept.filter((one) => counts.get(one)! > 1),
    )
  })

  test('the k texts of smallest priority keep exact counts, and groups stay whole', () => {
    const texts = fc.array(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 40 }), { maxLength: 5 })
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 20 }), (parts, k) => {
        const priority = (content: number): number => Math.floor(((content * 7) % 41) / 3)
        const states = parts.map((part) => {
          const state = distinct<{ count: number }>(k)
          for (const content of part) {
            const value = valueOf(state, content, priority(content), () => ({ count: 0 }))
            if (value !== null) value.count++
          }
          return state
        })
        const merged = states.reduce((into, from) => {
          mergeDistinct(
            into,
            copy(from),
            (value) => ({ ...value }),
            (value, other) => void (value.count += other.count),
          )
          return copy(into)
        }, distinct<{ count: number }>(k))
        const all = parts.flat()
        const order = [...new Set(all)].sort((a, b) => priority(a) - priority(b) || a - b)
        const cut = order.length > k ? priority(order[k - 1]!) : Infinity
        const kept = order.slice(0, k).filter((content) => priority(content) < cut)
        assert.deepEqual(
          wholeGroups(merged).map(({ content, value }) => [content, value.count]),
          kept.map((content) => [content, all.filter((one) => one === content).length]),
        )
      }),
    )
  })
})

test('sides of a split by their usual names', () => {
  assert.deepEqual(['train', 'Training', 'train_sft', 'train-00001'].map(sideOfSplit), [1, 1, 1, 1])
  assert.deepEqual(['test', 'validation', 'dev', 'eval_prefs', 'held-out', 'test2'].map(sideOfSplit), [2, 2, 2, 2, 2, 2])
  assert.deepEqual([null, 'trainer', 'testimony', 'default', 'north'].map(sideOfSplit), [0, 0, 0, 0, 0])
})
