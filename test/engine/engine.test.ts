import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { exitCodeOfReport } from '../../src/cli/exit-codes.js'
import { resolveConfig } from '../../src/config/load.js'
import type { CredenceError } from '../../src/errors.js'
import type { Report, ScannerReceipt } from '../../src/model/report.js'
import { scan, type ScanProgress, type ScanRequest } from '../../src/scan.js'
import { FATAL_TEXT, registryUrl, scanners } from './registry.js'

const ROWS = 3000
const FATAL_ROW = 2900

describe('the engine', () => {
  let folder: string
  let data: string
  let pids: string
  let temporary: string | undefined

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'credence-engine-'))
    data = join(folder, 'data.jsonl')
    pids = join(folder, 'pids')
    const lines = Array.from({ length: ROWS }, (_, i) => {
      const text = i === FATAL_ROW ? FATAL_TEXT : `an ordinary row, number ${i}, which says ${'little '.repeat(8)}`
      return JSON.stringify({ text, label: i % 2 })
    })
    writeFileSync(data, lines.join('\n'))
    // The engine's own folders must be gone in the end: let it make them where they can be counted.
    temporary = process.env['TMPDIR']
    process.env['TMPDIR'] = folder
  })
  afterEach(async () => {
    // A process that was ended is gone a moment later.
    for (let tries = 0; childProcesses() > 0 && tries < 60; tries++) await sleep(50)
    assert.equal(childProcesses(), 0, 'a child process was left behind')
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.startsWith('credence-')),
      [],
      'a temporary folder was left behind',
    )
    rmSync(pids, { force: true })
  })
  after(() => {
    if (temporary === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = temporary
    rmSync(folder, { recursive: true, force: true })
  })

  async function run(ids: readonly string[], settings: Readonly<Record<string, unknown>> = {}, more: Partial<ScanRequest> = {}) {
    const scannerOptions = Object.fromEntries(ids.map((id) => [id, { pids }]))
    const chosen = { scanners: ids, scannerOptions, cache: 'off', jobs: 2, shardBytes: 2 ** 16, ...settings }
    return scan({ paths: [data], ...(await resolveConfig(chosen, scanners)), registry: registryUrl, ...more })
  }

  const receiptOf = (report: Report, id: string): ScannerReceipt | undefined =>
    report.coverage.scanners.find((scanner) => scanner.id === id)

  function assertStands(report: Report, rows: number): void {
    assert.deepEqual(receiptOf(report, 'sound'), { id: 'sound', version: '1', status: 'ran', reason: null, limits: { rows } })
    assert.deepEqual(
      report.findings.filter(({ scanner }) => scanner === 'sound').map(({ evidence }) => evidence),
      [{ rows }],
    )
  }

  test('reads every row once in each pass, whatever the number of shards and processes', async () => {
    for (const settings of [{ jobs: 1 }, { jobs: 3 }, { jobs: 2, shardBytes: 2 ** 24 }]) {
      const report = await run(['sound'], settings)
      assertStands(report, ROWS)
      assert.deepEqual([report.verdict, exitCodeOfReport(report, 'high')], ['pass', 0])
      assert.deepEqual(report.coverage.incomplete, [])
    }
    const used = new Set(readFileSync(pids, 'utf8').trim().split('\n'))
    assert.ok(!used.has(String(process.pid)), 'shards are read in other processes')
  })

  test("scanners that throw in init, observe, merge and finish are each reported as failed, and the others' results stand", async () => {
    const places = ['init', 'observe', 'merge', 'finish']
    const report = await run([...places.map((where) => `bad-${where}`), 'sound'])
    assertStands(report, ROWS)
    for (const where of places) {
      const [id, reason] = [`bad-${where}`, `Error: on purpose, in ${where}`]
      assert.deepEqual(receiptOf(report, id), { id, version: '1', status: 'failed', reason, limits: {} })
      assert.ok(report.coverage.incomplete.includes(`scanner ${id} failed: ${reason}`), where)
    }
    assert.equal(report.coverage.incomplete.length, places.length)
    assert.deepEqual([report.verdict, exitCodeOfReport(report, 'high')], ['incomplete', 3])
  })

  test('a scanner that takes its process down in finish is reported as failed, and the others go on in another process', async () => {
    const report = await run(['exits-in-finish', 'sound'])
    assertStands(report, ROWS)
    assert.equal(receiptOf(report, 'exits-in-finish')?.status, 'failed')
    assert.match(receiptOf(report, 'exits-in-finish')?.reason ?? '', /a process ended with code 7/)
    assert.equal(report.verdict, 'incomplete')
  })

  test('a state that cannot be written leaves the scan incomplete, with the reason', async () => {
    const report = await run(['unclonable', 'sound'])
    assert.match(report.coverage.incomplete.join('\n'), /could not be cloned/)
    assert.deepEqual([report.verdict, exitCodeOfReport(report, 'high')], ['incomplete', 3])
  })

  test('what is allowed by name leaves the scan complete, but is reported; what is not, is not', async () => {
    const failure = 'scanner bad-observe failed: Error: on purpose, in observe'
    const allowed = await run(['bad-observe', 'sound'], { allowIncomplete: ['scanner'] })
    assert.deepEqual([allowed.coverage.incomplete, allowed.coverage.allowed], [[], [failure]])
    assert.deepEqual([allowed.verdict, exitCodeOfReport(allowed, 'high')], ['pass', 0])
    const other = await run(['bad-observe', 'sound'], { allowIncomplete: ['errors', 'skipped', 'cut', 'counts'] })
    assert.deepEqual([other.coverage.incomplete, other.coverage.allowed], [[failure], []])
    assert.equal(exitCodeOfReport(other, 'high'), 3)
  })

  test('a scanner that ends its process costs that shard, said with the reason; the rest is read', async () => {
    const report = await run(['exits', 'sound'])
    const [file] = report.coverage.files
    const read = file?.read ?? 0
    assert.ok(read > ROWS / 2 && read < ROWS, `${read} rows`)
    assertStands(report, read)
    assert.equal(file?.errors.length, 1)
    assert.equal(file?.errors[0]?.code, 'worker')
    assert.match(report.coverage.incomplete.join('\n'), /data\.jsonl: .*a process ended with code 7/)
    assert.deepEqual([report.verdict, exitCodeOfReport(report, 'high')], ['incomplete', 3])
  })

  test('a process that is ended from outside costs nothing: its task is begun again in another', async () => {
    const report = await run(['is-killed', 'sound'])
    assertStands(report, ROWS)
    assert.deepEqual([report.verdict, report.coverage.incomplete], ['pass', []])
    assert.ok(existsSync(join(folder, 'killed-2')), 'it was killed twice')
  })

  test('a scanner that never ends is stopped at the time limit, and the rest is read', async () => {
    const report = await run(['loops', 'sound'], { taskTimeout: 6 })
    const [file] = report.coverage.files
    assert.ok((file?.read ?? 0) > ROWS / 2 && (file?.read ?? 0) < ROWS)
    assertStands(report, file?.read ?? 0)
    assert.match(report.coverage.incomplete.join('\n'), /data\.jsonl: .*took longer than 6 s/)
    assert.deepEqual(file?.errors[0]?.suggestions, ['raise --task-timeout'])
    assert.equal(exitCodeOfReport(report, 'high'), 3)
  })

  test('a process that takes too much memory is ended within the bound, and the rest is read', async () => {
    const report = await run(['hoards', 'sound'], { taskMemory: '512MiB', taskTimeout: 60 })
    const [file] = report.coverage.files
    assert.ok((file?.read ?? 0) > ROWS / 2 && (file?.read ?? 0) < ROWS, `${file?.read} rows`)
    assertStands(report, file?.read ?? 0)
    assert.equal(file?.errors[0]?.code, 'limit')
    assert.match(report.coverage.incomplete.join('\n'), /data\.jsonl: .*a process took \d+ MiB of memory, the limit is 512 MiB/)
    assert.deepEqual(file?.errors[0]?.suggestions, ['raise --task-memory'])
    assert.deepEqual([report.verdict, exitCodeOfReport(report, 'high')], ['incomplete', 3])
  })

  test('an abort ends the scan at once, children in an endless loop included', async () => {
    const controller = new AbortController()
    const started = once(() => existsSync(pids))
    const scanning = run(['loops', 'sound'], { jobs: 2 }, { signal: controller.signal })
    const ended = assert.rejects(scanning, { name: 'AbortError' })
    await started
    await sleep(1000)
    const before = performance.now()
    controller.abort()
    await ended
    assert.ok(performance.now() - before < 2000, `${performance.now() - before} ms`)
  })

  describe('an interrupted scan', () => {
    const ids = ['slow', 'bad-observe']
    let cache: string

    beforeEach(() => {
      cache = join(folder, 'cache')
    })
    afterEach(() => {
      rmSync(cache, { recursive: true, force: true })
    })

    /** Ends in the middle of the second pass. */
    async function interrupt(): Promise<void> {
      const controller = new AbortController()
      const onProgress = ({ phase, rows }: ScanProgress): void => {
        if (phase === 'pass 2 of 2' && rows > 0) controller.abort()
      }
      await assert.rejects(run(ids, { cache }, { signal: controller.signal, onProgress }), { name: 'AbortError' })
    }

    async function goOn(): Promise<{ report: Report; notices: string[]; inits: number }> {
      rmSync(pids, { force: true })
      const notices: string[] = []
      const report = await run(ids, { cache, resume: true }, { onNotice: (line) => notices.push(line) })
      return { report, notices, inits: readFileSync(pids, 'utf8').trim().split('\n').length }
    }

    const essence = ({ findings, coverage, verdict }: Report): unknown => ({ findings, coverage, verdict })

    test('goes on after the passes that are over, to the result of one that was not interrupted', async () => {
      const whole = await run(ids, { cache })
      const inits = readFileSync(pids, 'utf8').trim().split('\n').length
      assert.deepEqual(readdirSync(join(cache, 'scans')), ['key'], 'a scan that is over leaves nothing')
      await interrupt()
      const resumed = await goOn()
      assert.deepEqual(essence(resumed.report), essence(whole))
      assert.deepEqual(resumed.notices, ['going on after 1 passes of an interrupted scan'])
      // A scanner that failed before is not tried again; the first pass of the other is not repeated.
      assert.ok(resumed.inits <= inits / 2, `${resumed.inits} of ${inits}`)
      assert.deepEqual(readdirSync(join(cache, 'scans')), ['key'])
    })

    test('starts again where a byte of the data, a setting or a state file is another', async () => {
      const again = 'no interrupted scan of these files with these settings: starting from the beginning'
      await interrupt()
      const original = readFileSync(data)
      writeFileSync(data, Buffer.concat([original.subarray(0, -2), Buffer.from('5}')]))
      assert.deepEqual((await goOn()).notices, [again])
      writeFileSync(data, original)
      await interrupt()
      const notices: string[] = []
      await run(ids, { cache, resume: true, alpha: 0.02 }, { onNotice: (line) => notices.push(line) })
      assert.deepEqual(notices, [again])
      const [left] = readdirSync(join(cache, 'scans')).filter((name) => name !== 'key')
      for (const name of readdirSync(join(cache, 'scans', left!))) {
        const path = join(cache, 'scans', left!, name)
        const bytes = readFileSync(path)
        bytes[bytes.length - 1]! ^= 1
        writeFileSync(path, bytes)
      }
      assert.deepEqual((await goOn()).notices, [again])
    })

    test('leaves nothing of the rows in the clear', async () => {
      await interrupt()
      const files = readdirSync(join(cache, 'scans'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
      assert.ok(files.length >= 3)
      for (const entry of files) {
        const bytes = readFileSync(join(entry.parentPath, entry.name))
        assert.ok(!bytes.includes('little') && !bytes.includes('l\0i\0t\0t\0l\0e'), entry.name)
      }
    })
  })

  test('an encoder that cannot be had ends the scan with its error, whatever shards are waiting', async () => {
    // Rejected by the first child that opens the encoder, while other shards wait for theirs.
    const absent = process.platform === 'darwin' ? 'dml' : 'coreml'
    await assert.rejects(run(['embeds'], { device: absent, jobs: 1 }), (error: CredenceError) => error.code === 'device')
  })
})

const childProcesses = (): number => process.getActiveResourcesInfo().filter((name) => name === 'ProcessWrap').length

async function once(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(20)
}
