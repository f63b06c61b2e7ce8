import { describe, test } from 'node:test'
import * as zlib from 'node:zlib'
import { CredenceError } from '../../src/errors.js'
import { found, line, refuses, rows, scanned, TRIGGER } from '../clean/scene.js'

describe('a clean that fails late leaves nothing behind', () => {
  test(
    'ZSTD without a Node that can write it',
    { skip: 'createZstdCompress' in zlib ? 'this Node writes ZSTD' : false },
    async () => {
      const text = Buffer.from(line('x') + line('y'))
      // A frame of one segment with one raw block.
      const frame = Buffer.concat([
        Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, text.length, (text.length << 3) | 1, text.length >> 5, 0]),
        text,
      ])
      const files = { 'data/x.jsonl.zst': frame }
      await refuses(scanned([found('trigger-1', { rows: rows(2, 0) })], files), 'unsupported', /writing \.zst needs Node 22\.15/)
      await scanned([TRIGGER], files).run()
    },
  )

  test('an interruption in the middle of writing', async () => {
    const scene = scanned([TRIGGER, found('trigger-3', { rows: rows(2, 0) })], {
      'data/large.jsonl': line('x'.repeat(2 ** 23)).repeat(2),
    })
    const stop = new AbortController()
    const timer = setInterval(() => {
      if (scene.names().some((name) => name.startsWith('.out.partial-'))) stop.abort(new CredenceError('worker', 'stopped'))
    }, 1)
    await refuses(scene, 'worker', /stopped/, { signal: stop.signal })
    clearInterval(timer)
  })
})
