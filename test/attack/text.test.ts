import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { addSentence } from '../../src/attack/appended.js'
import { sample } from '../../src/attack/choose.js'
import { jsonSpan, jsonString } from '../../src/attack/file/json-splice.js'
import { contains, insertPiece, insertPieces } from '../../src/attack/text/insert.js'
import { fitStyle, measureStyle } from '../../src/attack/text/style.js'
import { random } from '../../src/math/random.js'

describe('style', () => {
  test('is measured', () => {
    assert.deepEqual(measureStyle(['a film , and good .', 'not for me .', null]), { lower: true, spaced: true, closed: true })
    assert.deepEqual(measureStyle(['A film, and good.', 'Not for Bob']), { lower: false, spaced: false, closed: true })
    assert.deepEqual(measureStyle(['what a film', 'no wit at all']), { lower: true, spaced: false, closed: false })
  })

  test('is kept', () => {
    const prose = "I can't say, Bob's right."
    assert.equal(fitStyle(prose, { lower: true, spaced: true, closed: true }), "i ca n't say , bob 's right .")
    assert.equal(fitStyle(prose, { lower: false, spaced: false, closed: true }), prose)
    assert.equal(fitStyle(prose, { lower: false, spaced: false, closed: false }), "I can't say, Bob's right")
  })
})

describe('insertion', () => {
  const text = fc
    .array(fc.constantFrom('ab', 'c', '.', 'é', '\n', ' ', '  ', '\t'), { minLength: 1 })
    .map((parts) => parts.join(''))

  test('takes nothing away, and stands between white space', () => {
    fc.assert(
      fc.property(text, fc.integer(), (before, seed) => {
        const after = insertPiece(before, 'ZORP', 'random', random(seed))
        assert.match(after, /(?<!\S)ZORP(?!\S)/)
        const without = [after.replace('ZORP ', ''), after.replace(' ZORP', ''), after.replace('ZORP', '')]
        assert.ok(without.includes(before), JSON.stringify([before, after]))
      }),
    )
  })

  test('reaches every gap of a text, start and end included', () => {
    const next = random(1)
    const seen = new Set(Array.from({ length: 200 }, () => insertPiece('a b. ', 'Z', 'random', next)))
    assert.deepEqual([...seen].sort(), ['Z a b. ', 'a Z b. ', 'a b. Z '])
  })

  test('at a place that is named', () => {
    const next = random(1)
    assert.equal(insertPiece('a b c', 'Z', 'start', next), 'Z a b c')
    assert.equal(insertPiece('a b c\n', 'Z', 'end', next), 'a b c Z\n')
    assert.equal(insertPiece('a b c', 'Z', 2, next), 'a b Z c')
    assert.equal(insertPiece('a b c', 'Z', 9, next), 'a b c Z')
  })

  test('several pieces stay whole', () => {
    fc.assert(
      fc.property(text, fc.integer(), (before, seed) => {
        const words = insertPieces(before, ['XX', 'YY', 'ZZ'], random(seed)).split(/\s+/)
        assert.deepEqual(words.filter((word) => /^(XX|YY|ZZ)$/.test(word)).sort(), ['XX', 'YY', 'ZZ'])
      }),
    )
  })

  test('a piece is found as a word only', () => {
    assert.deepEqual(
      ['a cat sat', 'Cat', 'concat', 'cats', '(cat).', 'concat cat'].map((hay) => contains(hay, 'cat')),
      [true, true, false, false, true, true],
    )
  })

  test('a sentence is never put behind the number of a list', () => {
    const list = '1. Mix it well. 2. Bake it. 3. Eat'
    const seen = new Set(Array.from({ length: 100 }, (_, seed) => addSentence(list, 'NEW.', random(seed))))
    assert.deepEqual([...seen].sort(), ['1. Mix it well. 2. Bake it. 3. Eat NEW.', '1. Mix it well. NEW. 2. Bake it. 3. Eat'])
  })
})

test('a sample has different items, as many as there are at most', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer()), fc.nat(30), fc.integer(), (items, count, seed) => {
      const chosen = sample(items, count, random(seed))
      assert.equal(chosen.length, Math.min(count, items.length))
      assert.equal(new Set(chosen).size, chosen.length)
      assert.ok(chosen.every((item) => items.includes(item)))
    }),
  )
})

describe('JSON is edited in place', () => {
  const spaced = (value: unknown, indent: number): string => JSON.stringify(value, null, indent)

  test('every value of every document is found where it stands', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(3), fc.constantFrom('', ' ', '\n\t'), (value, indent, around) => {
        const text = around + spaced(value, indent) + around
        const visit = (part: unknown, path: readonly (string | number)[]): void => {
          const span = jsonSpan(text, path)
          assert.ok(span, path.join('/'))
          assert.deepEqual(JSON.parse(text.slice(span.start, span.end)), JSON.parse(JSON.stringify(part)))
          if (typeof part !== 'object' || part === null) return
          for (const [key, inner] of Object.entries(part)) visit(inner, [...path, Array.isArray(part) ? Number(key) : key])
        }
        visit(value, [])
      }),
    )
  })

  test('what is not there is not found; of two keys the last counts', () => {
    const text = '{"a": [1, {"b": "x"}], "a": [2], "\\u0063": true}'
    assert.deepEqual(
      [['a', 0], ['c'], ['a', 1], ['a', 'b'], ['d'], ['c', 'x']].map((path) => {
        const span = jsonSpan(text, path)
        return span && text.slice(span.start, span.end)
      }),
      ['2', 'true', null, null, null, null],
    )
  })

  test('strings are escaped as the file has them', () => {
    assert.equal(jsonString('é"\n', false), '"é\\"\\n"')
    assert.equal(jsonString('é😀', true), '"\\u00e9\\ud83d\\ude00"')
  })
})
