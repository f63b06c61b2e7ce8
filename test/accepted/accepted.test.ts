import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { readAccepted, withAccepted } from '../../src/accepted/apply.js'
import { baselineOf, readBaseline, writeBaseline, type Baseline } from '../../src/accepted/baseline.js'
import { changeOf } from '../../src/accepted/change.js'
import { readIgnoreFile, suppress } from '../../src/accepted/ignore-file.js'
import { CredenceError } from '../../src/errors.js'
import { counts, type Finding } from '../../src/model/finding.js'
import { sampleFinding, sampleReport } from '../report/sample-report.js'
import { temporaryFolder } from '../temporary-folder.js'

const PATHS = ['data/train.jsonl', 'data/mails/a.jsonl', './data/mails/b.jsonl']

function found(id: string, message: string, files: readonly number[] = [0], severity: Finding['severity'] = 'high'): Finding {
  const rows = files.map((file, row) => ({ file, row, score: 1 }))
  return { ...sampleFinding(), id, message, scanner: message.split('/')[0] ?? '', severity, rows }
}

function ignoreFile(text: string): string {
  const path = join(temporaryFolder(), 'ignore.yaml')
  writeFileSync(path, text)
  return path
}

const refuses = (text: string, message: RegExp): Promise<void> =>
  assert.rejects(readIgnoreFile(ignoreFile(text)), (error) => {
    assert.ok(error instanceof CredenceError)
    assert.equal(error.code, 'usage')
    assert.match(error.message, message)
    return true
  })

describe('the file of accepted findings', () => {
  const ENTRIES = `
- finding: trigger-1
  reason: the operator's own name
  expires: 2027-01-31
- rule: privacy/*
  path: data/mails/**
  reason: mails have addresses
  expires: 2027-01-31
- rule: outlier/looks
  reason: was accepted once
  expires: 2020-01-01
- rule: style/*
  reason: none was ever found
  expires: 2027-01-31
`

  test('a finding by its id, others by rule and path; what is in another file as well still counts', async () => {
    const findings = [
      found('trigger-1', 'trigger/label'),
      found('trigger-2', 'trigger/label'),
      found('privacy-1', 'privacy/email', [1, 2]),
      found('privacy-2', 'privacy/email', [0, 1]),
      found('outlier-1', 'outlier/looks'),
    ]
    const { findings: all, receipts } = suppress(findings, await readIgnoreFile(ignoreFile(ENTRIES)), PATHS, '2026-12-01')
    assert.deepEqual(
      all.filter((finding) => !counts(finding)).map(({ id, suppression }) => [id, suppression?.reason]),
      [
        ['trigger-1', "the operator's own name"],
        ['privacy-1', 'mails have addresses'],
      ],
    )
    assert.deepEqual(
      receipts.map(({ entry, state, findings }) => [entry, state, findings]),
      [
        ['trigger-1', 'used', 1],
        ['privacy/* in data/mails/**', 'used', 1],
        ['outlier/looks', 'expired', 0],
        ['style/*', 'unused', 0],
      ],
    )
  })

  test('an entry holds on its last day and not on the next', async () => {
    const entries = await readIgnoreFile(ignoreFile('- {finding: a, reason: b, expires: 2027-01-31}'))
    const on = (today: string): boolean => counts(suppress([found('a', 'trigger/label')], entries, PATHS, today).findings[0]!)
    assert.deepEqual([on('2027-01-31'), on('2027-02-01')], [false, true])
  })

  test('an empty file is no entries', async () => {
    assert.deepEqual(await readIgnoreFile(ignoreFile('# nothing yet\n')), [])
  })

  test('an entry without a reason, without a day, of both kinds or none, or with a word too many is refused, by its number', async () => {
    await refuses('- {finding: a, expires: 2027-01-31}', /entry 1, reason:/)
    await refuses('- {finding: a, reason: b}', /entry 1, expires: expected a day such as 2027-01-31/)
    await refuses('- {finding: a, reason: b, expires: soon}', /entry 1, expires: expected a day/)
    await refuses(
      '- {finding: a, reason: b, expires: 2027-01-31}\n- {finding: a, rule: b, reason: c, expires: 2027-01-31}',
      /entry 2: /,
    )
    await refuses('- {reason: b, expires: 2027-01-31}', /entry 1: expected either finding or rule/)
    await refuses('- {rule: b, because: c, reason: d, expires: 2027-01-31}', /entry 1: .*because/)
    await refuses('- [', /ignore\.yaml: /)
    await refuses('finding: a', /ignore\.yaml: /)
  })
})

