import assert from 'node:assert/strict'
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { after, before, describe, test } from 'node:test'
import type { CredenceError } from '../../src/errors.js'
import { packageRoot } from '../../src/paths.js'
import { S3 } from '../../src/storage/s3.js'
import { s3Address } from '../../src/storage/s3-address.js'
import { s3Settings } from '../../src/storage/s3-settings.js'
import { openStore } from '../../src/storage/store.js'
import { runCredence } from '../cli/run-credence.js'
import { temporaryFolder } from '../temporary-folder.js'
import { startStandIn, type StandIn } from './s3-stand-in.js'

const bytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(text))
const text = (value: Uint8Array | null): string | null => (value === null ? null : Buffer.from(value).toString('utf8'))

describe('an object store', () => {
  let standIn: StandIn
  let s3: S3

  before(async () => {
    standIn = await startStandIn()
    s3 = new S3(s3Settings(standIn.env))
  })
  after(() => {
    standIn.close()
  })

  test('keeps what is put, under any key, and lists all pages of a prefix', async () => {
    const keys = ['a/b c+d.jsonl', 'a/é&<>.csv', "a/x'(1)!.parquet", 'a/=/~.json', 'ab']
    for (const key of keys) await s3.put({ bucket: 'lake', key }, bytes(key))
    for (const key of keys) assert.equal(text(await s3.get({ bucket: 'lake', key })), key)
    const listed = await s3.list({ bucket: 'lake', key: 'a/' })
    assert.deepEqual(listed.map(({ key }) => key).sort(), keys.slice(0, 4).sort())
    assert.deepEqual(
      listed.map(({ key, size }) => [key, size]),
      listed.map(({ key }) => [key, Buffer.byteLength(key)]),
    )
    await s3.remove({ bucket: 'lake', key: 'ab' })
    assert.equal(await s3.get({ bucket: 'lake', key: 'ab' }), null)
    assert.equal(await s3.head({ bucket: 'lake', key: 'ab' }), null)
  })

  test('gives ranges of the object that was meant, or none', async () => {
    const address = { bucket: 'lake', key: 'ranges' }
    await s3.put(address, bytes('0123456789'))
    const facts = await s3.head(address)
    assert.equal(facts?.size, 10)
    assert.equal(text(await s3.range(address, 3, 7, facts.etag)), '3456')
    await s3.put(address, bytes('another one'))
    await assert.rejects(s3.range(address, 3, 7, facts.etag), /s3:\/\/lake\/ranges changed while it was read/)
    await assert.rejects(s3.range(address, 9, 20, null), /gave 2 bytes where 11 were asked for/)
  })

  test('is asked again where it was busy, and its refusal is told', async () => {
    const address = { bucket: 'lake', key: 'busy' }
    standIn.failures.push(503, 500, 429)
    await s3.put(address, bytes('there'))
    assert.equal(text(await s3.get(address)), 'there')
    const stranger = new S3({ ...s3Settings(standIn.env), accessKeyId: 'nobody' })
    await assert.rejects(stranger.get(address), /s3:\/\/lake\/busy the store refused: it is not signed/)
    assert.throws(
      () => s3Settings({}),
      (error: CredenceError) => error.code === 'usage' && /AWS_ACCESS_KEY_ID/.test(error.message),
    )
    assert.throws(() => s3Address('s3:///key'), /expected s3:\/\/BUCKET\/KEY/)
  })

  test('files by name are whole or not there, in a folder and in a store alike', async () => {
    Object.assign(process.env, standIn.env)
    const here = temporaryFolder()
    copyFileSync(join(packageRoot, 'package.json'), join(here, 'from'))
    for (const where of [join(here, 'store'), `file://${join(here, 'url')}`, 's3://lake/states/']) {
      const store = await openStore(where)
      assert.equal(await store.download('trips/0/part', join(here, 'to')), false)
      await store.upload(join(here, 'from'), 'trips/0/part')
      assert.deepEqual(
        [await store.has('trips/0/part'), await store.has('trips/0')],
        [true, where.startsWith('s3:') ? false : true],
      )
      assert.equal(await store.download('trips/0/part', join(here, 'to')), true)
      assert.deepEqual(readFileSync(join(here, 'to')), readFileSync(join(here, 'from')))
      await store.removeAll()
      assert.equal(await store.has('trips/0/part'), false)
    }
    await assert.rejects(openStore('gs://bucket'), /expected a folder, file:\/\/\/FOLDER or s3:\/\/BUCKET\/PREFIX/)
  })

  test('a data set in it is read as the same files of this machine are', async () => {
    const cwd = temporaryFolder()
    const folder = join(packageRoot, 'fixtures/demo')
    mkdirSync(join(cwd, 'data'))
    copyFileSync(join(folder, 'reviews.parquet'), join(cwd, 'data/reviews.parquet'))
    for (const name of readdirSync(join(cwd, 'data')))
      standIn.objects.set(`lake/data/${name}`, readFileSync(join(cwd, 'data', name)))
    const chats = readFileSync(join(folder, 'support-chats.jsonl'))
    standIn.objects.set('lake/chats/part=1/train.jsonl.gz', gzipSync(chats))
    standIn.objects.set('lake/chats/_ignored.jsonl', chats)
    const inspect = async (path: string): Promise<unknown> => {
      const { code, stdout, stderr } = await runCredence(['inspect', path, '--json'], { cwd, env: standIn.env })
      assert.equal(code, 0, stderr)
      return JSON.parse(stdout.replaceAll('s3://lake/data', 'data'))
    }
    standIn.asked.length = 0
    assert.deepEqual(await inspect('s3://lake/data'), await inspect('data'))
    // Footer and first pages, not the file.
    assert.ok(standIn.asked.filter((line) => line.includes('bytes=')).length >= 2, standIn.asked.join('\n'))
    const remote = (await inspect('s3://lake/chats/**/*.jsonl.gz')) as { files: { path: string; format: string }[]; kind: string }
    assert.deepEqual(
      [remote.files.map(({ path, format }) => [path, format]), remote.kind],
      [[['s3://lake/chats/part=1/train.jsonl.gz', 'jsonl']], 'instruction'],
    )
    for (const [path, words] of [
      ['s3://lake/nothing', /s3:\/\/lake\/nothing does not exist/],
      ['s3://lake/chats/*.csv', /matches no file/],
    ] as const) {
      const { code, stderr } = await runCredence(['inspect', path], { cwd, env: standIn.env })
      assert.equal(code, 2)
      assert.match(stderr, words)
    }
    const { code, stderr } = await runCredence(['lock', 's3://lake/data'], { cwd, env: standIn.env })
    assert.equal(code, 3)
    assert.match(stderr, /object stores are read by scan, inspect and plan only/)
  })
})
