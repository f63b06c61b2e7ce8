import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { matchData } from '../../src/clean/match-data.js'
import { selectRows, type Selection } from '../../src/clean/select-rows.js'
import { CredenceError } from '../../src/errors.js'
import type { Finding } from '../../src/model/finding.js'
import type { SourceFile } from '../../src/read/format.js'
import { renderJson } from '../../src/report/json.js'
import { parseReport } from '../../src/report/explain-read.js'
import type { FlagLines } from '../../src/review/data-messages.js'
import { decisionSchema, type Decision } from '../../src/review/decisions.js'
import { sampleFinding, sampleReport } from '../report/sample-report.js'

const rows = (...numbers: number[]): Finding['rows'] => numbers.map((row) => ({ file: 0, row, score: 0.5 }))
const found = (id: string, change: Partial<Finding>): Finding => sampleFinding({ id, examples: [], ...change })
const PATH = sampleReport().coverage.files[0]!.path

const FINDINGS = [
  found('trigger-1', { rows: rows(0, 1), severity: 'medium' }),
  found('outlier-1', { rows: rows(2), severity: 'low', scanner: 'outlier', category: 'quality' }),
  found('trigger-2', { rows: rows(3), suppression: { reason: 'known', expires: null } }),
  found('trigger-3', { rows: rows(4), change: 'unchanged' }),
  found('trigger-4', { rows: rows(1, 5) }),
]
const REPORT = parseReport(renderJson(sampleReport({ findings: FINDINGS })), 'report.json')

const lines = FINDINGS.flatMap((finding, place) => finding.rows.map(({ row }) => ({ place, row })))
const FLAGS: FlagLines = {
  files: [PATH],
  findings: FINDINGS.map(({ id }) => id),
  labels: ['positive'],
  file: new Uint32Array(lines.length),
  finding: Uint32Array.from(lines, ({ place }) => place),
  row: Float64Array.from(lines, ({ row }) => row),
  score: new Float64Array(lines.length).fill(0.5),
  suggested: Int32Array.from(lines, ({ place }) => (place === 4 ? 0 : -1)),
}

const decision = (target: Decision['target'], verdict: Decision['verdict'], reviewer = 'ann'): Decision =>
  decisionSchema.parse({ v: 1, at: '2026-01-02T03:04:05Z', reviewer, target, verdict })
const row = (number: number, file = PATH): Decision['target'] => ({ kind: 'row', file, row: number })
const finding = (id: string): Decision['target'] => ({ kind: 'finding', id })

function selected(selection: Partial<Selection> = {}, decisions: readonly Decision[] = []) {
  const all = { minSeverity: 'medium' as const, findings: [], scanners: [], categories: [], ...selection }
  const { files, notes } = selectRows(REPORT, FLAGS, decisions, all)
  return { rows: [...files[0]!.keys()].sort((a, b) => a - b), files, notes }
}

