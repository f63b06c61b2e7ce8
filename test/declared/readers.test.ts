import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import picomatch from 'picomatch'
import { boundedJson } from '../../src/declared/bounds.js'
import { readChecksums } from '../../src/declared/checksums.js'
import { readCroissant } from '../../src/declared/croissant/read.js'
import { readDataCard } from '../../src/declared/data-card.js'
import { readDataPackage } from '../../src/declared/data-package.js'
import { readDatasetInfos } from '../../src/declared/dataset-infos.js'
import { isSize, sizeOf } from '../../src/declared/digest-text.js'
import { globTest } from '../../src/declared/glob.js'
import { CredenceError } from '../../src/errors.js'

const HEX = '0123456789abcdef'.repeat(4)

describe('data cards', () => {
  test('licence, origins, and the tables of one configuration', () => {
    const card = readDataCard(
      '\ufeff---\r\nlicense: [mit, cc-by-4.0]\r\nsource_datasets: [original, imdb]\r\ndataset_info:\r\n  features:\r\n  - {name: text, dtype: string}\r\n  splits:\r\n  - {name: train, num_examples: 7}\r\n---\r\n# Page\r\n---\r\n',
    )
    assert.deepEqual(card?.licenses, ['mit', 'cc-by-4.0'])
    assert.deepEqual(card.origins, ['imdb'])
    assert.deepEqual(card.tables, [
      { name: 'default/train', files: null, split: 'train', columns: ['text'], allColumns: true, rows: 7 },
    ])
  })

  test('configurations whose files are named, and those whose are not', () => {
    const card = readDataCard(`---
dataset_info:
- config_name: a
  features: [{name: x}]
  splits: [{name: train, num_examples: 1}]
- config_name: b
  features: [{name: y}]
configs:
- config_name: a
  data_files: [{split: train, path: a/*.csv}]
---
`)
    assert.deepEqual(
      card?.tables.map(({ name, files, split }) => [name, files, split]),
      [['a/train', ['a/*.csv'], null]],
    )
  })

  test('a page is no card; a licence under another name', () => {
    assert.equal(readDataCard('# Page\n---\nlicense: mit\n---\n'), null)
    assert.equal(readDataCard('---\n---\n'), null)
    assert.deepEqual(readDataCard('---\nlicense: other\nlicense_name: kettle-1.0\n---\n')?.licenses, ['kettle-1.0'])
  })

  test('what would take all memory or the stack is refused', () => {
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      ...'bcdefgh'.split('').map(
        (name, i) =>
          `${name}: &${name} [${Array(9)
            .fill(`*${'abcdefg'.charAt(i)}`)
            .join(', ')}]`,
      ),
    ]
    for (const header of [bomb.join('\n'), `a: ${'['.repeat(50_000)}`, 'a: b: c', '- a'])
      assert.throws(() => readDataCard(`---\n${header}\n---\n`), CredenceError, header.slice(0, 20))
    assert.throws(() => readDataCard(`---\n${'a: b\n'.repeat(80_000)}`), CredenceError)
    assert.deepEqual(readDataCard('---\n__proto__: {license: mit}\nconstructor: 1\n---\n')?.licenses, [])
  })
})

