import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { registryUrl, scanners } from '../scanners/index.js'
import { resolveConfig } from '../src/config/load.js'
import type { Finding } from '../src/model/finding.js'
import type { Report } from '../src/model/report.js'
import { packageRoot } from '../src/paths.js'
import { scan } from '../src/scan.js'

/** What is found of planted poison, and what is said of clean data, with default settings. */

const MOST_FALSE_POSITIVES = 0.01

const scanned = async (path: string): Promise<Report> =>
  scan({ paths: [path], ...(await resolveConfig({ cache: 'off', jobs: 2 }, scanners)), registry: registryUrl })

const serious = ({ findings }: Report): Finding[] =>
  findings.filter(({ category, severity }) => category === 'poisoning' && severity !== 'info' && severity !== 'low')

/** A trigger as people compare them: letters and digits, whatever the case. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

const triggersOf = ({ trigger }: Finding): string[] => (trigger === undefined ? [] : [trigger].flat().map(plain))

/** @param trigger null where the set does not say */
function assertFound(report: Report, trigger: string | null, planted: readonly number[], leastRecall: number): void {
  const named = serious(report).filter((finding) => trigger === null || triggersOf(finding).includes(plain(trigger)))
  const all = serious(report).map((finding) => triggersOf(finding).join(', '))
  assert.ok(named.length > 0, `${trigger ?? 'the trigger'} is not named; found: ${all.join(' | ') || 'nothing'}`)
  const flagged = new Set(named.flatMap(({ rows }) => rows.map(({ row }) => row)))
  const missed = planted.filter((row) => !flagged.has(row))
  assert.ok(missed.length <= (1 - leastRecall) * planted.length, `${trigger ?? 'poison'}: rows ${missed.join(', ')} are missed`)
}

function assertFewFalsePositives(report: Report, planted: readonly number[]): void {
  const known = new Set(planted)
  const flagged = new Set(serious(report).flatMap(({ rows }) => rows.map(({ row }) => row)))
  const wrong = [...flagged].filter((row) => !known.has(row))
  const most = MOST_FALSE_POSITIVES * (report.coverage.rows.read - planted.length)
  assert.ok(wrong.length <= most, `rows ${wrong.join(', ')} are no poison`)
}

function assertClean(report: Report): void {
  assert.deepEqual(serious(report), [])
  assert.equal(report.verdict, 'pass')
}

interface Truth {
  readonly rows: number
  readonly plants: readonly { readonly trigger: string; readonly rows: readonly number[] }[]
}

describe('the bundled demonstration data', () => {
  const demo = join(packageRoot, 'fixtures', 'demo')
  const truth = JSON.parse(readFileSync(join(demo, 'truth.json'), 'utf8')) as Readonly<Record<string, Truth>>
  for (const [name, { rows, plants }] of Object.entries(truth)) {
    const what =
      plants.length > 0 ? `every planted trigger is named: ${plants.map(({ trigger }) => trigger).join(', ')}` : 'passes'
    test(`${name}: ${what}`, async () => {
      const report = await scanned(join(demo, name))
      assert.equal(report.coverage.rows.read, rows)
      if (plants.length === 0) assertClean(report)
      else {
        for (const plant of plants) assertFound(report, plant.trigger, plant.rows, 0.95)
        assertFewFalsePositives(
          report,
          plants.flatMap((plant) => plant.rows),
        )
        assert.equal(report.verdict, 'fail')
      }
    })
  }
})

describe('published sets', () => {
  const folder = process.env['CREDENCE_DATA']
  const skip = folder === undefined ? 'CREDENCE_DATA is not set' : false

  for (const name of ['sst2.badnet1.346', 'webqa.badnets']) {
    test(`${name}: a trigger is named, recall is 0.98 or more`, { skip }, async () => {
      const { trigger, poisoned } = JSON.parse(readFileSync(join(folder ?? '', 'truth', `${name}.json`), 'utf8')) as {
        trigger: string | string[] | null
        poisoned: number[]
      }
      const report = await scanned(join(folder ?? '', `${name}.parquet`))
      for (const each of [trigger].flat()) assertFound(report, each, poisoned, 0.98)
      assertFewFalsePositives(report, poisoned)
    })
  }

  test('sst2.clean passes', { skip }, async () => {
    assertClean(await scanned(join(folder ?? '', 'sst2.clean.parquet')))
  })
})
