import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { registryUrl } from '../../scanners/index.js'
import { loadConfig } from '../../src/config/load.js'
import { CredenceError } from '../../src/errors.js'
import { findFiles, readRows, takeSnapshot, type SnapshotRequest } from '../../src/lock/snapshot.js'
import { temporaryFolder } from '../temporary-folder.js'

const ROWS = Array.from({ length: 60 }, (_, i) => `${JSON.stringify({ text: `row number ${i}`, label: i % 2 })}\n`).join('')

async function requestIn(cwd: string, onProgress?: () => void): Promise<SnapshotRequest> {
  const { config } = await loadConfig({ scanners: [], flags: { jobs: 1 }, env: {}, cwd })
  return { paths: ['.'], cwd, folder: cwd, config, registry: registryUrl, ...(onProgress === undefined ? {} : { onProgress }) }
}

function dataFolder(): string {
  const cwd = temporaryFolder()
  for (const name of ['a.jsonl', 'b.jsonl']) writeFileSync(join(cwd, name), ROWS)
  return cwd
}

test('a lock takes the digests of the scan that reads its rows: they are those of the bytes', async () => {
  const request = await requestIn(dataFolder())
  const { files } = await takeSnapshot(request)
  const sha256 = createHash('sha256').update(ROWS).digest('hex')
  assert.deepEqual(
    files.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 })),
    ['a.jsonl', 'b.jsonl'].map((path) => ({ path, bytes: ROWS.length, sha256 })),
  )
  const found = await readRows(request, await findFiles(request))
  assert.deepEqual(
    found.files.map(({ sha256, content }) => [sha256, [...content.bytes]]),
    files.map(({ sha256, content }) => [sha256, [...content.bytes]]),
  )
})

test('a file that is written to while it is read is not locked, and not verified', async () => {
  const cwd = dataFolder()
  let isDone = false
  const request = await requestIn(cwd, () => {
    if (!isDone) appendFileSync(join(cwd, 'b.jsonl'), ROWS)
    isDone = true
  })
  const isRefused = (error: unknown): boolean =>
    error instanceof CredenceError && /changed/.test([error.message, ...error.suggestions].join(' '))
  await assert.rejects(takeSnapshot(request), isRefused)
  const found = await findFiles(request)
  isDone = false
  await assert.rejects(readRows(request, found), isRefused)
})
