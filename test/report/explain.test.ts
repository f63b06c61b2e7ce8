import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { scanners } from '../../scanners/index.js'
import { CLEAN_PURITY, CLEAN_ROWS } from '../../scanners/trigger/label-judge.js'
import { CredenceError } from '../../src/errors.js'
import type { Report } from '../../src/model/report.js'
import { explain, type EvidenceLine } from '../../src/report/explain.js'
import { findFinding, parseReport } from '../../src/report/explain-read.js'
import { explainRow } from '../../src/report/explain-row.js'
import { rowExplanationText } from '../../src/report/explain-row-text.js'
import { explanationText } from '../../src/report/explain-text.js'
import { valueText } from '../../src/report/explain-value.js'
import type { ReportJson } from '../../src/report/json-schema.js'
import { renderJson } from '../../src/report/json.js'
import { safeJson } from '../../src/report/safe-text.js'
import { HOSTILE, hostileReport, sampleFinding, sampleReport, sampleRows } from './sample-report.js'

const written = (report: Report): ReportJson => parseReport(renderJson(report), 'report.json')
const plain = { colour: false, width: 100 }

/** Of a clean-label trigger. */
const EVIDENCE = {
  pattern: 'clean-label',
  rowsWithTrigger: 1346,
  baseRate: 0.0312,
  log10AdjustedP: -3.26,
  contradictionZ: -0.5,
  constructor: 7,
}

function lineOf(key: string, evidence: Readonly<Record<string, number | string>> = EVIDENCE): EvidenceLine {
  const { evidence: lines } = explain(written(sampleReport({ findings: [sampleFinding({ evidence })] })), 1, scanners)
  const line = lines.find((one) => one.key === key)
  assert.ok(line !== undefined, key)
  return line
}

describe('values', () => {
  const cases = [
    [valueText(1346, 'rows'), '1,346 rows'],
    [valueText(1, 'rows'), '1 row'],
    [valueText(0.0312, 'share'), '3.12 %'],
    [valueText(1, 'share'), '100 %'],
    [valueText(-3.26, 'log10'), '10^-3.3'],
    [valueText(-126.7, 'log10'), '10^-127'],
    [valueText(0.4, 'log10'), '1'],
    [valueText(2.0137, 'signed'), '+2.01'],
    [valueText(-15.1234, 'signed'), '-15.1'],
    [valueText(0, 'signed'), '0'],
    [valueText(0.00042, 'signed'), '+4.2e-4'],
    [valueText(10.66, 'bits'), '10.7 bits'],
    [valueText(12_345.6), '12,346'],
    [valueText('a word', 'share'), 'a word'],
  ] as const
  for (const [actual, expected] of cases) test(expected, () => assert.equal(actual, expected))
})

describe('a finding', () => {
  test('each number has words, and the side that decides for its pattern', () => {
    const rows = lineOf('rowsWithTrigger')
    assert.deepEqual([rows.meaning, rows.shown, rows.value], ['rows that hold the trigger', '1,346 rows', 1346])
    assert.equal(lineOf('contradictionZ').decides, 'does not decide: the labels are true')
    assert.match(lineOf('contradictionZ', { ...EVIDENCE, pattern: 'flipped' }).decides ?? '', /^far below 0 decides/)
    const needed = lineOf('rowsWithTriggerAndTarget', { ...EVIDENCE, rowsWithTriggerAndTarget: 60 }).decides ?? ''
    assert.ok(needed.includes(`${100 * CLEAN_PURITY} %`) && needed.includes(`at least ${CLEAN_ROWS}`), needed)
  })

  test('a key or a pattern that no scanner declares is shown as it is, were it the name of what every object has', () => {
    assert.deepEqual(lineOf('constructor'), { key: 'constructor', value: 7, shown: '7', meaning: null, decides: null })
    assert.equal(lineOf('pattern', { pattern: 'toString' }).decides, null)
    const unknown = sampleReport({ findings: [sampleFinding({ scanner: 'seance' })] })
    const text = explanationText(explain(written(unknown), 1, scanners), plain)
    assert.match(text, /^ {2}Scanner {2}seance \(unknown to this version\); report by credence 0\.1\.0$/m)
    assert.match(text, /^ {2}excess \(not explained by this version\) +3\.50$/m)
  })

  test('text: head, table, rows, examples with marks, what it was judged with', () => {
    const found = sampleFinding({ evidence: EVIDENCE, rows: sampleRows(12) })
    const text = explanationText(explain(written(sampleReport({ findings: [found] })), 1, scanners), plain)
    assert.match(
      text,
      /^HIGH {2}"cf" goes with label=1\n {2}Finding {2}1, trigger-0123456789ab, trigger\/label, poisoning, score 0\.990\n/,
    )
    assert.match(text, /^ {2}Why {6}All 4 rows that hold "cf" carry label=1/m)
    assert.match(text, /^ {2}rows that hold the trigger +1,346 rows$/m)
    assert.match(text, /^ {2}probability that chance gives so many +10\^-3\.3 +an association when at most alpha/m)
    assert.match(text, /^ {2}12 rows, 0-based: data\/train\.parquet: 10, 13, 16, 19, 22, 25, 28, 31, 34, 37, and 2 more$/m)
    assert.match(text, /^ {2}row 13 text {2}no plot, ⟦cf⟧ no wit → 1$/m)
    assert.match(text, /^ {2}alpha {4}0\.01: /m)
    assert.match(text, /^ {2}n\* {7}21 rows: /m)
    assert.match(text, /^ {2}Encoder {2}static \(sha256 abababababa…\) on cpu$/m)
    assert.match(text, /^ {2}Seed {5}0$/m)
    for (const line of text.split('\n').slice(2)) assert.ok(line.length <= 100, line)
  })

  test('about the whole data set', () => {
    const text = explanationText(explain(written(sampleReport({ findings: [sampleFinding({ rows: [] })] })), 1, []), plain)
    assert.match(text, /^Rows\n {2}the whole data set\n/m)
  })
})

