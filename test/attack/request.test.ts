import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { plantOptions, type TypedRequest } from '../../src/attack/request.js'
import { checkOut } from '../../src/attack/write.js'
import { fileOf, folder } from './sets.js'

const GOOD: TypedRequest = { attack: 'cover', rows: 5, out: 'x.jsonl', seed: 1 }

test('what was typed becomes a request', () => {
  const { attack, ...rest } = plantOptions('in.csv', {
    ...GOOD,
    rows: undefined,
    rate: '0.05',
    set: ['ratio=3'],
    trigger: ['a b'],
    target: '1',
  })
  assert.equal(attack.id, 'cover')
  assert.deepEqual(rest, {
    path: 'in.csv',
    amount: { rate: 0.05 },
    seed: 1,
    target: '1',
    triggers: ['a b'],
    out: 'x.jsonl',
    options: { ratio: '3' },
  })
})

describe('what is missing or makes no sense is refused', () => {
  const cases: readonly (readonly [string | undefined, Partial<TypedRequest>, RegExp])[] = [
    [undefined, {}, /^missing FILE$/],
    ['-', {}, /^planting reads a file, not standard input$/],
    ['in', { attack: undefined }, /^missing --attack NAME$/],
    ['in', { attack: 'covr' }, /^there is no attack "covr"$/],
    ['in', { rows: undefined }, /^missing --rate SHARE or --rows N$/],
    ['in', { rows: undefined, rate: '5' }, /^--rate: got 5, expected a share between 0 and 1, as 0\.01$/],
    ['in', { rows: undefined, rate: '1e' }, /^--rate: got 1e, /],
    ['in', { out: undefined }, /^missing --out FILE$/],
    ['in', { set: ['ratio'] }, /^--set: got "ratio", expected NAME=VALUE$/],
    ['in', { trigger: [' '] }, /^--trigger must not be empty$/],
  ]
  for (const [path, typed, message] of cases) {
    test(`${String(path)} ${JSON.stringify(typed)}`, () => {
      assert.throws(() => plantOptions(path, { ...GOOD, ...typed }), { code: 'usage', message })
    })
  }
})

describe('where to write', () => {
  const taken = fileOf('taken.jsonl', '')
  const truthTaken = join(folder, 'other.jsonl')
  writeFileSync(`${truthTaken}.truth.json`, '')
  const cases: readonly (readonly [string, RegExp])[] = [
    [join(folder, 'x.jsonl.zst'), /zstd cannot be written$/],
    [join(folder, 'none', 'x.jsonl'), /none is not a folder$/],
    [taken, /taken\.jsonl exists already$/],
    [truthTaken, /other\.jsonl\.truth\.json exists already$/],
  ]
  for (const [out, message] of cases) {
    test(message.source, async () => {
      await assert.rejects(checkOut(out, false), { code: 'usage', message })
    })
  }

  test('--force overwrites', async () => {
    await checkOut(taken, true)
    await checkOut(truthTaken, true)
  })
})