describe('a baseline', () => {
  const sample = sampleReport()
  const rows = (count: number): Finding['rows'] => Array.from({ length: count }, (_, row) => ({ file: 0, row, score: 1 }))
  const of = (read: number, ...findings: readonly Finding[]): Baseline =>
    baselineOf(
      {
        tool: { version: '0.1.0' },
        coverage: { rows: { read }, incomplete: [] },
        findings: findings.map((finding) => ({ ...finding, rowCount: finding.rows.length })),
      },
      [],
      new Date('2026-01-01'),
    )
  const beside = (baseline: Baseline, read: number, ...findings: readonly Finding[]) =>
    withAccepted(
      { ...sample, findings, coverage: { ...sample.coverage, rows: { declared: null, read, skipped: 0 } } },
      { baseline: { name: 'b.json', content: baseline }, ignore: null, cleared: new Map() },
      new Set(['privacy']),
      new Date(),
    )

  test('is written and read again; not over a file that is there, but with force', async () => {
    const path = join(temporaryFolder(), 'b.json')
    const baseline = of(100, found('b', 'trigger/label'), found('a', 'trigger/label'), {
      ...found('c', 'trigger/label'),
      suppression: { reason: 'r', expires: null },
    })
    assert.deepEqual(
      baseline.findings.map(({ id }) => id),
      ['a', 'b'],
    )
    await writeBaseline(path, baseline, false)
    assert.deepEqual(await readBaseline(path), baseline)
    await assert.rejects(writeBaseline(path, baseline, false), /exists already/)
    await writeBaseline(path, baseline, true)
    writeFileSync(path, '{"version": 2}')
    await assert.rejects(readBaseline(path), /b\.json is not a baseline of this credence: at version/)
  })

  test('what it has does not count, what is new does, what is gone is said', () => {
    const known = { ...found('a', 'trigger/label'), rows: rows(40) }
    const report = beside(of(1000, known, found('gone', 'trigger/label')), 1000, known, found('b', 'trigger/label'))
    assert.deepEqual(
      report.findings.map(({ id, change }) => [id, change]),
      [
        ['a', 'unchanged'],
        ['b', 'new'],
      ],
    )
    assert.deepEqual(
      report.comparison?.resolved.map(({ id }) => id),
      ['gone'],
    )
  })

  test('one that has grown beyond its share counts; with the data it may grow', () => {
    const known = { ...found('a', 'trigger/label'), rows: rows(40) }
    const change = (read: number, count: number): unknown =>
      beside(of(1000, known), read, { ...known, rows: rows(count) }).findings[0]?.change
    assert.deepEqual(
      [change(1000, 44), change(2000, 80), change(1000, 90), change(1000, 20)],
      ['unchanged', 'unchanged', 'updated', 'unchanged'],
    )
  })

  test('where each row is a case of its own, one more counts', () => {
    const known = { ...found('a', 'privacy/email'), rows: rows(40) }
    const report = beside(of(1000, known), 1000, { ...known, rows: rows(41) })
    assert.equal(report.findings[0]?.change, 'updated')
  })

  test('what reviewers do not call clean is not accepted', () => {
    const report = { tool: { version: '0.1.0' }, coverage: { rows: { read: 9 }, incomplete: [] } }
    const findings = [found('a', 'trigger/label'), found('b', 'trigger/label')].map((finding) => ({ ...finding, rowCount: 1 }))
    assert.deepEqual(
      baselineOf({ ...report, findings }, ['a'], new Date()).findings.map(({ id }) => id),
      ['b'],
    )
  })

  test('one that has become more severe counts', () => {
    const growth = { rows: 0, of: 0, before: 0, alpha: 0.01 }
    assert.equal(changeOf({ severity: 'high' }, { severity: 'medium', rows: 0 }, growth), 'updated')
    assert.equal(changeOf({ severity: 'low' }, { severity: 'medium', rows: 0 }, growth), 'unchanged')
  })
})

describe('what reviewers decided', () => {
  const line = (reviewer: string, id: string, verdict: string, second: number): string =>
    JSON.stringify({ v: 1, at: `2026-01-01T00:00:0${second}.000Z`, reviewer, target: { kind: 'finding', id }, verdict })

  test('a finding that all who decided call clean does not count; one that they differ about does', async () => {
    const cwd = temporaryFolder()
    const lines = [
      line('ann', 'a', 'clean', 1),
      line('bob', 'a', 'clean', 2),
      line('ann', 'b', 'clean', 3),
      line('bob', 'b', 'poison', 4),
    ]
    writeFileSync(join(cwd, 'decisions.jsonl'), `${lines.join('\n')}\n`)
    const accepted = await readAccepted({ baseline: null, ignoreFile: 'auto', decisions: 'decisions.jsonl' }, cwd)
    const findings = [found('a', 'trigger/label'), found('b', 'trigger/label')]
    const report = withAccepted({ ...sampleReport(), findings }, accepted, new Set(), new Date())
    assert.deepEqual(
      report.findings.map(({ id, suppression }) => [id, suppression?.reason]),
      [
        ['a', 'judged clean by ann, bob'],
        ['b', undefined],
      ],
    )
  })
})
