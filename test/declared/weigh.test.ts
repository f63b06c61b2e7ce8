import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, test } from 'node:test'
import { NOTHING, type Declaration, type Declared } from '../../src/declared/declaration.js'
import { findMetadata } from '../../src/declared/find.js'
import { readMetadata } from '../../src/declared/read.js'
import { weigh } from '../../src/declared/weigh.js'
import type { Finding } from '../../src/model/finding.js'
import type { GivenRows } from '../../src/model/provenance.js'
import type { DataFile } from '../../src/read/data-file.js'
import { temporaryFolder } from '../temporary-folder.js'

const folder = temporaryFolder()
const HEX = 'a'.repeat(64)

function dataFile(name: string, more: Partial<DataFile> = {}): DataFile {
  return {
    path: name,
    absolute: join(folder, name),
    format: 'csv',
    compression: 'none',
    bytes: 100,
    split: null,
    partitions: {},
    schema: { columns: [{ name: 'text', type: 'string' }], declaredRows: null },
    error: null,
    declaredSha256: null,
    actualSha256: null,
    ...more,
  }
}

const declaration = (declared: Partial<Declared>, path = 'croissant.json'): Declaration => ({
  ...NOTHING,
  licenses: ['mit'],
  origins: ['here'],
  ...declared,
  kind: 'croissant',
  path,
  folder,
  error: null,
})

interface Case {
  readonly rows?: readonly number[]
  readonly paths?: readonly string[]
  readonly given?: GivenRows
  readonly digest?: string | null
}

function found(
  declarations: readonly Declaration[],
  files: readonly DataFile[],
  { rows = [], paths = [folder], given, digest = HEX }: Case = {},
): readonly Finding[] {
  const receipts = files.map(({ path, bytes, split }, i) => ({
    path,
    format: 'csv',
    bytes,
    split,
    declared: null,
    read: rows[i] ?? 0,
    skipped: 0,
    truncated: 0,
    errors: [],
    ...(digest === null ? {} : { sha256: digest }),
  }))
  const subject = { files, receipts, paths, cwd: folder, isPart: false, rows: given ?? null }
  const { findings } = weigh(declarations, subject)
  return findings.filter(({ severity }) => severity !== 'info')
}

const said = (findings: readonly Finding[]): string[] =>
  findings.map(({ message, severity }) => `${severity} ${message.replace('provenance/', '')}`)

const named = (path: string, more: object = {}): Declared['files'][number] => ({
  path,
  sha256: null,
  malformed: null,
  size: null,
  contained: false,
  ...more,
})

