import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { CredenceError, type ErrorCode } from '../../src/errors.js'
import { isStill } from '../../src/read/byte-stream.js'
import { hashFile } from '../../src/read/hash-file.js'
import { temporaryFolder } from '../temporary-folder.js'

const PIECE = 2 ** 19
const folder = temporaryFolder()

function fileOf(name: string, content: Uint8Array): { path: string; absolute: string } {
  const absolute = join(folder, name)
  writeFileSync(absolute, content)
  return { path: name, absolute }
}

const fails = (code: ErrorCode) => (error: unknown) => error instanceof CredenceError && error.code === code

/** Called before the file is opened, then once for each piece: to meddle at a known moment. */
function between(piece: number, act: () => void): AbortSignal {
  let calls = 0
  const throwIfAborted = (): void => {
    if (calls++ === piece) act()
  }
  return { throwIfAborted } as AbortSignal
}

test('the digest is that of all bytes, however many pieces they are read in', async () => {
  for (const bytes of [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 7]) {
    const content = Buffer.from(Uint8Array.from({ length: bytes }, (_, i) => (i * 31 + (i >> 13)) & 255))
    const file = fileOf(`${bytes}.bin`, content)
    const hashed = await hashFile(file)
    assert.equal(hashed.sha256, createHash('sha256').update(content).digest('hex'), `${bytes} bytes`)
    assert.equal(hashed.bytes, bytes)
    assert.equal(await isStill({ ...file, stamp: hashed.stamp }), true)
    assert.deepEqual(await hashFile({ ...file, stamp: hashed.stamp }), hashed)
  }
})

test('a file that is not the one that had the stamp is not hashed', async () => {
  const file = fileOf('stamped.bin', Buffer.from('one'))
  const { stamp } = await hashFile(file)
  appendFileSync(file.absolute, 'two')
  assert.equal(await isStill({ ...file, stamp }), false)
  await assert.rejects(hashFile({ ...file, stamp }), fails('changed'))
})

test('a file that is written to while it is read has no digest', async () => {
  const file = fileOf('written.bin', Buffer.alloc(4 * PIECE))
  const signal = between(2, () => {
    appendFileSync(file.absolute, 'more')
  })
  await assert.rejects(hashFile(file, { signal }), fails('changed'))
})

test('links are followed unless they must not be; what is no file is refused, and does not make it wait', async () => {
  const file = fileOf('real.bin', Buffer.from('real'))
  const link = { path: 'link.bin', absolute: join(folder, 'link.bin') }
  symlinkSync(file.absolute, link.absolute)
  assert.equal((await hashFile(link)).sha256, (await hashFile(file)).sha256)
  await assert.rejects(hashFile(link, { followLink: false }), fails('io'))
  await assert.rejects(hashFile({ path: '.', absolute: folder }), fails('unsupported'))
  assert.equal(spawnSync('mkfifo', [join(folder, 'pipe')]).status, 0)
  await assert.rejects(hashFile({ path: 'pipe', absolute: join(folder, 'pipe') }), fails('unsupported'))
  await assert.rejects(hashFile({ path: 'none', absolute: join(folder, 'none') }), fails('io'))
})

test('it can be stopped, and says so as the one who stopped it did', async () => {
  const file = fileOf('long.bin', Buffer.alloc(4 * PIECE))
  const reason = new Error('enough')
  const stop = new AbortController()
  await assert.rejects(hashFile(file, { signal: AbortSignal.abort(reason) }), (error) => error === reason)
  const signal = stop.signal
  const hashed = hashFile(file, { signal })
  stop.abort(reason)
  await assert.rejects(hashed, (error) => error === reason)
})
