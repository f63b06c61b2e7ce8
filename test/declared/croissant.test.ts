import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { readCroissant } from '../../src/declared/croissant/read.js'
import { packageRoot } from '../../src/paths.js'

const folder = join(packageRoot, 'fixtures/croissant')
const read = (name: string): string => readFileSync(join(folder, `${name}.json`), 'utf8')

/** What is wrong with each document: the code of each problem, and what its text names. */
const MISTAKES: Readonly<Record<string, readonly (readonly [string, RegExp])[]>> = {
  'broken-creator': [['type', /creator is neither/]],
  'broken-date': [['date', /datePublished .*the first of March/]],
  'broken-file-set': [
    ['includes', /"all"/],
    ['encodingFormat', /"all"/],
    ['reference', /"kettles\.zip"/],
  ],
  'broken-identifier': [['id', /blank/]],
  'broken-join': [['join', /"kettles\.csv" and from "more\.csv"/]],
  'broken-kind': [['type', /"kettles\/label" is no cr:Field/]],
  'broken-no-address': [
    ['contentUrl', /"kettles\.csv"/],
    ['encodingFormat', /"kettles\.csv"/],
  ],
  'broken-no-digest': [['digest', /neither sha256 nor md5/]],
  'broken-no-source': [
    ['source', /"kettles\/text"/],
    ['source', /"kettles\/label"/],
  ],
  'broken-no-type': [['dataType', /"kettles\/label"/]],
  'broken-property': [['extract', /"colour"/]],
  'broken-records': [['data', /labels\/title/]],
  'broken-source': [['reference', /"kettle\.csv", which is not there/]],
  'broken-transform': [['transform', /regex and separator/]],
  'broken-twice': [['id', /stands for two nodes/]],
  'broken-two-extractions': [['extract', /column and jsonPath/]],
  'broken-value': [['source', /both source and value/]],
  'broken-version': [['version', /croissant\/7\.0/]],
}

describe('Croissant documents', () => {
  test('each mistake is found, and nothing else', () => {
    const broken = readdirSync(folder).flatMap((name) => /^(broken-.*)\.json$/.exec(name)?.[1] ?? [])
    assert.deepEqual(broken.sort(), Object.keys(MISTAKES).sort())
    for (const [name, expected] of Object.entries(MISTAKES)) {
      const { problems } = readCroissant(read(name))
      assert.deepEqual(
        problems.map(({ code }) => code),
        expected.map(([code]) => code),
        name,
      )
      expected.forEach(([, text], i) => {
        assert.match(problems[i]?.text ?? '', text, name)
      })
    }
  })

  test('what a sound one declares', () => {
    const { problems, missing, files, tables, licenses, origins } = readCroissant(read('sound'))
    assert.deepEqual([problems, missing], [[], []])
    assert.deepEqual(
      files.map(({ path, size, malformed }) => [path, size?.value, malformed]),
      [['kettles.csv', 81, null]],
    )
    assert.deepEqual(
      tables.map(({ name, files: of, columns }) => [name, of, columns]),
      [['kettles', ['kettles.csv'], ['text', 'label']]],
    )
    assert.deepEqual([licenses, origins], [['https://spdx.org/licenses/Apache-2.0.html'], ['https://kettles.example/']])
  })

  test('terms by prefix, by whole address, and by a context of its own, in a graph', () => {
    const node = {
      '@context': { '@vocab': 'https://schema.org/', c: 'http://mlcommons.org/croissant/', check: 'https://schema.org/sha256' },
      '@graph': [
        {
          '@type': 'https://schema.org/Dataset',
          'http://purl.org/dc/terms/conformsTo': { '@value': 'http://mlcommons.org/croissant/1.1' },
          'sc:name': { en: 'Kettles' },
          'prov:wasDerivedFrom': [{ '@id': 'https://tea.example/' }],
          'rai:dataBiases': 'few lids',
          'rai:dataBias': 'no such term',
          distribution: {
            '@type': 'c:FileObject',
            '@id': 'a.csv',
            contentUrl: './a.csv',
            encodingFormat: 'text/csv',
            check: 'a'.repeat(63),
          },
        },
      ],
    }
    const { problems, origins, rai, prov, files } = readCroissant(JSON.stringify(node))
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['rai', 'sha256'],
    )
    assert.deepEqual(
      [origins, rai, prov],
      [['https://tea.example/'], ['rai:dataBiases', 'rai:dataBias'], ['prov:wasDerivedFrom']],
    )
    assert.deepEqual([files[0]?.sha256, files[0]?.malformed], [null, 'a'.repeat(63)])
  })

  test('keys of the prototype are names like any other', () => {
    const text = read('sound')
      .replace('"name": "kettles",', '"__proto__": {"isLiveDataset": true}, "constructor": {"name": "x"},')
      .replace('"@id": "kettles.csv",', '"@id": "__proto__",')
    const { problems } = readCroissant(text)
    assert.ok(problems.every(({ code }) => code === 'reference'))
    assert.equal(({} as Record<string, unknown>)['isLiveDataset'], undefined)
  })
})
