import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ordered, verdictOf, type FailOn } from '../../src/fuse/fuse.js'
import { SEVERITIES, type Finding, type Severity } from '../../src/model/finding.js'

function finding(severity: Severity, score = 0.5, id = 'trigger-000000000001'): Finding {
  const said = { title: 'a claim', why: 'because', advice: 'look', evidence: {}, rows: [], examples: [] }
  return { id, scanner: 'trigger', message: 'trigger/label', category: 'poisoning', severity, score, ...said }
}

test('the most serious comes first, then the higher score, then the lower id', () => {
  const list = [
    finding('low', 0.9, 'a-3'),
    finding('critical', 0.1, 'a-9'),
    finding('high', 0.5, 'b-1'),
    finding('high', 0.5, 'a-2'),
    finding('high', 0.7, 'c-1'),
    finding('info', 1, 'a-0'),
    finding('medium', 0, 'a-1'),
  ]
  const expected = ['a-9', 'c-1', 'a-2', 'b-1', 'a-1', 'a-3', 'a-0']
  fc.assert(
    fc.property(fc.shuffledSubarray(list, { minLength: list.length }), (shuffled) => {
      const before = [...shuffled]
      assert.deepEqual(
        ordered(shuffled).map(({ id }) => id),
        expected,
      )
      assert.deepEqual(shuffled, before)
    }),
  )
})

test('incomplete, fail, review, pass: the table', () => {
  const of = (severities: readonly Severity[], failOn: FailOn, gaps: readonly string[] = []) =>
    verdictOf(
      severities.map((severity) => finding(severity)),
      gaps,
      failOn,
    )
  assert.equal(of([], 'high'), 'pass')
  assert.equal(of(['low', 'info'], 'high'), 'pass')
  assert.equal(of(['medium'], 'high'), 'review')
  assert.equal(of(['info', 'high'], 'high'), 'fail')
  assert.equal(of(['critical'], 'high'), 'fail')
  assert.equal(of(['high'], 'critical'), 'review')
  assert.equal(of(['info'], 'info'), 'fail')
  // 'never' is about the exit code: the verdict is that of the default.
  assert.deepEqual([of(['critical'], 'never'), of(['medium'], 'never')], ['fail', 'review'])
  assert.equal(of([], 'never', ['a.parquet: not read']), 'incomplete')
  assert.equal(of(['medium'], 'high', ['a.parquet: not read']), 'incomplete')
  assert.equal(of(['high'], 'high', ['a.parquet: not read']), 'incomplete')
})

test('one more finding never makes a verdict milder', () => {
  const rank = { pass: 0, review: 1, fail: 2, incomplete: 3 }
  const severity = fc.constantFrom(...SEVERITIES)
  const gaps = fc.constantFrom([], ['a gap'])
  fc.assert(
    fc.property(
      fc.array(severity),
      severity,
      gaps,
      fc.constantFrom(...SEVERITIES, 'never' as const),
      (list, more, gap, failOn) => {
        const findings = list.map((each) => finding(each))
        const before = verdictOf(findings, gap, failOn)
        assert.ok(rank[verdictOf([...findings, finding(more)], gap, failOn)] >= rank[before])
      },
    ),
  )
})
