import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { openCache, withCache } from '../../src/embed/cache.js'
import type { OpenedEncoder } from '../../src/embed/open.js'
import { GRID } from '../../src/embed/pool.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'credence-cache-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** Two components that tell a text's length and first unit; counts what it is asked. */
function fake(fingerprint = 'f'): OpenedEncoder & { asked: string[][] } {
  const asked: string[][] = []
  return {
    ...{ name: 'fake', sha256: '00', fingerprint, dim: 2, device: 'cpu', notes: [], asked },
    embed(texts) {
      asked.push([...texts])
      return Promise.resolve({
        dim: 2,
        vectors: Float32Array.from(texts.flatMap((t) => [t.length * GRID, -t.charCodeAt(0) * GRID])),
      })
    },
    close: () => Promise.resolve(),
  }
}

const files = (): string[] => readdirSync(folder).sort()

test('a second request for the same texts is not computed, and gives the same bits', async () => {
  const inner = fake()
  const encoder = withCache(inner, openCache(folder, 1e6))
  const first = await encoder.embed(['a', 'bb'])
  const again = await withCache(fake(), openCache(folder, 1e6)).embed(['a', 'bb'])
  assert.deepEqual(again, first)
  await encoder.embed(['a', 'bb'])
  assert.deepEqual(inner.asked, [['a', 'bb']])
})

test('other texts, another order, another split of the same characters and another encoder are computed', async () => {
  const inner = fake()
  const encoder = withCache(inner, openCache(folder, 1e6))
  const requests = [['ab', 'c'], ['a', 'bc'], ['c', 'ab'], ['ab', 'c', ''], ['\uD800'], ['\uFFFD']]
  for (const texts of requests) await encoder.embed(texts)
  assert.deepEqual(inner.asked, requests)
  const other = fake('g')
  await withCache(other, openCache(folder, 1e6)).embed(['ab', 'c'])
  assert.equal(other.asked.length, 1)
})

test('a damaged or shortened entry is computed and written again', async () => {
  const damages: readonly ((bytes: Buffer) => Buffer)[] = [
    (b) => b.subarray(0, 10),
    (b) => Buffer.alloc(0, b),
    (b) => Buffer.concat([b.subarray(0, -1), Buffer.of(b[b.length - 1]! ^ 1)]),
    (b) => Buffer.concat([b, Buffer.of(0, 0)]),
  ]
  const good = await withCache(fake(), openCache(folder, 1e6)).embed(['a', 'bb'])
  const path = join(folder, files()[0]!)
  const bytes = readFileSync(path)
  for (const damage of damages) {
    writeFileSync(path, damage(bytes))
    const inner = fake()
    assert.deepEqual(await withCache(inner, openCache(folder, 1e6)).embed(['a', 'bb']), good)
    assert.equal(inner.asked.length, 1)
    assert.deepEqual(readFileSync(path), bytes)
  }
})

test('trimming removes the oldest entries, leftovers of killed writers too, and nothing that is not ours', async () => {
  const cache = openCache(folder, 80)
  const encoder = withCache(fake(), openCache(folder, 1e6))
  for (const [age, text] of ['a', 'b', 'c'].entries()) {
    const before = new Set(files())
    await encoder.embed([text])
    const made = files().find((name) => !before.has(name))!
    utimesSync(join(folder, made), 1000 + age, 1000 + age)
  }
  const leftover = `${'0'.repeat(64)}.vec.123`
  writeFileSync(join(folder, leftover), 'half')
  utimesSync(join(folder, leftover), 1, 1)
  writeFileSync(join(folder, 'notes.txt'), 'keep')
  assert.equal(files().length, 5)
  cache?.trim()
  assert.deepEqual([files().length, files().includes('notes.txt'), files().includes(leftover)], [3, true, false])
  const inner = fake()
  for (const text of ['b', 'c', 'a']) await withCache(inner, openCache(folder, 1e6)).embed([text])
  assert.deepEqual(inner.asked, [['a']], 'the oldest, a, was removed')
})

test('the bound holds while writing, not only at the end', async () => {
  const encoder = withCache(fake(), openCache(folder, 360))
  for (let i = 0; i < 100; i++) await encoder.embed([`text ${i}`])
  assert.ok(files().length <= 12, `${files().length} files`)
})

test('without a folder there is no cache; in one that cannot be made, only no speed', async () => {
  const inner = fake()
  assert.equal(withCache(inner, openCache(null, 1)), inner)
  writeFileSync(join(folder, 'file'), '')
  const encoder = withCache(inner, openCache(join(folder, 'file', 'below'), 1e6))
  assert.deepEqual([...(await encoder.embed(['a'])).vectors], [GRID, -97 * GRID])
  await encoder.close()
})
