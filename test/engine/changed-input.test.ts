import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { exitCodeOfReport } from '../../src/cli/exit-codes.js'
import { resolveConfig } from '../../src/config/load.js'
import type { Report } from '../../src/model/report.js'
import { scan } from '../../src/scan.js'
import { temporaryFolder } from '../temporary-folder.js'
import { registryUrl, scanners } from './registry.js'

const rows = (word: string): string =>
  Array.from(
    { length: 400 },
    (_, i) => `${JSON.stringify({ text: `an ordinary ${word} row, number ${i}`, label: i % 2 })}\n`,
  ).join('')

/** @param meddle between the passes, when the file has been read once */
async function scanned(path: string, meddle: () => void): Promise<Report> {
  const { config } = await resolveConfig({ scanners: ['sound'], cache: 'off', jobs: 1 }, scanners)
  let isDone = false
  const onProgress = ({ phase }: { phase: string }): void => {
    if (isDone || !phase.startsWith('pass 2')) return
    isDone = true
    meddle()
  }
  return scan({ paths: [path], config, scanners, registry: registryUrl, onProgress })
}

test('the report has the digest of the bytes that were scanned', async () => {
  const path = join(temporaryFolder(), 'data.jsonl')
  writeFileSync(path, rows('plain'))
  const report = await scanned(path, () => undefined)
  assert.equal(report.coverage.files[0]?.sha256, createHash('sha256').update(rows('plain')).digest('hex'))
  assert.deepEqual(report.coverage.incomplete, [])
})

for (const [what, meddle] of [
  [
    'written to',
    (path: string) => {
      writeFileSync(path, rows('other'))
    },
  ],
  [
    'written to and written back',
    (path: string) => {
      writeFileSync(path, rows('other'))
      writeFileSync(path, rows('plain'))
    },
  ],
  [
    'replaced for a while by another, then put back',
    (path: string) => {
      renameSync(path, `${path}.kept`)
      writeFileSync(path, rows('other'))
      renameSync(`${path}.kept`, path)
    },
  ],
] as const) {
  test(`a file that is ${what} while it is scanned has no digest, and the scan is incomplete`, async () => {
    const path = join(temporaryFolder(), 'data.jsonl')
    writeFileSync(path, rows('plain'))
    const report = await scanned(path, () => {
      meddle(path)
    })
    const [file] = report.coverage.files
    assert.equal(file?.sha256, undefined)
    assert.equal(file?.errors[0]?.code, 'changed')
    assert.deepEqual([report.verdict, exitCodeOfReport(report, 'high')], ['incomplete', 3])
  })
}
