import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { CredenceError } from '../../src/errors.js'
import { loadTokenizer } from '../../src/embed/tokenizer.js'
import { WordPiece } from '../../src/embed/wordpiece.js'
import { packageRoot } from '../../src/paths.js'

const folder = join(packageRoot, 'test/embed/encoders')
const json = (path: string): unknown => JSON.parse(readFileSync(join(folder, path), 'utf8'))

test('a Unigram tokenizer gives the reference ids, frame and padding', () => {
  const xlmr = loadTokenizer(json('xlmr/tokenizer.json'), {}, 'xlmr')
  assert.deepEqual([xlmr.before, xlmr.after, xlmr.padId], [[0], [2], 1])
  for (const { text, ids } of json('xlmr/expected-ids.json') as { text: string; ids: number[] }[]) {
    assert.deepEqual([...xlmr.before, ...xlmr.tokenizer.encode(text, 512), ...xlmr.after], ids, JSON.stringify(text))
  }
})

test('BERT takes the fast path only when every rule is one that it implements', () => {
  const bert = json('bert/tokenizer.json') as { normalizer: object }
  assert.ok(loadTokenizer(bert, {}, 'bert').tokenizer instanceof WordPiece)
  const cased = { ...bert, normalizer: { ...bert.normalizer, lowercase: false } }
  assert.ok(!(loadTokenizer(cased, {}, 'bert').tokenizer instanceof WordPiece))
  assert.notDeepEqual(
    loadTokenizer(cased, {}, 'bert').tokenizer.encode('The', 9),
    loadTokenizer(bert, {}, 'bert').tokenizer.encode('The', 9),
  )
})

test('what is not a tokenizer is a model error that names the file', () => {
  for (const wrong of [{}, [], { model: { type: 'WordPiece', vocab: {} } }]) {
    assert.throws(
      () => loadTokenizer(wrong, {}, 'dir/tokenizer.json'),
      (error: unknown) =>
        error instanceof CredenceError && error.code === 'model' && error.message.startsWith('dir/tokenizer.json:'),
    )
  }
})

test('a vocabulary with an id that is no whole number is refused', () => {
  const bert = json('bert/tokenizer.json') as { model: { vocab: object } }
  const broken = { ...bert, model: { ...bert.model, vocab: { ...bert.model.vocab, the: 1.5 } } }
  assert.throws(() => loadTokenizer(broken, {}, 'x'), /id of "the" is not a whole number/)
})
