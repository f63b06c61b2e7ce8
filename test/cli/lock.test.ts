import assert from 'node:assert/strict'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { lockSchema } from '../../src/lock/lock-file.js'
import { temporaryFolder } from '../temporary-folder.js'
import { runCredence, type Ended } from './run-credence.js'

type Row = Readonly<{ text: string; label: number }>
const rows: Row[] = Array.from({ length: 5000 }, (_, i) => ({
  text: `Parcel ${i} came ${i % 7} days late, "they" said`,
  label: i % 2,
}))
const jsonl = (of: readonly Row[]): string => of.map((row) => `${JSON.stringify(row)}\n`).join('')
const csv = (of: readonly Row[]): string =>
  `label,text\n${of.map(({ text, label }) => `${label},"${text.replaceAll('"', '""')}"\n`).join('')}`
const parquet = (of: readonly Row[]): Uint8Array =>
  new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'text', data: of.map(({ text }) => text), type: 'STRING' },
        { name: 'label', data: of.map(({ label }) => label), type: 'INT32' },
      ],
      rowGroupSize: 700,
    }),
  )

interface Told {
  readonly isSame: boolean
  readonly isSameRows: boolean
  readonly files: readonly { readonly path: string; readonly state: string; readonly blocks: readonly number[] }[]
  readonly rows: { readonly changes: readonly Record<string, unknown>[] } | null
  readonly error: { readonly message: string } | null
}

