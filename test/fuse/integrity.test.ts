import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { scan } from '../../library/index.js'
import type { Finding } from '../../src/model/finding.js'
import { packageRoot } from '../../src/paths.js'

let folder: string
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'credence-integrity-'))
})
after(() => {
  rmSync(folder, { recursive: true, force: true })
})

const SETTINGS = { scanners: ['provenance'], cache: 'off', jobs: 1, quiet: true }
const checksums = (findings: readonly Finding[]): Finding[] => findings.filter(({ message }) => message === 'provenance/checksum')

function put(name: string, bytes: Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

test('a Parquet page changed after it was written is a finding, its rows are read, and the scan is incomplete', async () => {
  const sound = join(packageRoot, 'fixtures', 'formats', 'parquet', 'reviews.plain.parquet')
  const bytes = readFileSync(sound)
  bytes.write('R', bytes.indexOf('review 1: '))
  const altered = await scan(put('altered.parquet', bytes), SETTINGS)
  const [finding, ...others] = checksums(altered.findings)
  assert.deepEqual(others, [])
  assert.equal(finding?.severity, 'high')
  assert.match(finding.title, /altered\.parquet" does not match its own checksums$/)
  assert.match(finding.why, /row group 0: column "text": a page's bytes have CRC/)
  assert.deepEqual(finding.evidence, { files: 1, parts: 1 })
  assert.equal(altered.verdict, 'incomplete')
  assert.equal(altered.coverage.incomplete.length, 1)
  assert.equal(altered.coverage.rows.read, altered.coverage.rows.declared)

  const report = await scan(sound, SETTINGS)
  assert.deepEqual(checksums(report.findings), [])
  assert.deepEqual(report.coverage.incomplete, [])
})

test('a gzip file that unpacks to something else than was packed is a finding', async () => {
  const lines = Array.from({ length: 400 }, (_, i) =>
    JSON.stringify({ text: `row ${i} of a file that was packed`, label: i % 2 }),
  )
  const packed = gzipSync(`${lines.join('\n')}\n`)
  packed.writeUInt32LE((packed.readUInt32LE(packed.length - 8) ^ 1) >>> 0, packed.length - 8)
  const sound = put('sound.jsonl.gz', gzipSync(lines.join('\n')))
  const { findings, verdict } = await scan([put('altered.jsonl.gz', packed), sound], SETTINGS)
  assert.match(checksums(findings).length === 1 ? (findings[0]?.why ?? '') : 'no finding', /not those of its gzip checksum/)
  assert.equal(verdict, 'incomplete')
})

test('nobody is told of checksums by a scan without the scanner, but it is incomplete', async () => {
  const bytes = readFileSync(join(packageRoot, 'fixtures', 'formats', 'parquet', 'reviews.plain.parquet'))
  bytes.write('R', bytes.indexOf('review 1: '))
  const { findings, verdict, coverage } = await scan(put('other.parquet', bytes), { ...SETTINGS, scanners: ['hidden-text'] })
  assert.deepEqual(checksums(findings), [])
  assert.equal(verdict, 'incomplete')
  assert.match(coverage.incomplete[0] ?? '', /read, but altered: .*CRC/)
})
