import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { newStateKey, readState, writeState } from '../../src/engine/state-file.js'
import { CredenceError } from '../../src/errors.js'

const folder = mkdtempSync(join(tmpdir(), 'credence-state-'))
after(() => {
  rmSync(folder, { recursive: true })
})
const path = join(folder, 'state')
const key = newStateKey()

function back(value: unknown): unknown {
  writeState(path, value, key)
  return readState(path, key)
}

test('what structured clone keeps comes back, with large arrays of every kind, views and repeated references', () => {
  const large = Float64Array.from({ length: 300_000 }, (_, i) => i / 7)
  const shared = new Uint16Array(5000).fill(9)
  const value = {
    map: new Map<string, unknown>([['a', new Set([1, 'two'])]]),
    large,
    view: large.subarray(100, 5000),
    small: Int8Array.of(1, -2),
    empty: new Float32Array(0),
    kinds: [new Uint8Array(4096), new Uint8ClampedArray(4096), new Int16Array(4096), new Uint32Array(4096)],
    big: new BigInt64Array(4096).fill(-3n),
    twice: [shared, shared],
    date: new Date(0),
    none: null,
  }
  const read = back(value) as typeof value
  assert.deepEqual(read, value)
  assert.equal(read.twice[0], read.twice[1])
  assert.equal(read.view.buffer.byteLength, read.view.byteLength, 'a view does not hold the array that it was of')
})

test('a file that was changed, cut or made longer, or has another key, is refused', () => {
  writeState(path, { rows: new Float64Array(2000), text: 'secret text' }, key)
  const whole = readFileSync(path)
  assert.ok(!whole.includes('secret text'))
  const refused = (error: unknown): boolean => error instanceof CredenceError && error.code === 'internal'
  assert.throws(() => readState(path, newStateKey()), refused)
  for (const at of [0, 20, 30, 46, 50, 60, 200, whole.length - 1]) {
    const changed = Buffer.from(whole)
    changed[at]! ^= 1
    writeFileSync(path, changed)
    assert.throws(() => readState(path, key), refused, `byte ${at}`)
  }
  for (const other of [whole.subarray(0, 30), whole.subarray(0, -1), Buffer.concat([whole, Buffer.of(0)]), Buffer.alloc(0)]) {
    writeFileSync(path, other)
    assert.throws(() => readState(path, key), refused)
  }
})
