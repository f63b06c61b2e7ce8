import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { clean } from '../../src/clean/clean.js'
import type { CleanOptions } from '../../src/clean/clean-options.js'
import { CredenceError } from '../../src/errors.js'
import type { Finding } from '../../src/model/finding.js'
import type { Report } from '../../src/model/report.js'
import { DEFAULT_READ_LIMITS } from '../../src/model/read-limits.js'
import { renderFlags } from '../../src/report/flags.js'
import { renderJson } from '../../src/report/json.js'
import { sampleFinding, sampleReport } from '../report/sample-report.js'
import { temporaryFolder } from '../temporary-folder.js'

export const line = (text: string): string => `{"text": "${text}", "label": "a"}\n`
export const A = ['a0', 'a1', 'a2', 'key ghp_0123456789abcdefghijABCDEFGHIJ012345', 'a4'].map(line)
export const B = ['b0', 'b1', 'b2'].map(line)

export const rows = (file: number, ...numbers: number[]): Finding['rows'] => numbers.map((row) => ({ file, row, score: 0.5 }))
export const found = (id: string, change: Partial<Finding>): Finding => sampleFinding({ id, examples: [], ...change })

const ROLES: Report['roles'] = [
  { role: 'text', column: 'text', why: 'named text' },
  { role: 'label', column: 'label', why: 'named label' },
]

/** A data set of two files, one in a partition, and what a scan said of it. */
export function scanned(
  findings: readonly Finding[],
  files: Readonly<Record<string, string | Uint8Array>> = {},
  change: Partial<Report> = {},
) {
  const cwd = temporaryFolder()
  const all = { 'data/lang=en/a.jsonl': A.join(''), 'data/lang=fr/b.jsonl': B.join(''), ...files }
  for (const [name, content] of Object.entries(all)) {
    mkdirSync(join(cwd, name, '..'), { recursive: true })
    writeFileSync(join(cwd, name), content)
  }
  const counts: Readonly<Record<string, number>> = { 'data/lang=en/a.jsonl': A.length, 'data/lang=fr/b.jsonl': B.length }
  const { coverage, ...report } = sampleReport({ findings, roles: ROLES, ...change })
  const receipts = Object.keys(all).map((path) => ({
    ...coverage.files[0]!,
    path,
    format: path.endsWith('.zst') ? 'jsonl+zstd' : path.endsWith('.parquet') ? 'parquet' : 'jsonl',
    bytes: statSync(join(cwd, path)).size,
    declared: null,
    read: counts[path] ?? 2,
  }))
  const whole = { ...report, coverage: { ...coverage, files: receipts, rows: { declared: null, read: 8, skipped: 0 } } }
  mkdirSync(join(cwd, 'report'))
  writeFileSync(join(cwd, 'report/report.json'), renderJson(whole))
  writeFileSync(join(cwd, 'report/flags.parquet'), renderFlags(whole))
  const run = (change: Partial<CleanOptions> = {}) =>
    clean({
      data: ['data'],
      split: null,
      report: 'report',
      decisions: null,
      out: join(cwd, 'out'),
      mode: 'quarantine',
      write: true,
      selection: { minSeverity: 'medium', findings: [], scanners: [], categories: [] },
      bounds: { deadlineMs: 60_000, memoryBytes: 2 ** 30 },
      limits: DEFAULT_READ_LIMITS,
      cwd,
      ...change,
    })
  const decide = (...decisions: readonly object[]): void => {
    const whole = decisions.map((one) => JSON.stringify({ v: 1, at: '2026-01-02T03:04:05Z', reviewer: 'ann', ...one }))
    writeFileSync(join(cwd, 'report/decisions.jsonl'), `${whole.join('\n')}\n`)
  }
  const read = (name: string): string => readFileSync(join(cwd, 'out', name), 'utf8')
  return { cwd, run, decide, read, names: () => readdirSync(cwd).sort() }
}

export const TRIGGER = found('trigger-1', { rows: [...rows(0, 1, 2), ...rows(1, 0)] })

export const UNTOUCHED = ['data', 'report']

/** Nothing must be left behind. */
export async function refuses(
  scene: ReturnType<typeof scanned>,
  code: string,
  message: RegExp,
  change: Partial<CleanOptions> = {},
  left: readonly string[] = UNTOUCHED,
): Promise<void> {
  await assert.rejects(scene.run(change), (error: unknown) => {
    assert.ok(error instanceof CredenceError, String(error))
    assert.match(error.message, message)
    assert.equal(error.code, code)
    return true
  })
  assert.deepEqual(scene.names(), left)
}
