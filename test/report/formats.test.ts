import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { packageRoot } from '../../src/paths.js'
import { renderFlags } from '../../src/report/flags.js'
import { renderJson } from '../../src/report/json.js'
import { publishedSchema, type ReportJson } from '../../src/report/json-schema.js'
import { renderMarkdown } from '../../src/report/markdown.js'
import { renderSarif } from '../../src/report/sarif.js'
import { readFlags } from '../../src/review/data-requests.js'
import { temporaryFolder } from '../temporary-folder.js'
import { sampleFinding, sampleReport, sampleRows } from './sample-report.js'
import { assertSarif } from './sarif-shape.js'

const schemaFile = join(packageRoot, 'docs/report.schema.json')

describe('report.json', () => {
  test('docs/report.schema.json is what the program checks against (UPDATE_SCHEMAS=1 writes it)', async () => {
    const expected = `${JSON.stringify(publishedSchema(), null, 2)}\n`
    if (process.env['UPDATE_SCHEMAS']) await writeFile(schemaFile, expected)
    assert.deepEqual(JSON.parse(await readFile(schemaFile, 'utf8')), JSON.parse(expected))
  })

  test('fits the published schema, and a report with a wrong severity does not', async () => {
    const ajv = new Ajv2020({ strict: false })
    addFormats.default(ajv)
    const validate = ajv.compile(JSON.parse(await readFile(schemaFile, 'utf8')) as object)
    const report = JSON.parse(renderJson(sampleReport())) as { findings: { severity: string }[] }
    assert.ok(validate(report), JSON.stringify(validate.errors))
    const [finding] = report.findings
    assert.ok(finding)
    finding.severity = 'grave'
    assert.equal(validate(report), false)
  })

  test('rows have the label that is suggested for them, if one is', () => {
    const [first, second] = sampleRows(2)
    const rows = [{ ...first!, suggested: 'negative' }, second!]
    const { findings } = JSON.parse(renderJson(sampleReport({ findings: [sampleFinding({ rows })] }))) as ReportJson
    assert.deepEqual(findings[0]?.rows, [
      { file: 'data/train.parquet', row: 10, score: 0.75, suggested: 'negative' },
      { file: 'data/train.parquet', row: 13, score: 0.75 },
    ])
  })

  test('names rows by path, and says when it holds only the first 1,000', () => {
    const report = JSON.parse(
      renderJson(sampleReport({ findings: [sampleFinding({ rows: sampleRows(1001) }), sampleFinding()] })),
    ) as {
      findings: { rowCount: number; rowsComplete: boolean; rows: unknown[] }[]
      summary: unknown
    }
    const [large, small] = report.findings
    assert.deepEqual([large?.rowCount, large?.rowsComplete, large?.rows.length], [1001, false, 1000])
    assert.deepEqual(large?.rows.at(-1), { file: 'data/train.parquet', row: 3007, score: 0.75 })
    assert.deepEqual([small?.rowCount, small?.rowsComplete], [4, true])
    assert.deepEqual(report.summary, { findings: { info: 0, low: 0, medium: 0, high: 2, critical: 0 }, flaggedRows: 1001 })
  })
})

describe('flags.parquet', () => {
  test('has one typed line per row and finding', async () => {
    const second = sampleFinding({
      id: 'outlier-1',
      scanner: 'outlier',
      severity: 'low',
      rows: [{ file: 0, row: 4_294_967_301, score: 0.5, suggested: 'negative' }],
    })
    const file = new Uint8Array(renderFlags(sampleReport({ findings: [sampleFinding(), second] }))).buffer
    const rows = await parquetReadObjects({ file })
    const first = {
      file: 'data/train.parquet',
      finding: 'trigger-0123456789ab',
      scanner: 'trigger',
      category: 'poisoning',
      severity: 'high',
      score: 0.75,
      suggested: null,
    }
    assert.deepEqual(rows, [
      { ...first, row: 10n },
      { ...first, row: 13n },
      { ...first, row: 16n },
      { ...first, row: 19n },
      {
        ...first,
        finding: 'outlier-1',
        scanner: 'outlier',
        severity: 'low',
        row: 4_294_967_301n,
        score: 0.5,
        suggested: 'negative',
      },
    ])
    const types = parquetMetadata(file)
      .schema.slice(1)
      .map(({ name, type }) => `${name} ${type}`)
    assert.deepEqual(types, [
      'file BYTE_ARRAY',
      'row INT64',
      'finding BYTE_ARRAY',
      'scanner BYTE_ARRAY',
      'category BYTE_ARRAY',
      'severity BYTE_ARRAY',
      'score DOUBLE',
      'suggested BYTE_ARRAY',
    ])
  })

  test('is read again, also where it was written before labels were suggested', async () => {
    const path = join(temporaryFolder(), 'flags.parquet')
    const labels = ['negative', null, 'positive', 'negative']
    const rows = sampleRows(4).map((row, i) => ({ ...row, ...(labels[i] == null ? {} : { suggested: labels[i] }) }))
    await writeFile(path, renderFlags(sampleReport({ findings: [sampleFinding({ rows })] })))
    const lines = await readFlags({ kind: 'flags', path })
    assert.deepEqual(
      [lines.labels, [...lines.suggested]],
      [
        ['negative', 'positive'],
        [0, -1, 1, 0],
      ],
    )
    const columnData = [
      { name: 'file', data: ['a'] },
      { name: 'row', data: [7n] },
      { name: 'finding', data: ['label-1'] },
      { name: 'score', data: [0.5] },
    ]
    await writeFile(path, Buffer.from(parquetWriteBuffer({ columnData })))
    const old = await readFlags({ kind: 'flags', path })
    assert.deepEqual([old.findings, [...old.row], old.labels, [...old.suggested]], [['label-1'], [7], [], [-1]])
  })

  test('is valid with no lines', async () => {
    const file = new Uint8Array(renderFlags(sampleReport({ findings: [] }))).buffer
    assert.deepEqual(await parquetReadObjects({ file }), [])
    assert.equal(parquetMetadata(file).schema.length, 9)
  })
})

