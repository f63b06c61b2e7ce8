import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { KeywordFinder } from '../../../scanners/injection/keyword-finder.js'

function found(keywords: readonly string[], text: string): [string, number][] {
  const all: [string, number][] = []
  new KeywordFinder(keywords).find(text, (keyword, end) => all.push([keywords[keyword]!, end]))
  return all
}

describe('keywords', () => {
  test('are found whatever their case, with any blank and either apostrophe, one inside another', () => {
    assert.deepEqual(found(['you are', 'are', "don't"], 'YOU\u00a0ARE, don\u2019t'), [
      ['you are', 7],
      ['are', 7],
      ["don't", 14],
    ])
    assert.deepEqual(found(['игнор', '指令'], 'ИГНОРИРУЙ 指令'), [
      ['игнор', 5],
      ['指令', 12],
    ])
  })

  test('are those that a search for each finds', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(
        fc.uniqueArray(word, { minLength: 1, maxLength: 8 }),
        fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), maxLength: 60 }),
        (keywords, text) => {
          const expected = keywords.flatMap((keyword) =>
            Array.from({ length: text.length }, (_, i) => i + 1)
              .filter((end) => text.slice(0, end).endsWith(keyword))
              .map((end): [string, number] => [keyword, end]),
          )
          const order = ([a, x]: [string, number], [b, y]: [string, number]): number => x - y || (a < b ? -1 : 1)
          assert.deepEqual(found(keywords, text).sort(order), expected.sort(order))
        },
      ),
    )
  })
})