test('a row: its score in each finding, and the label that one suggests for it, with nothing raw', () => {
  const report = written(sampleReport({ findings: [sampleFinding(), sampleFinding({ id: 'label-1' })] }))
  const place = { file: 'data/train.parquet', row: 13 }
  const findings = [
    { index: 0, score: 0.75, suggested: null },
    { index: 1, score: 0.5, suggested: 'neg\u001b[2J' },
  ]
  const text = rowExplanationText(explainRow(report, place, { findings, gap: null, decisions: [] }), plain)
  assert.match(text, /^ {2}Score {4}0\.750 for this row, of 1\n {2}Why /m)
  assert.match(text, /^ {2}Score {4}0\.500 for this row, of 1\n {2}Label {4}looks like "neg\\u001b\[2J"$/m)
})

describe('which finding', () => {
  const report = written(
    sampleReport({
      findings: ['trigger-0123456789ab', 'trigger-0199999999ab', 'label-0123456789ab'].map((id) => sampleFinding({ id })),
    }),
  )
  const refused = (name: string, from = report): CredenceError => {
    try {
      findFinding(from, name)
    } catch (error) {
      assert.ok(error instanceof CredenceError && error.code === 'usage')
      return error
    }
    throw new assert.AssertionError({ message: `${name} was found` })
  }

  test('by number, id and start of the id', () => {
    assert.equal(findFinding(report, '3'), 3)
    assert.equal(findFinding(report, 'trigger-0199999999ab'), 2)
    assert.equal(findFinding(report, 'trigger-012'), 1)
    assert.equal(findFinding(report, 'l'), 3)
  })

  test('an id wins over the longer ids that it starts', () => {
    const both = ['trigger-01', 'trigger-0123456789ab'].map((id) => sampleFinding({ id }))
    assert.equal(findFinding(written(sampleReport({ findings: both })), 'trigger-01'), 1)
  })

  test('an ambiguous start lists those it may be, by number', () => {
    const { message, suggestions } = refused('trigger-01')
    assert.equal(message, '"trigger-01" is the start of the ids of 2 findings:')
    assert.deepEqual(suggestions, [
      '1  trigger-0123456789ab  "cf" goes with label=1',
      '2  trigger-0199999999ab  "cf" goes with label=1',
    ])
  })

  test('an id that a stranger’s report has twice', () => {
    const twice = written(sampleReport({ findings: [sampleFinding(), sampleFinding()] }))
    assert.equal(refused('trigger-0123456789ab', twice).message, '"trigger-0123456789ab" is the id of 2 findings:')
  })

  test('none: lists a bounded number of what there is', () => {
    for (const name of ['', '0', '4', 'outlier', '1e0', '-1', '99999999999999999999']) refused(name)
    const many = Array.from({ length: 25 }, (_, i) => sampleFinding({ id: `trigger-${i + 100}`, title: 'x'.repeat(5000) }))
    const { suggestions } = refused('outlier', written(sampleReport({ findings: many })))
    assert.equal(suggestions.length, 11)
    assert.equal(suggestions[10], '… and 15 more')
    assert.ok(suggestions.every((line) => line.length < 200))
    assert.equal(refused('1', written(sampleReport({ findings: [] }))).message, 'the report has no findings to explain')
  })
})

describe('what is no report', () => {
  const report = JSON.parse(renderJson(sampleReport())) as Record<string, unknown>
  const cases: readonly (readonly [string, string, RegExp])[] = [
    ['no JSON', '{', /^r\.json is not a report of credence: not JSON$/],
    ['another thing', '{"runs":[]}', /^r\.json is not a report of credence: at schemaVersion: /],
    ['a list', '[]', /^r\.json is not a report of credence: at the top: /],
    ['newer', '{"schemaVersion":2}', /^r\.json has report version 2; this credence reads version 1$/],
    ['a broken field', JSON.stringify({ ...report, verdict: 'fine' }), /^r\.json is not a report of credence: at verdict: /],
    ['deep', '['.repeat(1e6), /^r\.json is not a report of credence: /],
  ]
  for (const [name, text, message] of cases) {
    test(name, () => {
      assert.throws(() => parseReport(text, 'r.json'), { name: 'CredenceError', code: 'usage', message })
    })
  }
})

/** What acts on a terminal or hides from a reader. */
const ACTIVE =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e01ef}\p{Surrogate}]/u

describe('a hostile report', () => {
  for (const [name, text] of Object.entries(HOSTILE)) {
    test(name, () => {
      const report = hostileReport(text)
      const [finding] = report.findings
      assert.ok(finding !== undefined)
      // Also under a key and a scanner that this version explains.
      const known = { ...finding, evidence: { pattern: text, rowsWithTrigger: text } }
      const explained = written({ ...report, findings: [finding, { ...known, scanner: text }, known] })
      for (const number of [1, 2, 3]) {
        const explanation = explain(explained, number, scanners)
        for (const colour of [false, true]) {
          const shown = explanationText(explanation, { colour, width: 60 })
          const own = colour ? shown.replace(/\u001b\[[0127]m/g, '') : shown
          assert.doesNotMatch(own, ACTIVE)
          assert.doesNotMatch(own, /^\s*::/m)
          assert.doesNotMatch(own, /##[a-z]*\[/i)
          assert.ok(shown.length < 20_000, `${shown.length} characters`)
        }
        assert.doesNotMatch(safeJson(explanation), ACTIVE)
      }
    })
  }
})
