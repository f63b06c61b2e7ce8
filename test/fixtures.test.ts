import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { registryUrl, scanners } from '../scanners/index.js'
import { resolveConfig } from '../src/config/load.js'
import type { Finding, Severity } from '../src/model/finding.js'
import { packageRoot } from '../src/paths.js'
import { REPORTED_BY } from '../src/fuse/sources.js'
import { scan } from '../src/scan.js'
import type { ScannerDefinition } from '../src/scanner.js'
import { findingsHere } from './scan-here.js'

/**
 * Each folder fixtures/SCANNER/{flags,passes}-CASE is a test: the scanner's findings on its data file, with its config.json
 * where there is one, are those of expected.json, and no other above `info`. Of each scanner the first folder to flag is
 * scanned as a user's data is, in child processes; the others in this one.
 */

interface Expected {
  readonly message: string
  readonly severity: Severity
  readonly rows: readonly number[]
  readonly trigger?: string
}

const folder = join(packageRoot, 'fixtures')
const foldersIn = (path: string): string[] =>
  existsSync(path) ? readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])) : []

function read(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'))
}

function dataFile(at: string): string {
  const [name, ...others] = readdirSync(at).filter((file) => file.startsWith('data.'))
  assert.ok(name !== undefined && others.length === 0, `${at} needs one data file`)
  return join(at, name)
}

function said(finding: Finding, wanted: readonly Expected[]): Expected {
  const { message, severity, rows, trigger } = finding
  const plain = { message, severity, rows: rows.map(({ row }) => row) }
  const named = wanted.some((expected) => expected.message === message && expected.trigger !== undefined)
  // A finding spells its trigger as one of its rows does.
  return named ? { ...plain, trigger: String(trigger).toLowerCase() } : plain
}

const byClaim = (list: readonly Expected[]): Expected[] =>
  [...list].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))

async function findingsByScan(path: string, given: Readonly<Record<string, unknown>>): Promise<readonly Finding[]> {
  const report = await scan({ paths: [path], ...(await resolveConfig(given, scanners)), registry: registryUrl })
  assert.deepEqual(report.coverage.incomplete, [])
  return report.findings
}

async function findingsOf(
  scanner: ScannerDefinition,
  path: string,
  given: Readonly<Record<string, unknown>>,
  byScan: boolean,
): Promise<readonly Finding[]> {
  const settings = { scanners: [scanner.id], cache: 'off', jobs: 1, ...given }
  // What the engine finds by itself is reported by this one.
  if (byScan || scanner.id === REPORTED_BY) return findingsByScan(path, settings)
  const { config } = await resolveConfig(settings, scanners)
  return findingsHere(path, scanner, config)
}

for (const scanner of scanners) {
  const { id, evidence = {} } = scanner
  describe(`fixtures of ${id}`, { concurrency: 2 }, () => {
    const cases = foldersIn(join(folder, id))
    const first = cases.find((name) => name.startsWith('flags-'))

    test('hold something to flag and something to pass', () => {
      assert.ok(cases.some((name) => name.startsWith('flags-')) && cases.some((name) => name.startsWith('passes-')))
      assert.deepEqual(
        cases.filter((name) => !/^(flags|passes)-[a-z-]+$/.test(name)),
        [],
      )
    })

    for (const name of cases) {
      const at = join(folder, id, name)
      const note = readFileSync(join(at, 'note.md'), 'utf8').trim()
      test(`${name}: ${note}`, async () => {
        const { findings: expected } = read(join(at, 'expected.json')) as { findings: Expected[] }
        const given = existsSync(join(at, 'config.json')) ? (read(join(at, 'config.json')) as Record<string, unknown>) : {}
        const findings = await findingsOf(scanner, dataFile(at), given, name === first)
        const actual = findings.filter(
          ({ scanner, severity, message }) =>
            scanner === id && (severity !== 'info' || expected.some((wanted) => wanted.message === message)),
        )
        assert.deepEqual(byClaim(actual.map((finding) => said(finding, expected))), byClaim(expected))
        assert.ok(!name.startsWith('flags-') || expected.length > 0, 'flags nothing')
        // What `credence explain` could not put into words.
        const keys = actual.flatMap((finding) => Object.keys(finding.evidence))
        assert.deepEqual(
          keys.filter((key) => !Object.hasOwn(evidence, key)),
          [],
        )
      })
    }
  })
}

describe('generators write the same bytes again', () => {
  for (const id of [
    'trigger',
    'label',
    'style',
    'gibberish',
    'hidden-text',
    'encoded',
    'injection',
    'duplicate',
    'privacy',
    'drift',
  ]) {
    test(id, () => {
      const again = mkdtempSync(join(tmpdir(), 'credence-fixtures-'))
      try {
        const generator = fileURLToPath(new URL(`../tools/fixtures/make-${id}.js`, import.meta.url))
        const { status, stderr } = spawnSync(process.execPath, [generator, again], { encoding: 'utf8' })
        assert.equal(status, 0, stderr)
        const kept = join(folder, id)
        assert.deepEqual(foldersIn(again), foldersIn(kept))
        for (const name of foldersIn(again)) {
          for (const file of readdirSync(join(again, name))) {
            assert.ok(readFileSync(join(again, name, file)).equals(readFileSync(join(kept, name, file))), `${name}/${file}`)
          }
        }
      } finally {
        rmSync(again, { recursive: true })
      }
    })
  }
})
