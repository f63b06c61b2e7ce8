import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Finding } from '../../src/model/finding.js'
import type { Pictures } from '../../src/model/pictures.js'
import type { DataKind } from '../../src/model/role.js'
import type { ScannerDefinition } from '../../src/scanner.js'
import { surveys } from '../../src/survey/index.js'
import { picturesOf, pictureSurveys } from '../../src/survey/pictures.js'
import { addRows, findRow, mergeRowBytes, rowBytes, rowTable } from '../../src/survey/row-bytes.js'
import { sampleFinding } from '../report/sample-report.js'
import { drive, type DriveOptions, type ExampleRow } from '../scanners/drive.js'
import { DIM, embedWords, smallData } from '../scanners/small-data.js'
import { assertSplit } from '../scanners/split.js'

const SETTINGS: DriveOptions = { dim: DIM, embed: embedWords }
const drawn = surveys.filter(({ id }) => pictureSurveys(true).includes(id))

function drawnFrom(rows: readonly ExampleRow[], findings: readonly Finding[]): Pictures {
  const values = new Map(drawn.map((survey): [string, unknown] => [survey.id, drive(survey, rows, SETTINGS).value]))
  return picturesOf(values, new Map(), findings)
}

const shortOf = ({ id }: ScannerDefinition): string => id.replace('survey:', '')

for (const survey of drawn) {
  describe(`survey of the ${shortOf(survey)}`, () => {
    for (const kind of ['classification', 'instruction'] satisfies DataKind[]) {
      const rows = smallData(kind)
      const roles = Object.keys(rows[0]!.cells) as (keyof ExampleRow['cells'])[]
      if (survey.skip({ kind, roles, rows: rows.length, files: [] }) !== null) continue
      test(`${kind}: any split into shards and batches, in any order, gives the same`, () => {
        const whole = drive(survey, rows, SETTINGS)
        assert.ok(whole.value)
        assertSplit(survey, rows, SETTINGS, whole, 3)
      })
    }

    test('nothing to go by ends without a throw', () => {
      for (const rows of [[], [{ cells: { text: null, label: null, source: null } }], [{ cells: { text: '', label: 'a' } }]]) {
        const { value } = drive(survey, rows, {
          ...SETTINGS,
          data: { kind: 'classification', roles: ['text', 'label', 'source'] },
        })
        const pictures = picturesOf(new Map([[survey.id, value]]), new Map(), [sampleFinding()])
        assert.ok(JSON.stringify(pictures).length < 1000)
      }
    })
  })
}

const LABELS = ['good', 'bad']
/** Rows of two subjects, each with its label; the last ten have the other's label, a word of their own and a source of their own. */
const ROWS: readonly ExampleRow[] = Array.from({ length: 210 }, (_, i) => {
  const isPlanted = i >= 200
  const subject = i % 2
  const text = `${subject === 0 ? 'sun sea sand' : 'rain mud fog'} w${i % 7} v${i % 5}${isPlanted ? ' zorvex' : ''}`
  return { cells: { text, label: LABELS[isPlanted ? 1 - subject : subject]!, source: isPlanted ? 'feed' : `site${i % 3}` } }
})
const PLANTED = sampleFinding({ rows: Array.from({ length: 10 }, (_, i) => ({ file: 0, row: 200 + i, score: 1 })) })

describe('pictures of rows with ten planted ones', () => {
  const pictures = drawnFrom(ROWS, [PLANTED, { ...PLANTED, id: 'outlier-1' }])

  test('are plain data', () => {
    assert.deepEqual(JSON.parse(JSON.stringify(pictures)), pictures)
  })

  test('the map shows every row, and a flagged one once', () => {
    const { map } = pictures
    assert.ok('rows' in map)
    assert.deepEqual([map.rows.length, map.of], [210, 210])
    assert.deepEqual(
      map.flagged.map(({ finding, points, rows }) => [finding, points.length, rows]),
      [[PLANTED.id, 10, 10]],
    )
    assert.ok(map.variance[0] >= map.variance[1] && map.variance[1] > 0)
  })

  test('flagged rows fit the label of others, all others their own', () => {
    const { classes } = pictures
    assert.ok('classes' in classes)
    assert.deepEqual(
      classes.classes.map(({ label, rows, flagged }) => [label, rows, flagged]),
      [
        ['bad', 105, 5],
        ['good', 105, 5],
      ],
    )
    for (const { bins, flaggedBins, rows } of classes.classes) {
      const left = (list: readonly number[]): number => list.slice(0, list.length / 2).reduce((sum, count) => sum + count, 0)
      assert.equal(left(flaggedBins), 5)
      assert.equal(left(bins), 5)
      assert.equal(
        bins.reduce((sum, count) => sum + count, 0),
        rows,
      )
    }
  })

  test('words come with their rows and the share of their commonest label', () => {
    const { words } = pictures
    assert.ok('words' in words)
    const expected = { rows: 105, share: 100 / 105 }
    assert.equal(words.words.filter(({ rows, share }) => rows === expected.rows && share === expected.share).length, 6)
    assert.deepEqual(
      words.words.filter(({ rows }) => rows === 10),
      [{ rows: 10, share: 0.5 }],
    )
    assert.equal(words.words.length, words.of)
  })

  test('sources come with their rows and their flagged rows', () => {
    const { sources } = pictures
    assert.ok('sources' in sources)
    assert.deepEqual(sources.sources, [
      { name: 'site0', rows: 67, flagged: 0 },
      { name: 'site1', rows: 67, flagged: 0 },
      { name: 'site2', rows: 66, flagged: 0 },
      { name: 'feed', rows: 10, flagged: 10 },
    ])
    assert.deepEqual(sources.others, { sources: 0, rows: 0, flagged: 0 })
  })
})

test('what was not surveyed is missing, with a reason', () => {
  const pictures = picturesOf(new Map(), new Map([['survey:words', 'the data has no labels']]), [])
  assert.deepEqual(pictures.words, { missing: 'the data has no labels' })
  for (const picture of Object.values(pictures) as { missing?: string }[]) assert.ok(picture.missing)
})

test('more rows than there is room for are thinned to a uniform half, whatever the order', () => {
  const part = (from: number, count: number): ReturnType<typeof rowBytes> => {
    const state = rowBytes(1, 1000)
    const rows = Float64Array.from({ length: count }, (_, i) => from + i)
    addRows(
      state,
      0,
      rows,
      Uint8Array.from(rows, (row) => row % 251),
    )
    return state
  }
  const tables = [
    [part(0, 700), part(700, 900)],
    [part(700, 900), part(0, 700)],
    [part(900, 700), part(0, 100), part(100, 800)],
  ].map((states) => {
    const whole = rowBytes(1, 1000)
    for (const state of states) mergeRowBytes(whole, state)
    return rowTable(whole, 1)
  })
  const [table, ...others] = tables
  assert.ok(table)
  for (const other of others) assert.deepEqual(other, table)
  const kept = table.files[0]?.rows.length ?? 0
  assert.equal(table.level, 1)
  assert.ok(kept > 700 && kept < 900, `${kept} of 1600`)
  const row = table.files[0]?.rows[5] ?? 0
  assert.equal(table.files[0]?.bytes[findRow(table, 0, row)], row % 251)
  assert.equal(findRow(table, 0, 1600), -1)
})
