import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { packageRoot } from '../../src/paths.js'
import { runCredence } from './run-credence.js'
import { temporaryFolder } from '../temporary-folder.js'

const FIXTURE = join(packageRoot, 'fixtures/hidden-text/flags-tags')
const [name = ''] = readdirSync(FIXTURE).filter((file) => file.startsWith('data.'))

describe('clean', () => {
  test('from a scan to rows without those that it flagged', async () => {
    const cwd = temporaryFolder()
    const data = join(FIXTURE, name)
    const scan = ['scan', data, '--scanners', 'hidden-text', '--out', 'report', '--cache', 'off', '--quiet']
    assert.equal((await runCredence(scan, { cwd })).code, 1)
    const report = JSON.parse(readFileSync(join(cwd, 'report/report.json'), 'utf8')) as {
      coverage: { rows: { read: number } }
      findings: { severity: string; rows: { row: number }[] }[]
    }
    const serious = report.findings.filter(({ severity }) => severity !== 'info' && severity !== 'low')
    const flagged = new Set(serious.flatMap(({ rows }) => rows.map(({ row }) => row)))
    const left = report.coverage.rows.read - flagged.size

    const written = await runCredence(['clean', data, '--report', 'report', '--out', 'cleaned', '--write'], { cwd })
    assert.deepEqual([written.code, written.stderr], [0, ''])
    assert.match(
      written.stdout,
      new RegExp(`^Wrote: of ${report.coverage.rows.read} rows, ${left} kept, ${flagged.size} quarantined\n`),
    )
    const lines = readFileSync(data, 'utf8')
      .split('\n')
      .filter((text) => text !== '')
    assert.deepEqual(
      readFileSync(join(cwd, 'cleaned/data', name), 'utf8')
        .trimEnd()
        .split('\n'),
      lines.filter((_, row) => !flagged.has(row)),
    )
    assert.deepEqual(
      readFileSync(join(cwd, 'cleaned/quarantine', name), 'utf8')
        .trimEnd()
        .split('\n'),
      lines.filter((_, row) => flagged.has(row)),
    )
  })
})
