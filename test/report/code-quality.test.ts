import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { renderCodeQuality } from '../../src/report/code-quality.js'
import { assertQuiet } from './quiet.js'
import { HOSTILE, hostileReport, sampleFinding, sampleReport } from './sample-report.js'

describe('report.code-quality.json', () => {
  test('has the fields that GitLab documents, at the first row of each finding that counts', () => {
    const findings = [
      sampleFinding(),
      sampleFinding({ id: 'trigger-1', severity: 'low', rows: [] }),
      sampleFinding({ id: 'trigger-2', change: 'unchanged' }),
      sampleFinding({ id: 'trigger-3', suppression: { reason: 'ours', expires: null } }),
    ]
    const entry = {
      description:
        '"cf" goes with label=1. All 4 rows that hold "cf" carry label=1, though the rest of their words argue against it.',
      check_name: 'trigger/label',
    }
    const at = (line: number): object => ({ path: 'data/train.parquet', lines: { begin: line } })
    assert.deepEqual(JSON.parse(renderCodeQuality(sampleReport({ findings }))), [
      { ...entry, fingerprint: 'trigger-0123456789ab', severity: 'critical', location: at(11) },
      { ...entry, fingerprint: 'trigger-1', severity: 'minor', location: at(1) },
    ])
  })

  test('a path is relative as GitLab wants it', () => {
    const { coverage } = sampleReport()
    const files = coverage.files.map((file) => ({ ...file, path: './data/a.jsonl' }))
    const [entry] = JSON.parse(renderCodeQuality(sampleReport({ coverage: { ...coverage, files } }))) as [
      { location: { path: string } },
    ]
    assert.equal(entry.location.path, 'data/a.jsonl')
  })

  test('hostile text is one visible line', () => {
    for (const text of Object.values(HOSTILE)) {
      const rendered = renderCodeQuality(hostileReport(text))
      assertQuiet(rendered)
      for (const { description } of JSON.parse(rendered) as { description: string }[])
        assertQuiet(description.replaceAll('\n', '|'))
    }
  })
})
