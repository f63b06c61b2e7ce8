import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { renderJUnit } from '../../src/report/junit.js'
import { assertQuiet } from './quiet.js'
import { HOSTILE, hostileReport, sampleFinding, sampleReport } from './sample-report.js'
import { xmlElements } from './xml-elements.js'

describe('report.junit.xml', () => {
  const { coverage } = sampleReport()

  test('has a suite per scanner and a case per finding, and fails those at or above the threshold that count', () => {
    const findings = [
      sampleFinding(),
      sampleFinding({ id: 'trigger-1', severity: 'medium' }),
      sampleFinding({ id: 'trigger-2', change: 'unchanged' }),
      sampleFinding({ id: 'trigger-3', suppression: { reason: 'a <word> of "ours"', expires: null } }),
    ]
    const elements = xmlElements(renderJUnit(sampleReport({ findings }), { failOn: 'high' }))
    const cases = elements.filter(({ name }) => name === 'testcase')
    assert.deepEqual(
      cases.map(({ attributes, children }) => [attributes['classname'], attributes['name'], ...children]),
      [
        ['scan', 'everything was read and ran'],
        ['trigger/label', '"cf" goes with label=1 (trigger-0123456789ab)', 'failure'],
        ['trigger/label', '"cf" goes with label=1 (trigger-1)', 'system-out'],
        ['trigger/label', '"cf" goes with label=1 (trigger-2)', 'skipped'],
        ['trigger/label', '"cf" goes with label=1 (trigger-3)', 'skipped'],
        ['provenance', 'no findings', 'skipped'],
      ],
    )
    const [whole] = elements
    assert.deepEqual(whole?.attributes, { name: 'credence', tests: '6', failures: '1', errors: '0', skipped: '3', time: '6.500' })
    assert.deepEqual(
      elements.filter(({ name }) => name === 'skipped').map(({ attributes }) => attributes['message']),
      ['known before', 'accepted: a <word> of "ours"', 'no column says where rows come from'],
    )
    const failure = elements.find(({ name }) => name === 'failure')
    assert.deepEqual(failure?.text.split('\n').slice(1, 5), [
      'Trigger: "cf"',
      'Target: label=1',
      'Rows: 4',
      'data/train.parquet row 10: a cf dull film',
    ])
  })

  test('an incomplete scan and a scanner that failed are errors', () => {
    const scanners = [{ id: 'trigger', status: 'failed' as const, reason: 'out of memory', limits: {} }]
    const report = sampleReport({ findings: [], coverage: { ...coverage, scanners, incomplete: ['a < b', 'c'] } })
    const errors = xmlElements(renderJUnit(report, { failOn: 'never' })).filter(({ name }) => name === 'error')
    assert.deepEqual(
      errors.map(({ attributes, text }) => [attributes['message'], attributes['type'], text]),
      [
        ['the scan is incomplete', 'incomplete', 'a < b\nc'],
        ['out of memory', 'failed', ''],
      ],
    )
  })

  test('hostile text stays text, in well-formed XML', () => {
    const plain = xmlElements(renderJUnit(hostileReport('plain'), { failOn: 'high' })).map(({ name }) => name)
    for (const [name, text] of Object.entries(HOSTILE)) {
      const rendered = renderJUnit(hostileReport(text), { failOn: 'high' })
      assertQuiet(rendered)
      assert.deepEqual(
        xmlElements(rendered).map(({ name }) => name),
        plain,
        name,
      )
    }
  })
})
