import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parquetMetadata } from 'hyparquet'
import { random } from '../../src/math/random.js'
import { packageRoot } from '../../src/paths.js'
import type { ReportJson } from '../../src/report/json-schema.js'
import { runCredence } from '../cli/run-credence.js'
import { temporaryFolder } from '../temporary-folder.js'

const KILLS = 100
const AT_A_TIME = 2
/** Every so many killed scans are gone on with, to the end. */
const RESUMED = 10
const NAMES = ['flags.parquet', 'report.json', 'report.md', 'report.sarif']
const OLD = 'an older report'

const dataFile = join(packageRoot, 'fixtures/trigger/flags-rare-word/data.csv')
const scanArgs = ['scan', dataFile, '--scanners=trigger,provenance', '--out', 'report', '--format', 'json,md,sarif']

/** What two scans of the same data must agree in. */
function essence(cwd: string): unknown {
  const { findings, coverage, verdict } = JSON.parse(readFileSync(join(cwd, 'report/report.json'), 'utf8')) as ReportJson
  return { findings, coverage, verdict, flags: readFileSync(join(cwd, 'report/flags.parquet')).toString('base64') }
}

/** Each report is absent, what it was before, or whole. */
function assertWhole(cwd: string): void {
  for (const name of NAMES) {
    const path = join(cwd, 'report', name)
    if (!existsSync(path)) continue
    const bytes = readFileSync(path)
    if (bytes.toString('utf8') === OLD) continue
    if (name === 'flags.parquet') assert.ok(parquetMetadata(Uint8Array.from(bytes).buffer).num_rows > 0)
    else if (name === 'report.md') assert.match(bytes.toString('utf8'), /^# FAIL: [^]*\n$/)
    else JSON.parse(bytes.toString('utf8'))
  }
}

test(`a scan killed at ${KILLS} random moments leaves no half report, and can be gone on with`, async () => {
  // A notice of a variable that is no setting tells that the program is up: the time until the kill begins there.
  const env = { CREDENCE_XYZZY: '1' }
  const reference = temporaryFolder()
  const startedAt = performance.now()
  assert.equal((await runCredence(scanArgs, { cwd: reference, env })).code, 1)
  const whole = performance.now() - startedAt
  const expected = essence(reference)
  const uniform = random(20_261)
  let killed = 0
  let resumed = 0
  const once = async (turn: number): Promise<void> => {
    const cwd = temporaryFolder()
    mkdirSync(join(cwd, 'report'))
    for (const name of turn % 2 === 0 ? NAMES : []) writeFileSync(join(cwd, 'report', name), OLD)
    const kill = { signal: 'SIGKILL', afterMs: uniform() * 1.2 * whole } as const
    const ended = await runCredence(scanArgs, { cwd, env, kill })
    assertWhole(cwd)
    if (ended.signal !== 'SIGKILL') return
    killed++
    if (killed % RESUMED !== 0) return
    resumed++
    const { code, stderr } = await runCredence([...scanArgs, '--resume'], { cwd, env })
    assert.equal(code, 1, stderr)
    assert.deepEqual(essence(cwd), expected)
    assert.deepEqual(
      readdirSync(join(cwd, 'cache/credence/scans')).filter((name) => name !== 'key'),
      [],
    )
  }
  for (let turn = 0; turn < KILLS; turn += AT_A_TIME) {
    await Promise.all(Array.from({ length: AT_A_TIME }, (_, i) => once(turn + i)))
  }
  // With two scans at a time most are still running at the time that one took alone.
  assert.ok(killed > KILLS / 3, `${killed} killed`)
  assert.ok(resumed >= 3, `${resumed} gone on with`)
})