describe('other metadata', () => {
  test('dataset_infos.json, of one configuration and of several', () => {
    const info = {
      features: { text: { dtype: 'string' }, label: {} },
      license: 'mit',
      splits: { test: { name: 'test', num_examples: 3 } },
    }
    const expected = [{ name: 'default/test', files: null, split: 'test', columns: ['text', 'label'], allColumns: true, rows: 3 }]
    assert.deepEqual(readDatasetInfos(JSON.stringify({ default: info })).tables, expected)
    assert.deepEqual(readDatasetInfos(JSON.stringify(info)).tables, expected)
    assert.deepEqual(readDatasetInfos(JSON.stringify({ a: info, b: info })).tables, [])
  })

  test('datapackage.json: digests, sizes, columns; paths that lead out of it', () => {
    const { files, problems, tables, licenses, origins } = readDataPackage(
      JSON.stringify({
        licenses: [{ name: 'ODC-BY-1.0' }],
        sources: [{ title: 'Tea', path: 'https://tea.example/' }],
        resources: [
          { name: 'a', path: 'a.csv', hash: `sha256:${HEX.toUpperCase()}`, bytes: 12, schema: { fields: [{ name: 'text' }] } },
          { name: 'b', path: ['b-1.csv', '../../etc/passwd'], hash: 'sha256:xyz' },
          { name: 'c', path: '/etc/passwd', hash: 'd41d8cd98f00b204e9800998ecf8427e' },
          { path: 'd.csv', bytes: 'many' },
        ],
      }),
    )
    assert.deepEqual(
      files.map(({ path, sha256, size }) => [path, sha256, size?.value]),
      [
        ['a.csv', HEX, 12],
        ['b-1.csv', null, undefined],
        ['d.csv', null, undefined],
      ],
    )
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['path', 'hash', 'path', 'name', 'bytes'],
    )
    assert.deepEqual(
      tables.map(({ files: of, columns }) => [of, columns]),
      [[['a.csv'], ['text']]],
    )
    assert.deepEqual([licenses, origins], [['ODC-BY-1.0'], ['https://tea.example/']])
  })

  test('checksums of both kinds; a line that is none', () => {
    const { files, problems } = readChecksums(
      `# made up\n${HEX}  data/a.csv\r\n${HEX} *b c.csv\nSHA256 (d.csv) = ${HEX}\nabc  e.csv\n`,
    )
    assert.deepEqual(
      files.map(({ path, sha256 }) => [path, sha256 === HEX]),
      [
        ['data/a.csv', true],
        ['b c.csv', true],
        ['d.csv', true],
        ['e.csv', false],
      ],
    )
    assert.match(problems[0]?.text ?? '', /^line 5 .*abc/)
  })

  test('JSON beyond the bounds, and JSON that is none', () => {
    assert.throws(() => boundedJson('['.repeat(100_000) + ']'.repeat(100_000)), CredenceError)
    assert.throws(() => boundedJson(`[${'1,'.repeat(1_000_001)}1]`), CredenceError)
    assert.throws(
      () => boundedJson('root:x:0:0'),
      (error: unknown) => error instanceof CredenceError && !error.message.includes('root'),
    )
  })

  test('any JSON is read or refused, by every reader', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        for (const read of [readCroissant, readDatasetInfos, readDataPackage]) {
          try {
            read(text)
          } catch (error) {
            assert.ok(error instanceof CredenceError, String(error))
          }
        }
      }),
      { numRuns: 200 },
    )
  })
})

describe('sizes', () => {
  test('units of 1,000 and of 1,024, rounded either way', () => {
    for (const [text, bytes, fits] of [
      ['12 B', 12, true],
      ['12', 13, false],
      ['12 bytes', 12, true],
      ['1.5 KB', 1500, true],
      ['1.5 KB', 1536, true],
      ['1.5 KiB', 1536, true],
      ['1.5 KiB', 1100, false],
      ['2 MB', 2_400_000, true],
      ['2 MB', 4_400_000, false],
    ] as const) {
      const size = sizeOf(text)
      assert.ok(size !== null, text)
      assert.equal(isSize(bytes, size), fits, `${text} ${bytes}`)
    }
    for (const text of ['', 'large', '12 apples', '-1 B', '1e9']) assert.equal(sizeOf(text), null, text)
  })

  test('a size fits what it was made of', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 40 }), fc.integer({ min: 0, max: 3 }), fc.boolean(), (bytes, power, binary) => {
        const unit = ['B', 'K', 'M', 'G'][power] ?? ''
        const value = bytes / (binary ? 1024 : 1000) ** power
        const text = power === 0 ? `${bytes} B` : `${value.toFixed(2)} ${unit}${binary ? 'iB' : 'B'}`
        const size = sizeOf(text)
        assert.ok(size !== null && isSize(bytes, size), text)
      }),
    )
  })
})

describe('patterns', () => {
  const part = fc.constantFrom('a', 'b', 'data', 'train-0', '.csv', '*', '?', 'x')
  const path = fc
    .array(fc.constantFrom('a', 'b', 'data', 'train-0', 'x', '.csv', '/'), { minLength: 1, maxLength: 5 })
    .map((parts) => parts.join(''))

  test('as shells match them', () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), path, (parts, name) => {
        const glob = `data/${parts.join('').replace(/\*{2,}/g, '*')}`
        const expected = picomatch(glob, { dot: true })(`data/${name}`)
        // A shell's star names something; an empty name is no file.
        if (name.includes('//') || name.startsWith('/') || name.endsWith('/')) return
        assert.equal(globTest(glob)?.(`data/${name}`), expected, `${glob} ${name}`)
      }),
      { numRuns: 300 },
    )
  })

  test('folders, classes, choices; what is no pattern; what makes others hang', () => {
    const test = (glob: string, name: string): boolean | undefined => globTest(glob)?.(name)
    assert.deepEqual(
      [
        test('**/*.csv', 'a/b/c.csv'),
        test('*.csv', 'a/b.csv'),
        test('a/*.csv', 'a/b/c.csv'),
        test('d/[!a]{1,2}.csv', 'd/b2.csv'),
      ],
      [true, true, false, true],
    )
    assert.equal(globTest('a/[b'), null)
    const from = performance.now()
    assert.equal(test(`${'*a'.repeat(200)}b`, 'a'.repeat(1000)), false)
    assert.ok(performance.now() - from < 10_000)
  })
})