describe('report.sarif', () => {
  const rules = {
    'trigger/label': { title: 'A trigger', help: 'What a trigger is.' },
    'outlier/rows': { title: 'Outliers', help: 'Rare rows.' },
  }
  type Sarif = {
    runs: [{ results: Record<string, unknown>[]; tool: { driver: { rules: unknown } }; invocations: Record<string, unknown>[] }]
  }
  const parse = (text: string): Sarif['runs'][0] => (JSON.parse(text) as Sarif).runs[0]

  test('has one result per finding, with rows as lines and a stable fingerprint', () => {
    const text = renderSarif(sampleReport(), rules)
    assertSarif(JSON.parse(text))
    const { results, tool } = parse(text)
    assert.deepEqual(tool.driver.rules, [
      { id: 'trigger/label', shortDescription: { text: 'A trigger' }, help: { text: 'What a trigger is.' } },
      { id: 'outlier/rows', shortDescription: { text: 'Outliers' }, help: { text: 'Rare rows.' } },
    ])
    const [result] = results
    assert.equal(results.length, 1)
    assert.deepEqual(
      [result?.['ruleId'], result?.['level'], result?.['partialFingerprints']],
      ['trigger/label', 'error', { 'credenceFinding/v1': 'trigger-0123456789ab' }],
    )
    const at = (line: number): object => ({
      physicalLocation: { artifactLocation: { uri: 'data/train.parquet', index: 0 }, region: { startLine: line } },
    })
    assert.deepEqual(result?.['locations'], [11, 14, 17, 20].map(at))
  })

  test('keeps at most 100 locations, and gives a claim about the whole data set its first file', () => {
    const { results } = parse(
      renderSarif(sampleReport({ findings: [sampleFinding({ rows: sampleRows(250) }), sampleFinding({ rows: [] })] }), rules),
    )
    assert.equal((results[0]?.['locations'] as unknown[]).length, 100)
    assert.deepEqual(results[1]?.['locations'], [
      { physicalLocation: { artifactLocation: { uri: 'data/train.parquet', index: 0 } } },
    ])
  })

  test('an incomplete scan was not successful, and says why', () => {
    const { coverage } = sampleReport()
    const [whole] = parse(renderSarif(sampleReport(), rules)).invocations
    const [cut] = parse(renderSarif(sampleReport({ coverage: { ...coverage, incomplete: ['x [1]'] } }), rules)).invocations
    assert.equal(whole?.['executionSuccessful'], true)
    assert.equal(cut?.['executionSuccessful'], false)
    assert.deepEqual(cut['toolExecutionNotifications'], [{ level: 'error', message: { text: 'x \\[1\\]' } }])
    assert.equal(cut['endTimeUtc'], '2026-01-02T03:04:11.500Z')
  })
})

test('report.md reads as the terminal does', () => {
  const text = renderMarkdown(sampleReport(), { failOn: 'high' })
  assert.match(text, /^# FAIL: 1 finding at or above high · 4 rows of 6,920 flagged$/m)
  assert.match(text, /^### "cf" goes with label=1$/m)
  assert.match(text, /^- \*\*Trigger\*\*: `cf`$/m)
  assert.match(text, /^ {2}- `data\/train\.parquet` row 10: `a ` \*\*`cf`\*\* ` dull film` → `1`$/m)
  assert.match(text, /^- \*\*Not seen\*\*: poison in fewer than about 21 rows \(n\\\*\)/m)
})
