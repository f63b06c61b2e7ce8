import assert from 'node:assert/strict'
import { readdirSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { test } from 'node:test'
import { CredenceError } from '../../src/errors.js'
import type { ReadLog, SourceFile } from '../../src/read/format.js'
import { parquetReader } from '../../src/read/parquet.js'

const ENCRYPTED = { code: 'unsupported', message: /encrypted/ }
/** Corrupt on purpose: read all the same, as other readers do, but not in silence. */
const BAD_CHECKSUM = ['datapage_v1-corrupt-checksum.parquet', 'rle-dict-uncompressed-corrupt-checksum.parquet']

/** Files that are refused, and why; every other file must read with the row count that its footer declares. */
const REFUSED: Readonly<Record<string, { readonly code: string; readonly message: RegExp }>> = {
  'aes256/encrypt_columns_and_footer.parquet.encrypted': ENCRYPTED,
  'aes256/encrypt_columns_and_footer_ctr.parquet.encrypted': ENCRYPTED,
  'aes256/encrypt_columns_and_footer_disable_aad_storage.parquet.encrypted': ENCRYPTED,
  'aes256/encrypt_columns_plaintext_footer.parquet.encrypted': ENCRYPTED,
  'aes256/uniform_encryption.parquet.encrypted': ENCRYPTED,
  'encrypt_columns_and_footer.parquet.encrypted': ENCRYPTED,
  'encrypt_columns_and_footer_aad.parquet.encrypted': ENCRYPTED,
  'encrypt_columns_and_footer_bloom_filter.parquet.encrypted': ENCRYPTED,
  'encrypt_columns_and_footer_ctr.parquet.encrypted': ENCRYPTED,
  'encrypt_columns_and_footer_disable_aad_storage.parquet.encrypted': ENCRYPTED,
  'encrypt_columns_plaintext_footer.parquet.encrypted': ENCRYPTED,
  'external_key_material_java.parquet.encrypted': ENCRYPTED,
  'uniform_encryption.parquet.encrypted': ENCRYPTED,
  // Unpacks to more than 2 GiB from 4 KB.
  'large_string_map.brotli.parquet': {
    code: 'limit',
    message: /column "arr": a page unpacks to 1073741828 bytes, the limit is 268435456/,
  },
  // Its footer declares no rows, its row group 6: neither number can be trusted over the other.
  'repeated_no_annotation.parquet': { code: 'format', message: /the row groups add up to 6 rows, the footer declares 0/ },
}

async function countRows(file: SourceFile, log: ReadLog = { skipped: 0, truncated: 0, errors: [] }): Promise<number> {
  let rows = 0
  for (const unit of await parquetReader.plan(file, 1 << 20)) {
    for await (const batch of parquetReader.read(file, unit, null, 512, log)) {
      rows += batch.length
      for (const values of Object.values(batch.columns)) assert.equal(values.length, batch.length)
    }
  }
  return rows
}

test('every file of parquet-testing reads with its declared rows or is refused with a reason', async (t) => {
  const corpora = process.env['CREDENCE_CORPORA']
  if (!corpora) {
    t.skip('CREDENCE_CORPORA not set')
    return
  }
  const root = join(corpora, 'parquet-testing', 'data')
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.parquet(\.encrypted)?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
  assert.ok(paths.length >= 80, `${paths.length} files`)
  const refused: string[] = []
  for (const path of paths.sort()) {
    const absolute = join(root, path)
    const file: SourceFile = {
      path,
      absolute,
      format: 'parquet',
      compression: 'none',
      bytes: statSync(absolute).size,
      split: null,
      partitions: {},
    }
    try {
      const { declaredRows } = await parquetReader.schema(file)
      const log: ReadLog = { skipped: 0, truncated: 0, errors: [] }
      assert.equal(await countRows(file, log), declaredRows, path)
      const codes = new Set(log.errors.map(({ code }) => code))
      assert.deepEqual([...codes], BAD_CHECKSUM.includes(path) ? ['integrity'] : [], path)
    } catch (error) {
      assert.ok(error instanceof CredenceError, `${path}: ${error instanceof Error ? (error.stack ?? '') : String(error)}`)
      const expected = REFUSED[path]
      assert.ok(expected, `${path} should read, but: ${error.message}`)
      assert.equal(error.code, expected.code, path)
      assert.match(error.message, expected.message)
      assert.ok(error.message.startsWith(path), error.message)
      assert.equal(error.place.file, path)
      refused.push(path)
    }
  }
  assert.deepEqual(refused, Object.keys(REFUSED).sort())
})

test('files of bad_data end in typed errors or read in full', async (t) => {
  const corpora = process.env['CREDENCE_CORPORA']
  if (!corpora) {
    t.skip('CREDENCE_CORPORA not set')
    return
  }
  const root = join(corpora, 'parquet-testing', 'bad_data')
  for (const path of readdirSync(root).sort()) {
    const absolute = join(root, path)
    const file: SourceFile = {
      path,
      absolute,
      format: 'parquet',
      compression: 'none',
      bytes: statSync(absolute).size,
      split: null,
      partitions: {},
    }
    try {
      assert.equal(await countRows(file), (await parquetReader.schema(file)).declaredRows)
      // Only its page index is bad, which is not read.
      assert.equal(path, 'ARROW-GH-43605.parquet')
    } catch (error) {
      assert.ok(error instanceof CredenceError, `${path}: ${String(error)}`)
      assert.equal(error.code, 'format', error.message)
      assert.equal(error.place.file, path)
    }
  }
})
