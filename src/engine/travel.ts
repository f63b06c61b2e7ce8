/** Trip after trip over the data, until every scanner is through its passes. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { LocalEngine } from './local.js'
import { indicesOf, type PassStart } from './messages.js'
import { tripOf, type ActiveScanner } from './plan.js'
import { createProgressMeter, type ScanProgress } from './progress-meter.js'
import { readState } from './state-file.js'
import type { ShardReceipt } from './task.js'
import { fromErrorRecord, toErrorRecord, type CredenceError, type ErrorRecord } from '../errors.js'
import { REPORTED_BY, suspicionOf } from '../fuse/sources.js'
import type { Finding } from '../model/finding.js'
import type { DataSetInfo, ScanResult } from '../scanner.js'

/** What a scan has come to. */
export interface Outcome {
  /** By scanner. */
  readonly results: Map<string, ScanResult>
  readonly failed: Map<string, ErrorRecord>
  /** By shard. */
  readonly receipts: Map<number, ShardReceipt>
  readonly lost: Map<number, CredenceError>
}

/**
 * The next trip waits for scanners whose pass takes long to end, but no longer than this, and this share of the last trip:
 * those that are late go along on a later one. Which trip a pass is on changes nothing in what it finds.
 */
const PATIENCE_MS = 300
const PATIENCE_SHARE = 0.1

export async function travel(
  engine: LocalEngine,
  active: readonly ActiveScanner[],
  info: DataSetInfo,
  onProgress?: (progress: ScanProgress) => void,
  signal?: AbortSignal,
): Promise<Outcome> {
  const outcome: Outcome = { results: new Map(), failed: new Map(), receipts: new Map(), lost: new Map() }
  const meter = createProgressMeter(Math.max(0, ...active.map(({ passes }) => passes.length)), info.rows, onProgress)
  const ready = new Map(active.map(({ definition: { id } }): [string, PassStart] => [id, { index: 0, input: null }]))
  const ending = new Map<string, Promise<void>>()
  let patience = 0
  for (let number = 0; ready.size > 0 || ending.size > 0; number++) {
    await settle(ready, ending, patience)
    if (ready.size === 0) break
    const startedAt = performance.now()
    meter.start(number)
    const passes = Object.fromEntries(ready)
    ready.clear()
    const trip = tripOf(active, indicesOf(passes))
    const result = await engine.map(trip, passes, new Set(outcome.lost.keys()), meter.add, signal)
    for (const [shard, cause] of result.lost) outcome.lost.set(shard, cause)
    // Every scanner is on the first trip.
    if (number === 0) for (const [shard, receipt] of result.receipts) outcome.receipts.set(shard, receipt)
    for (const [scanner, error] of Object.entries(result.failed)) outcome.failed.set(scanner, error)
    for (const [scanner, pass] of Object.entries(passes)) {
      if (outcome.failed.has(scanner)) continue
      const last = active.some(({ definition, passes: all }) => definition.id === scanner && pass.index === all.length - 1)
      const end = async (): Promise<void> => {
        try {
          const output = await engine.finish(scanner, pass, result.states[scanner] ?? null, signal)
          if (last) outcome.results.set(scanner, readState(output) as ScanResult)
          else ready.set(scanner, { index: pass.index + 1, input: output })
        } catch (error) {
          outcome.failed.set(scanner, toErrorRecord(error))
        } finally {
          ending.delete(scanner)
        }
      }
      ending.set(scanner, end())
    }
    patience = PATIENCE_MS + PATIENCE_SHARE * (performance.now() - startedAt)
  }
  signal?.throwIfAborted()
  if (info.roles.includes('source')) await traceSources(engine, active, outcome, signal)
  return outcome
}

/** Waits for passes that are ending: for one at least where nothing is ready, for the others not too long. */
async function settle(
  ready: ReadonlyMap<string, PassStart>,
  ending: ReadonlyMap<string, Promise<void>>,
  patience: number,
): Promise<void> {
  while (ready.size === 0 && ending.size > 0) await Promise.race(ending.values())
  const over = new AbortController()
  await Promise.race([Promise.all(ending.values()), sleep(patience, null, { signal: over.signal }).catch(() => undefined)])
  over.abort()
}

/** One more trip where rows have sources and something serious was found: does one source hold most of it? */
async function traceSources(
  engine: LocalEngine,
  active: readonly ActiveScanner[],
  outcome: Outcome,
  signal?: AbortSignal,
): Promise<void> {
  const own = outcome.results.get(REPORTED_BY)
  const suspicion = suspicionOf([...outcome.results.values()].flatMap((result): readonly Finding[] => result.findings))
  const reporter = active.find(({ definition }) => definition.id === REPORTED_BY)
  if (own === undefined || reporter === undefined || suspicion === null) return
  const pass = { index: reporter.passes.length, input: engine.provide(suspicion) }
  const passes = { [REPORTED_BY]: pass }
  const trip = tripOf(active, indicesOf(passes))
  const result = await engine.map(trip, passes, new Set(outcome.lost.keys()), () => undefined, signal)
  for (const [shard, cause] of result.lost) outcome.lost.set(shard, cause)
  try {
    const failure = result.failed[REPORTED_BY]
    if (failure !== undefined) throw fromErrorRecord(failure)
    const output = await engine.finish(REPORTED_BY, pass, result.states[REPORTED_BY] ?? null, signal)
    const { findings } = readState(output) as ScanResult
    outcome.results.set(REPORTED_BY, { ...own, findings: [...own.findings, ...findings] })
  } catch (error) {
    outcome.failed.set(REPORTED_BY, toErrorRecord(error))
  }
}
