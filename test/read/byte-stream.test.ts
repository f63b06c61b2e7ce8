import assert from 'node:assert/strict'
import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { byteChunks } from '../../src/read/byte-stream.js'
import { temporaryFolder } from '../temporary-folder.js'

const path = join(temporaryFolder(), 'bytes')
const file = { path: 'bytes', absolute: path }

async function all(readBytes: number, start?: number, end?: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of byteChunks(file, readBytes, start, end)) {
    assert.ok(chunk.length > 0 && chunk.length <= readBytes + 1)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

test('a range of a file is its bytes, whether it is read at once or piece by piece', async () => {
  const ranges = fc.record({
    bytes: fc.uint8Array({ maxLength: 300 }),
    readBytes: fc.integer({ min: 1, max: 400 }),
    start: fc.nat(320),
    length: fc.option(fc.integer({ min: 1, max: 320 }), { nil: Infinity }),
  })
  await fc.assert(
    fc.asyncProperty(ranges, async ({ bytes, readBytes, start, length }) => {
      writeFileSync(path, bytes)
      const read = await all(readBytes, start, start + length)
      assert.deepEqual(read, Buffer.from(bytes.subarray(start, start + length)))
    }),
  )
})

test('a small file that grows while it is read is read to its end, as a large one is', async () => {
  writeFileSync(path, 'begin')
  const chunks = byteChunks(file, 1000)
  const first = await chunks.next()
  appendFileSync(path, ' and end')
  let rest = ''
  for await (const chunk of chunks) rest += chunk.toString()
  assert.deepEqual([String(first.value), rest], ['begin', ' and end'])
})

test('nobody who stops early keeps the file open', async () => {
  const { readdirSync } = await import('node:fs')
  const open = (): number => (process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0)
  writeFileSync(path, 'one')
  const before = open()
  for (let i = 0; i < 20; i++) for await (const chunk of byteChunks(file, 1000)) if (chunk.length > 0) break
  assert.equal(open(), before)
})
