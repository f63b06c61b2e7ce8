import assert from 'node:assert/strict'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { renderJson } from '../../src/report/json.js'
import { sampleFinding, sampleReport } from '../report/sample-report.js'
import { temporaryFolder } from '../temporary-folder.js'
import { runMany } from './run-credence.js'

const secret = 'AKIAIOSFODNN7TESTKEY'

describe('credence ci github', () => {
  test('ends with the code of the scan, and never shows a secret or a line that is not an annotation', async () => {
    const cwd = temporaryFolder()
    const finding = sampleFinding({ severity: 'medium', title: `::error::key ${secret}`, why: `It holds ${secret}.` })
    for (const [name, report] of [
      ['fails', sampleReport()],
      ['reviews', sampleReport({ verdict: 'review', findings: [finding] })],
      ['broken', null],
    ] as const) {
      await mkdir(join(cwd, name))
      if (report !== null) await writeFile(join(cwd, name, 'report.json'), renderJson(report))
    }
    const summary = join(cwd, 'summary.md')
    const [fails, mild, stricter, worse, none, unknown, wrong] = await runMany(
      [
        ['ci', 'github', '--report', 'fails'],
        ['ci', 'github', '--report', 'reviews'],
        ['ci', 'github', '--report', 'reviews', '--fail-on', 'medium'],
        ['ci', 'github', '--report', 'reviews', '--exit-code', '3'],
        ['ci', 'github', '--report', 'broken', '--exit-code', '2'],
        ['ci', 'github', '--report', 'broken'],
        ['ci', 'gitlab', '--report', 'fails'],
      ],
      { cwd, env: { GITHUB_STEP_SUMMARY: summary } },
    )
    assert.deepEqual(
      [fails, mild, stricter, worse, none, unknown, wrong].map((ended) => ended?.code),
      [1, 0, 1, 3, 2, 2, 2],
    )
    assert.match(
      fails?.stdout ?? '',
      /^::error file=data\/train\.parquet,title=credence%3A high trigger\/label::"cf" goes .*\nno comment written\n$/,
    )
    assert.match(mild?.stdout ?? '', /^::warning .*\nno comment written\n$/)
    assert.match(none?.stdout ?? '', /^::error title=credence%3A no report::the scan ended with exit code 2; its log says why\n/)
    assert.match(unknown?.stderr ?? '', /^credence: broken holds no report\.json\n/)
    assert.match(wrong?.stderr ?? '', /^credence: expected gitlab to be one of: github\n/i)
    assert.ok(!(mild?.stdout ?? '').includes(secret))
    assert.ok(!(await readFile(summary, 'utf8')).includes(secret))
  })
})
