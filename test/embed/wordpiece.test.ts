import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { loadTokenizer } from '../../src/embed/tokenizer.js'
import { WordPiece } from '../../src/embed/wordpiece.js'
import { packageRoot } from '../../src/paths.js'
import { everyCodePoint, lines } from './lines.js'

const path = join(packageRoot, 'models/minilm/tokenizer.json')
const bert = loadTokenizer(JSON.parse(readFileSync(path, 'utf8')) as object, {}, path)
const ids = (text: string, limit = Infinity): number[] => bert.tokenizer.encode(text, limit)

/** As tools/encoders/check_ids.py makes it. */
function digest(texts: readonly string[]): string {
  const hash = createHash('sha256')
  for (const text of texts) hash.update(`${ids(text).join(' ')}\n`)
  return hash.digest('hex')
}

test('10,000 generated lines have the ids of the reference tokenizer (tokenizers 0.23.3)', () => {
  assert.equal(digest(lines(10_000, 2)), '9391fbce0a694573a26e1fb5ae13faabb353d6abd8582d4f1501de5a8e40ee87')
})

test('every code point of the first two planes, between two letters, has the ids of the reference tokenizer', () => {
  assert.equal(digest(everyCodePoint(0x20000)), '51d20e9eec63a6f9d9a783e211de78781da1c7bec0f9a6e9582e09e72e08f508')
})

test('known ids, so that a wrong generator cannot hide a wrong tokenizer', () => {
  assert.deepEqual(ids('The cat sat.'), [1996, 4937, 2938, 1012])
  assert.deepEqual(ids('unaffable'), [14477, 20961, 3468])
  assert.deepEqual(ids('CAFÉ cafe\u0301'), [7668, 7668])
  assert.deepEqual(ids('x[SEP]y'), [1060, 102, 1061])
  assert.deepEqual(ids(`${'a'.repeat(101)} a`), [100, 1037])
  assert.deepEqual([bert.before, bert.after, bert.padId], [[101], [102], 0])
})

test('what is dropped joins its neighbours, what is blank parts them', () => {
  assert.deepEqual(ids('c\u200Ba\u0000t\v'), ids('cat'))
  assert.deepEqual(ids('the\u00A0cat\u3000sat'), ids('the cat sat'))
})

test('a lone surrogate is dropped, as the replacement character is', () => {
  assert.deepEqual(ids('c\uD800at \uDC00 the'), ids('c\uFFFDat \uFFFD the'))
  assert.deepEqual(ids('c\uD800at \uDC00 the'), ids('cat the'))
})

test('a limit cuts the ids and nothing else', () => {
  const texts = [...lines(200, 5), 'a.b'.repeat(40), '漢'.repeat(60)]
  for (const text of texts) for (const limit of [0, 1, 2, 7, 30]) assert.deepEqual(ids(text, limit), ids(text).slice(0, limit))
})

test('property: ids do not depend on what was encoded before, and a blank joins the ids of its sides', () => {
  const fresh = (text: string): number[] => {
    const again = new WordPiece({ vocab, prefix: '##', unknown: 1, maxWordLength: 5, special: new Map([['[S]', 2]]) })
    return again.encode(text, Infinity)
  }
  const vocab = new Map(['[P]', '[U]', '[S]', 'a', 'ab', '##b', '##ba', 'b', '.', '😀'].map((piece, id) => [piece, id]))
  const warm = new WordPiece({ vocab, prefix: '##', unknown: 1, maxWordLength: 5, special: new Map([['[S]', 2]]) })
  const text = fc
    .array(fc.constantFrom('a', 'b', 'B', 'á', '.', ' ', '[S]', '😀', '\u200B', 'ab', 'aaaaaa'))
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(text, text, (left, right) => {
      assert.deepEqual(warm.encode(left, Infinity), fresh(left))
      assert.deepEqual(warm.encode(`${left} ${right}`, Infinity), [...fresh(left), ...fresh(right)])
    }),
  )
})

test('a hostile text costs time in proportion to what is kept', () => {
  const started = performance.now()
  assert.equal(ids(`${'qz'.repeat(49)} `.repeat(50_000), 512).length, 512)
  assert.equal(ids('x'.repeat(5_000_000), 512).length, 1)
  assert.ok(performance.now() - started < 5000, 'took over 5 s')
})
