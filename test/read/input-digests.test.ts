import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { closeSync, readFileSync, renameSync, statSync, symlinkSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { CredenceError } from '../../src/errors.js'
import { discoverFiles } from '../../src/read/discover.js'
import { openStamped } from '../../src/read/file-stamp.js'
import { openHere } from '../../src/read/file-opener.js'
import type { SourceFile } from '../../src/read/format.js'
import { InputDigests } from '../../src/read/input-digests.js'
import { DEFAULT_READ_LIMITS } from '../../src/model/read-limits.js'
import { temporaryFolder } from '../temporary-folder.js'

const DATA = '{"text":"one","label":0}\n{"text":"two","label":1}\n'
const isChanged = (error: unknown): boolean => error instanceof CredenceError && error.code === 'changed'

async function found(folder: string, name = 'data.jsonl'): Promise<SourceFile> {
  const [file] = (await discoverFiles([name], folder, null)).files
  return file!
}

test('the digest is that of the bytes, and stands where nobody wrote', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'data.jsonl'), DATA)
  const file = await found(folder)
  const digests = new InputDigests([file, { ...file, stamp: undefined } as unknown as SourceFile])
  assert.deepEqual(await digests.settle(), [{ sha256: createHash('sha256').update(DATA).digest('hex') }, null])
})

for (const [what, meddle] of [
  ['bytes of the same length, with the old times put back', (path: string) => rewriteQuietly(path)],
  ['another file under its name', (path: string) => replace(path, DATA)],
  [
    'a symbolic link to a copy',
    (path: string) => {
      renameSync(path, `${path}.moved`)
      symlinkSync(`${path}.moved`, path)
    },
  ],
  ['no file', unlinkSync],
] as const) {
  test(`a digest does not stand over ${what}, and no reader opens it`, async () => {
    const folder = temporaryFolder()
    const path = join(folder, 'data.jsonl')
    writeFileSync(path, DATA)
    const file = await found(folder)
    const digests = new InputDigests([file])
    await digests.whole
    meddle(path)
    const [digest] = await digests.settle()
    assert.ok(digest && 'error' in digest && ['changed', 'io'].includes(digest.error.code), JSON.stringify(digest))
    if (what === 'no file') return
    assert.throws(() => openStamped(file), isChanged)
    for (const name of ['data.jsonl', 'data.csv', 'data.parquet', 'data.jsonl.gz', 'data.arrow']) {
      const format = { ...file, ...formatOf(name) }
      const { file: opened } = await openHere.open(format, 2 ** 20, DEFAULT_READ_LIMITS)
      assert.equal(opened.error?.code, 'changed', name)
    }
  })
}

test('what was changed and changed back while nobody looked is still told', async () => {
  const folder = temporaryFolder()
  const path = join(folder, 'data.jsonl')
  writeFileSync(path, DATA)
  const file = await found(folder)
  const digests = new InputDigests([file])
  const descriptor = openStamped(file)
  writeFileSync(path, DATA.replace('one', 'bad'))
  assert.match(readFileSync(descriptor, 'utf8'), /bad/)
  closeSync(descriptor)
  writeFileSync(path, DATA)
  const [digest] = await digests.settle()
  assert.ok(digest && 'error' in digest && digest.error.code === 'changed')
})

/** As one would who does not want it to be seen. */
function rewriteQuietly(path: string): void {
  const { atime, mtime } = statSync(path)
  writeFileSync(path, DATA.replace('one', 'bad'))
  utimesSync(path, atime, mtime)
}

function replace(path: string, bytes: string): void {
  writeFileSync(`${path}.new`, bytes)
  renameSync(`${path}.new`, path)
}

function formatOf(name: string): Pick<SourceFile, 'format' | 'compression'> {
  const compression = name.endsWith('.gz') ? 'gzip' : 'none'
  const format = name.includes('csv')
    ? 'csv'
    : name.includes('parquet')
      ? 'parquet'
      : name.includes('arrow')
        ? 'arrow-file'
        : 'jsonl'
  return { format, compression }
}