describe('which rows go', () => {
  test('those of findings that count and are serious enough', () => {
    assert.deepEqual(selected().rows, [0, 1, 5])
    assert.deepEqual(selected().notes, [
      '2 findings that were known before or are accepted keep their rows',
      '1 findings below medium keep their rows',
    ])
    assert.deepEqual(selected({ minSeverity: 'low' }).rows, [0, 1, 2, 5])
    assert.deepEqual(selected({ minSeverity: 'high' }).rows, [1, 5])
    assert.deepEqual(selected({ minSeverity: 'low', categories: ['quality'] }).rows, [2])
    assert.deepEqual(selected({ scanners: ['privacy'] }).rows, [])
  })

  test('those of findings that are named, and no others, whatever they are', () => {
    assert.deepEqual(selected({ findings: ['2', 'trigger-3'] }).rows, [2, 4])
    assert.throws(() => selected({ findings: ['trigger'] }), /is the start of the ids of 4 findings/)
  })

  test('a row knows all findings that name it, and what label each suggests', () => {
    assert.deepEqual(selected().files[0]!.get(1)?.findings, [
      { finding: 0, score: 0.5, suggested: null },
      { finding: 4, score: 0.5, suggested: 'positive' },
    ])
  })

  test('what people decided wins over severity: clean stays, poison goes', () => {
    const decisions = [
      decision(row(0), 'clean'),
      decision(row(77), 'poison'),
      decision(row(78), 'unsure'),
      decision(row(79), 'poison'),
      decision(row(79), null),
      decision(finding('trigger-4'), 'clean'),
      decision(finding('outlier-1'), 'poison'),
    ]
    assert.deepEqual(selected({}, decisions).rows, [1, 2, 77])
  })

  test('where reviewers differ, rows are left out, and it is said', () => {
    const decisions = [decision(row(8), 'poison'), decision(row(8), 'clean', 'ben'), decision(row(1, 'elsewhere'), 'poison')]
    const { rows, notes } = selected({}, decisions)
    assert.deepEqual(rows, [0, 1, 5, 8])
    assert.match(notes.join(), /1 decisions are about files that the report does not have.*reviewers differ about 1/)
  })

  test('flags of another report are refused', () => {
    const all = { minSeverity: 'low' as const, findings: [], scanners: [], categories: [] }
    const fewer = { ...FLAGS, file: FLAGS.file.subarray(1), finding: FLAGS.finding.subarray(1), row: FLAGS.row.subarray(1) }
    assert.throws(
      () => selectRows(REPORT, fewer, [], all),
      /not of this report\.json: it has 1 rows of trigger-1 and the report 2/,
    )
    const other = { ...FLAGS, findings: [...FLAGS.findings, 'trigger-9'] }
    assert.throws(() => selectRows(REPORT, other, [], all), /the report has no finding trigger-9/)
  })
})

describe('whether the data is what was scanned', () => {
  const scanned = ['data/lang=en/a.jsonl', 'data/lang=en/b.jsonl.gz'].map((path) => ({
    ...REPORT.coverage.files[0]!,
    path,
    format: path.endsWith('.gz') ? 'jsonl+gzip' : 'jsonl',
    bytes: 10,
  }))
  const source = (absolute: string, bytes = 10): SourceFile => ({
    path: absolute,
    absolute,
    format: 'jsonl',
    compression: absolute.endsWith('.gz') ? 'gzip' : 'none',
    bytes,
    split: null,
    partitions: {},
  })
  const moved = [source('/moved/lang=en/a.jsonl'), source('/moved/lang=en/b.jsonl.gz')]

  test('it may have been moved as a whole; partitions stay in its layout', () => {
    const matched = matchData(scanned, [...moved].reverse())
    assert.deepEqual(
      matched.map(({ source, inside }) => [source.absolute, inside]),
      [
        ['/moved/lang=en/a.jsonl', 'lang=en/a.jsonl'],
        ['/moved/lang=en/b.jsonl.gz', 'lang=en/b.jsonl.gz'],
      ],
    )
    assert.deepEqual(
      matchData(scanned.slice(0, 1), [source('/elsewhere/lang=en/a.jsonl')]).map(({ inside }) => inside),
      ['lang=en/a.jsonl'],
    )
  })

  test('other bytes, files more or fewer, and another format are refused', () => {
    const refused = (sources: readonly SourceFile[], message: RegExp): void => {
      assert.throws(
        () => matchData(scanned, sources),
        (error: unknown) => error instanceof CredenceError && error.code === 'usage' && message.test(error.message),
      )
    }
    refused([source('/moved/lang=en/a.jsonl', 11), moved[1]!], /has 11 bytes and had 10 when it was scanned/)
    refused([...moved, source('/moved/lang=en/c.jsonl')], /c\.jsonl was not scanned/)
    refused(moved.slice(0, 1), /was scanned and is not among it/)
    refused([{ ...moved[0]!, format: 'csv' }, moved[1]!], /is csv and was jsonl/)
  })
})