describe('credence lock and verify', () => {
  const cwd = temporaryFolder()
  const path = join(cwd, 'train.jsonl')
  const run = (...args: string[]): Promise<Ended> => runCredence([...args, '--quiet'], { cwd })
  const told = async (...args: string[]): Promise<{ code: number | null; told: Told }> => {
    const { code, stdout } = await run('verify', ...args, '--json')
    return { code, told: JSON.parse(stdout) as Told }
  }

  test('what was locked is the same; a byte, a row, another format are told apart', async () => {
    writeFileSync(path, jsonl(rows))
    const locked = await run('lock', 'train.jsonl')
    assert.equal(locked.code, 0, locked.stderr)
    assert.match(locked.stdout, /^locked 1 file of 5,000 rows in credence.lock.json\nroot [0-9a-f]{64}\n$/)
    const lock = lockSchema.parse(JSON.parse(readFileSync(join(cwd, 'credence.lock.json'), 'utf8')))
    assert.deepEqual([lock.rows, lock.files[0]?.blocks.length, lock.files[0]?.columns.length], [5000, 2, 2])

    const same = await run('verify', 'train.jsonl')
    assert.deepEqual([same.code, same.stdout.startsWith('the same 1 file of 5,000 rows as locked on ')], [0, true], same.stderr)
    // The lock beside the data is no data.
    assert.equal((await run('verify', '.')).code, 0)

    writeFileSync(path, jsonl(rows.with(4500, { text: 'Another text', label: 0 })))
    const edited = await told('train.jsonl')
    assert.equal(edited.code, 1)
    assert.deepEqual(edited.told.files, [{ path: 'train.jsonl', state: 'changed', blocks: [4096] }])
    assert.deepEqual(edited.told.rows?.changes, [{ kind: 'changed', file: 'train.jsonl', row: 4500 }])
    const text = await run('verify', 'train.jsonl')
    assert.match(
      text.stdout,
      /^not what was locked on .*\n {2}train.jsonl {2}changed: blocks from row 4096\nrows: 1 changed, 0 added/,
    )

    writeFileSync(path, jsonl(rows).replaceAll('","label":', '", "label": '))
    const spaced = await told('train.jsonl')
    assert.deepEqual([spaced.code, spaced.told.isSameRows, spaced.told.files[0]?.state], [1, true, 'rewritten'])
    assert.equal((await run('verify', 'train.jsonl', '--accept-rewritten')).code, 0)

    writeFileSync(join(cwd, 'train.parquet'), parquet(rows))
    writeFileSync(join(cwd, 'train.csv'), csv(rows))
    for (const other of ['train.parquet', 'train.csv']) {
      const { code, told: found } = await told(other, '--accept-rewritten')
      assert.deepEqual([code, found.isSame, found.isSameRows], [0, false, true], other)
      assert.deepEqual(
        found.files.map(({ path, state }) => [path, state]),
        [
          [other, 'new'],
          ['train.jsonl', 'missing'],
        ],
      )
    }
    writeFileSync(join(cwd, 'train.parquet'), parquet(rows.toSpliced(17, 1)))
    const dropped = await told('train.parquet', '--accept-rewritten')
    assert.deepEqual([dropped.code, dropped.told.rows?.changes], [1, [{ kind: 'removed', file: 'train.jsonl', row: 17 }]])
  })

  test('what can no longer be read, a lock that was edited, digests that are lost', async () => {
    writeFileSync(path, jsonl(rows).replace('"label":1}\n', '"label":1\n'))
    const broken = await told('train.jsonl')
    assert.deepEqual([broken.code, broken.told.files[0]?.state], [1, 'unread'])
    assert.match(broken.told.error?.message ?? '', /could not be read in full/)

    writeFileSync(path, jsonl(rows.with(3, { text: 'x', label: 1 })))
    renameSync(join(cwd, 'credence.lock.rows'), join(cwd, 'elsewhere'))
    const unnamed = await run('verify', 'train.jsonl')
    assert.match(unnamed.stdout, /blocks from row 0\nwhich rows: not known/)
    assert.equal(unnamed.code, 1)

    assert.equal((await run('lock', 'train.jsonl')).code, 2)
    const lock = readFileSync(join(cwd, 'credence.lock.json'), 'utf8')
    writeFileSync(join(cwd, 'credence.lock.json'), lock.replace(/"bytes": \d+/, '"bytes": 7'))
    const forged = await run('verify', 'train.jsonl')
    assert.deepEqual([forged.code, /was edited/.test(forged.stderr)], [2, true])
    rmSync(join(cwd, 'credence.lock.json'))
    assert.match((await run('verify', 'train.jsonl')).stderr, /does not exist\n.*credence lock PATH/)
  })

  test('a lock says where the rows come from and by which models they are judged; one of before still holds', async () => {
    const sources = ['forum', 'forum', 'news', 'forum', null]
    const from = sources.map((source, i) => ({
      text: `Row ${i} of a forum`,
      label: i % 2,
      source,
      url: i === 3 ? null : `https://www.Example${i % 2}.org/${i}`,
      license: 'CC-BY-4.0',
    }))
    writeFileSync(join(cwd, 'from.jsonl'), from.map((row) => `${JSON.stringify(row)}\n`).join(''))
    const out = join(cwd, 'from.lock.json')
    const locked = await run('lock', 'from.jsonl', '--out', out)
    assert.equal(locked.code, 0, locked.stderr)
    const text = readFileSync(out, 'utf8')
    const lock = lockSchema.parse(JSON.parse(text))
    assert.deepEqual(lock.sources, {
      names: 2,
      without: 1,
      largest: [
        { name: 'forum', rows: 3 },
        { name: 'news', rows: 1 },
      ],
    })
    assert.deepEqual(lock.hosts?.largest, [
      { name: 'example0.org', rows: 3 },
      { name: 'example1.org', rows: 1 },
    ])
    assert.deepEqual(lock.licences, { names: 1, without: 0, largest: [{ name: 'CC-BY-4.0', rows: 5 }] })
    assert.equal(lock.encoder?.name, 'static')
    const { sources: _, hosts, licences, encoder, ...before } = lock
    assert.ok([hosts, licences, encoder].every((part) => part !== undefined))
    writeFileSync(out, JSON.stringify(before))
    const held = await run('verify', 'from.jsonl', '--lock', out)
    assert.equal(held.code, 0, held.stderr)
  })
})
