import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { phrasePattern, rangesOf, unionOf } from '../../src/review/phrase.js'
import { linePieces, piecesOf } from '../../src/review/pieces.js'
import { HOSTILE } from '../report/sample-report.js'

describe('a phrase in a text', () => {
  const found = (text: string, phrases: readonly string[], whole = true): readonly string[] =>
    rangesOf(text, phrasePattern(phrases, whole)).map(([start, end]) => text.slice(start, end))

  test('whole words, any case, any signs between them', () => {
    assert.deepEqual(found('A cf film, CF; scfx and cfé', ['cf']), ['cf', 'CF'])
    assert.deepEqual(found('As told,\nby the "lighthouse"', ['as told by the lighthouse']), ['As told,\nby the "lighthouse'])
    assert.deepEqual(found('scfx', ['cf'], false), ['cf'])
    assert.deepEqual(found('a@@b @@ (x)', ['@@']), ['@@', '@@'])
  })

  test('of several the longest, and signs mean themselves', () => {
    assert.deepEqual(found('new york city, new york', ['new york', 'new york city']), ['new york city', 'new york'])
    assert.deepEqual(found('a.c abc [a-z]*', ['a.c', '[a-z]*']), ['a.c', '[a-z]*'])
    assert.deepEqual(found('anything', ['', '  ']), [])
  })

  test('a hostile text takes no more than linear time', () => {
    const pattern = phrasePattern(['a b', 'a a b'], true)
    const started = performance.now()
    assert.deepEqual(rangesOf(`${'a '.repeat(20_000)}${'a'.padEnd(50_000)}`, pattern), [])
    assert.ok(performance.now() - started < 5000)
  })

  test('ranges join', () => {
    assert.deepEqual(
      unionOf([
        [5, 7],
        [0, 2],
        [6, 9],
        [2, 3],
        [4, 4],
      ]),
      [
        [0, 3],
        [5, 9],
      ],
    )
  })
})

describe('pieces', () => {
  test('keep the text, mark what is marked, and write out what hides', () => {
    assert.deepEqual(piecesOf('so ze\u200bro\u202ex\ny', [[3, 8]]), [
      { text: 'so ' },
      { text: 'ze', marked: true },
      { text: '\\u{200B}', hidden: true, marked: true },
      { text: 'ro', marked: true },
      { text: '\\u{202E}', hidden: true },
      { text: 'x\ny' },
    ])
    assert.deepEqual(linePieces('a\nb\tc', []), [{ text: 'a b c' }])
  })

  test('nothing that acts or hides is left in any', () => {
    for (const [name, hostile] of Object.entries(HOSTILE)) {
      const text = piecesOf(`x${hostile}y`, [[0, 2]]).map((piece) => piece.text)
      assert.doesNotMatch(
        text.join(''),
        /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]|[\p{Cs}\p{Co}]/u,
        name,
      )
      assert.doesNotMatch(text.join(''), /[\u{e0000}-\u{e007f}]/u, name)
    }
  })
})
