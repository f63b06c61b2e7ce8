import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exitCodeOfError, exitCodeOfReport } from '../../src/cli/exit-codes.js'
import { sampleFinding, sampleReport } from '../report/sample-report.js'

const { coverage } = sampleReport()
const incomplete = { verdict: 'incomplete', coverage: { ...coverage, incomplete: ['a file was skipped'] } } as const

test('1 at or above the threshold, 0 below it', () => {
  const report = sampleReport({ findings: [sampleFinding({ severity: 'medium' })], verdict: 'review' })
  assert.deepEqual(
    (['info', 'medium', 'high', 'critical', 'never'] as const).map((threshold) => exitCodeOfReport(report, threshold)),
    [1, 1, 0, 0, 0],
  )
})

test('an incomplete scan is 3, whatever was found', () => {
  assert.equal(exitCodeOfReport(sampleReport({ ...incomplete, findings: [] }), 'high'), 3)
  assert.equal(exitCodeOfReport(sampleReport({ ...incomplete, findings: [sampleFinding()] }), 'never'), 3)
  assert.equal(exitCodeOfReport(sampleReport({ ...incomplete, verdict: 'review', findings: [] }), 'high'), 3)
  assert.equal(exitCodeOfReport(sampleReport({ ...incomplete, findings: [sampleFinding()] }), 'high'), 3)
})

test('what the user can put right is 2, all else 3', () => {
  assert.deepEqual((['usage', 'not-found', 'roles'] as const).map(exitCodeOfError), [2, 2, 2])
  assert.deepEqual((['format', 'no-rows', 'worker', 'internal', 'io'] as const).map(exitCodeOfError), [3, 3, 3, 3, 3])
})
