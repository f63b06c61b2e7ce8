import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { guardLines, safeJson, safeText } from '../../src/report/safe-text.js'

describe('safeText', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['escapes a control as its number', 'a\u001b[31mb', 'a\\u{1B}[31mb'],
    ['escapes 8-bit controls', '\u009b31m', '\\u{9B}31m'],
    ['escapes a bidi override', 'safe\u202egnp.exe', 'safe\\u{202E}gnp.exe'],
    ['escapes a zero-width space inside a word', 'tri\u200bgger', 'tri\\u{200B}gger'],
    ['escapes tag characters beyond the first plane', 'a\u{e0041}b', 'a\\u{E0041}b'],
    ['escapes a lone surrogate', 'a\ud83d', 'a\\u{D83D}'],
    ['escapes a blank that looks like a space', 'a\u2003b', 'a\\u{2003}b'],
    ['escapes a selector that no pictograph wears', 'x\ufe0f', 'x\\u{FE0F}'],
    ['shows line feeds and tabs as signs', 'a\nb\tc\r', 'a⏎b\\tc\\r'],
    ['breaks log commands anywhere in a line', 'x ##[error]y ##vso[z]', 'x #\\u{23}[error]y #\\u{23}vso[z]'],
    ['leaves a heart with its style alone', 'I ❤️ it', 'I ❤️ it'],
    [
      'leaves ordinary text of many scripts alone',
      'naïve 日本語　x नमस्ते שלום ## a C++ std::map',
      'naïve 日本語　x नमस्ते שלום ## a C++ std::map',
    ],
    ['leaves a pair of surrogates alone', '😀', '😀'],
  ]
  for (const [what, text, expected] of cases) test(what, () => assert.equal(safeText(text), expected))

  test('cuts between graphemes, never inside one', () => {
    assert.equal(safeText('abc😀def', 5), 'abc…')
    assert.equal(safeText('abe\u0301f', 4), 'ab…')
    assert.equal(safeText('abcd', 4), 'abcd')
    assert.equal(safeText('abcde', 4), 'abc…')
  })

  test('cuts between escapes, never inside one', () => {
    assert.equal(safeText('ab\u202ecd', 8), 'ab…')
    assert.equal(safeText('ab\u202ecdefg', 11), 'ab\\u{202E}…')
  })

  test('a cluster of 5,000 marks cannot exceed the limit', () => {
    assert.equal(safeText(`a${'\u0301'.repeat(5000)}`, 20), '…')
  })

  test('any text gives one line without active characters, within the limit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.integer({ min: 1, max: 200 }), (text, longest) => {
        const safe = safeText(text, longest)
        assert.ok(safe.length <= longest)
        assert.doesNotMatch(safe, /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]|[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/u)
      }),
    )
  })
})

test('guardLines disarms a command at the start of any line, also behind blanks and colour', () => {
  assert.equal(guardLines('a::b\n::error::x\n  ::y\n\u001b[1m::z'), 'a::b\n\\u{3A}:error::x\n  \\u{3A}:y\n\u001b[1m\\u{3A}:z')
})

test('safeJson parses to the same value, whatever the text', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (texts) => {
      const json = safeJson(texts)
      assert.deepEqual(JSON.parse(json), texts)
      assert.doesNotMatch(json, /[\u007f-\u009f\u200b-\u200f\u202a-\u202e]/)
    }),
  )
  assert.equal(safeJson('a\u202e\u{e0041}##[x]'), '"a\\u202e\\udb40\\udc41#\\u0023[x]"')
})