describe('metadata against the data', () => {
  test('rows: fewer count where all files are there, more in any case', () => {
    const table = { name: 'train', files: null, split: 'train', columns: [], allColumns: false, rows: 90 }
    const card = declaration({ tables: [table] })
    const rows = (read: number, files: readonly DataFile[], paths?: readonly string[]): string[] =>
      said(found([card], files, { rows: [read], ...(paths === undefined ? {} : { paths }) }))
    const one = dataFile('train.csv', { split: 'train' })
    assert.deepEqual(rows(90, [one]), [])
    assert.deepEqual(rows(80, [one]), ['medium declared-rows'])
    assert.deepEqual(rows(80, [one], [one.absolute]), ['medium declared-rows'])
    // Another file of the folder may hold the rest.
    writeFileSync(join(folder, 'more.csv'), '')
    assert.deepEqual(rows(80, [one], [one.absolute]), [])
    assert.deepEqual(rows(91, [one], [one.absolute]), ['medium declared-rows'])
    assert.deepEqual(rows(80, [dataFile('train-00000-of-00002.csv', { split: 'train' })]), [])
    assert.deepEqual(rows(80, [dataFile('test.csv', { split: 'test' })]), [])
    // Two cards that contradict each other, where only a part was read.
    const other = declaration({ tables: [{ ...table, rows: 70 }] }, 'README.md')
    assert.deepEqual(said(found([card, other], [dataFile('test.csv', { split: 'test' })])), ['medium declared-rows'])
  })

  test('an address that ends in the path of a file; files in an archive; a pattern', () => {
    const at = (path: string): Declaration => declaration({ files: [named(path, { sha256: 'b'.repeat(64) })] })
    const file = dataFile('data/a b.csv')
    for (const path of ['https://x.example/d/resolve/main/data/a%20b.csv?download=true', './data/a b.csv', 'data/a%20b.csv'])
      assert.deepEqual(said(found([at(path)], [file])), ['high declared-digest'], path)
    for (const path of ['https://x.example/b.csv', 'https://data/a b.csv'])
      assert.deepEqual(said(found([at(path)], [file])), [], path)
    // Neither is a file elsewhere looked for, nor one that may lie in an archive.
    const aside = declaration({ files: [named('../../etc/passwd'), named('in.zip/c.csv', { contained: true })] })
    assert.deepEqual(said(found([aside], [file])), [])
    const covered = declaration({ files: [named('data/a b.csv', { sha256: HEX })], patterns: ['more/*.csv'] })
    assert.deepEqual(said(found([covered], [file, dataFile('more/c.csv')])), [])
    assert.deepEqual(said(found([covered], [file, dataFile('c.csv')])), ['medium unlisted-file'])
  })

  test('a digest that a sidecar declares as well is told once, by the scanner', () => {
    const wrong = declaration({ files: [named('a.csv', { sha256: 'b'.repeat(64) })] })
    assert.deepEqual(said(found([wrong], [dataFile('a.csv', { declaredSha256: 'b'.repeat(64), actualSha256: HEX })])), [])
    assert.deepEqual(said(found([wrong], [dataFile('a.csv', { declaredSha256: HEX, actualSha256: HEX })])), [
      'high declared-digest',
    ])
    // What cannot be read is not wrong.
    assert.deepEqual(said(found([wrong], [dataFile('a.csv')], { digest: null })), [])
  })

  test('licences: the same in other words, without a version, of some rows', () => {
    const pair = (a: string, b: string): string[] =>
      said(found([declaration({ licenses: [a] }), declaration({ licenses: [b] }, 'README.md')], [dataFile('a.csv')]))
    assert.deepEqual(pair('https://choosealicense.com/licenses/apache-2.0/', 'Apache License 2.0'), [])
    assert.deepEqual(pair('cc-by', 'https://creativecommons.org/licenses/by/4.0/'), [])
    assert.deepEqual(pair('unknown', 'mit'), [])
    assert.deepEqual(pair('mit', 'cc-by-nc-4.0'), ['medium declared-license'])
    const given = (name: string): GivenRows => ({
      rows: 10,
      source: 0,
      url: 0,
      license: 10,
      hash: 0,
      licenses: [{ name, rows: 3 }],
    })
    const rows = (name: string): string[] => said(found([declaration({})], [dataFile('a.csv')], { given: given(name) }))
    assert.deepEqual([rows('mit'), rows('bsd-3-clause')], [[], []])
    assert.deepEqual([rows('cc-by-nc-4.0'), rows('gpl-3.0-only')], [['medium declared-license'], ['medium declared-license']])
  })

  test('columns: nested ones, partitions, files whose rows may have more', () => {
    const columns = (names: readonly string[], allColumns = false): Declaration =>
      declaration({ tables: [{ name: 't', files: ['a.csv'], split: null, columns: names, allColumns, rows: null }] })
    const file = dataFile('a.csv', {
      partitions: { lang: 'en' },
      schema: { columns: ['text', 'turns', 'lang'].map((name) => ({ name, type: 'string' })), declaredRows: null },
    })
    assert.deepEqual(said(found([columns(['text', 'turns.role', 'turns[0]'], true)], [file])), [])
    assert.deepEqual(said(found([columns(['body'])], [file])), ['medium declared-columns'])
    assert.deepEqual(said(found([columns(['body'])], [{ ...file, format: 'jsonl' }])), ['low declared-columns'])
    assert.deepEqual(said(found([columns(['text'], true)], [file])), ['low declared-columns'])
  })

  test('no metadata, no finding', () => {
    assert.deepEqual(found([], [dataFile('a.csv'), dataFile('b.csv')]), [])
  })
})

describe('files of metadata', () => {
  test('found beside the data, never the data itself, and read or refused', () => {
    const cwd = temporaryFolder()
    mkdirSync(join(cwd, 'data'))
    const data = join(cwd, 'data/croissant.json')
    writeFileSync(data, '[]')
    writeFileSync(join(cwd, 'README.md'), '# No card')
    writeFileSync(join(cwd, 'datapackage.json'), '{"resources": [], "resources": 1')
    mkdirSync(join(cwd, 'SHA256SUMS'))
    const files = findMetadata(['.', 'data'], [data], null, cwd)
    assert.deepEqual(
      files.map(({ absolute, kind }) => [basename(absolute), kind]),
      [
        ['datapackage.json', 'data-package'],
        ['README.md', 'data-card'],
      ],
    )
    const [broken, page] = files.map(readMetadata)
    assert.match(broken?.error ?? '', /^it is not JSON/)
    assert.equal(page, null)
    const huge = { absolute: join(cwd, 'huge.json'), path: 'huge.json', kind: null, folder: cwd }
    writeFileSync(huge.absolute, Buffer.alloc(17 * 2 ** 20, ' '))
    assert.match(readMetadata(huge)?.error ?? '', /bytes; metadata is read up to/)
  })
})
