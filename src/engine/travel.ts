/** Trip after trip over the data, until every scanner is through its passes. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Engine } from './engine.js'
import { indicesOf, type PassStarts } from './messages.js'
import { tripOf, type ActiveScanner } from './plan.js'
import { createProgressMeter, type ScanProgress } from './progress-meter.js'
import { newScanRecord, type EndingPass, type ScanRecord, type TripSoFar } from './scan-record.js'
import type { Workspace } from './workspace.js'
import { fromErrorRecord, toErrorRecord } from '../errors.js'
import { ORIGIN_ROLES, REPORTED_BY, suspicionOf } from '../fuse/sources.js'
import type { Finding } from '../model/finding.js'
import type { DataSetInfo, ScanResult } from '../scanner.js'

/** What a scan has come to. */
export type Outcome = Pick<ScanRecord, 'results' | 'failed' | 'receipts' | 'lost' | 'device'>

/**
 * The next trip waits for scanners whose pass takes long to end, but no longer than this, and this share of the last trip:
 * those that are late go along on a later one. Which trip a pass is on changes nothing in what it finds.
 */
const PATIENCE_MS = 300
const PATIENCE_SHARE = 0.1
/** The most that a timer takes. */
const FOREVER_MS = 2 ** 31 - 1

export async function travel(
  engine: Engine,
  workspace: Workspace,
  active: readonly ActiveScanner[],
  info: DataSetInfo,
  onProgress?: (progress: ScanProgress) => void,
  signal?: AbortSignal,
): Promise<Outcome> {
  const record = workspace.earlier ?? newScanRecord(active.map(({ definition }) => definition.id))
  const meter = createProgressMeter(Math.max(0, ...active.map(({ passes }) => passes.length)), info.rows, onProgress)
  const ending = new Map<string, Promise<void>>()
  const end = (scanner: string, pass: EndingPass): void => {
    const ended = endPass(engine, workspace, active, record, scanner, pass, signal).finally(() => ending.delete(scanner))
    // Its error ends the scan where it is waited for.
    ended.catch(() => undefined)
    ending.set(scanner, ended)
  }
  for (const [scanner, pass] of record.ending) end(scanner, pass)
  let patience = 0
  while (record.trip !== null || record.ready.size > 0 || ending.size > 0) {
    if (record.trip === null) await settle(record, ending, patience)
    if (record.trip === null && record.ready.size === 0) break
    const startedAt = performance.now()
    meter.start(record.trips)
    record.trip ??= newTrip(Object.fromEntries(record.ready))
    for (const scanner of Object.keys(record.trip.passes)) record.ready.delete(scanner)
    const before: TripSoFar = record.trip
    const trip = tripOf(active, indicesOf(before.passes))
    const keep = (sofar: TripSoFar): void => {
      const old = record.trip
      record.trip = sofar
      record.device = engine.device ?? record.device
      workspace.save(record)
      void engine.discard(Object.values(old?.states ?? {}))
    }
    const after = await engine.map(trip, before, new Set(record.lost.keys()), meter.add, keep, signal)
    const used = Object.values(record.trip.states)
    for (const [shard, cause] of after.lost) record.lost.set(shard, cause)
    // Every scanner is on the first trip.
    if (record.trips === 0) for (const [shard, receipt] of after.receipts) record.receipts.set(shard, receipt)
    for (const [scanner, error] of Object.entries(after.failed)) record.failed.set(scanner, error)
    for (const [scanner, pass] of Object.entries(after.passes)) {
      if (!record.failed.has(scanner)) record.ending.set(scanner, { pass, state: after.states[scanner] ?? null })
    }
    record.trip = null
    record.trips++
    record.device = engine.device ?? record.device
    workspace.save(record)
    await engine.discard(used)
    for (const scanner of Object.keys(after.passes)) {
      const pass = record.ending.get(scanner)
      if (pass !== undefined) end(scanner, pass)
    }
    patience = engine.waitsForAll ? FOREVER_MS : PATIENCE_MS + PATIENCE_SHARE * (performance.now() - startedAt)
  }
  signal?.throwIfAborted()
  if (ORIGIN_ROLES.some((role) => info.roles.includes(role))) await traceSources(engine, active, record, signal)
  return record
}

function newTrip(passes: PassStarts): TripSoFar {
  return { passes, shards: [], states: {}, failed: {}, receipts: new Map(), lost: new Map() }
}

/** Ends one pass: the scanner is ready for its next, through, or failed. */
async function endPass(
  engine: Engine,
  workspace: Workspace,
  active: readonly ActiveScanner[],
  record: ScanRecord,
  scanner: string,
  { pass, state }: EndingPass,
  signal?: AbortSignal,
): Promise<void> {
  const passes = active.find(({ definition }) => definition.id === scanner)?.passes.length ?? 0
  let output: string | null = null
  try {
    output = await engine.finish(scanner, pass, state, signal)
    if (pass.index === passes - 1) record.results.set(scanner, engine.read(output) as ScanResult)
  } catch (error) {
    // The scan's end is not the scanner's failure.
    signal?.throwIfAborted()
    record.failed.set(scanner, toErrorRecord(error))
  }
  record.ending.delete(scanner)
  const over = record.failed.has(scanner) || record.results.has(scanner)
  if (!over) record.ready.set(scanner, { index: pass.index + 1, input: output })
  workspace.save(record)
  await engine.discard([state, pass.input, over ? output : null])
}

/** Waits for passes that are ending: for one at least where nothing is ready, for the others not too long. */
async function settle(record: ScanRecord, ending: ReadonlyMap<string, Promise<void>>, patience: number): Promise<void> {
  while (record.ready.size === 0 && ending.size > 0) await Promise.race(ending.values())
  const over = new AbortController()
  const late = sleep(patience, null, { signal: over.signal }).catch(() => undefined)
  await Promise.race([Promise.all(ending.values()), late]).finally(() => {
    over.abort()
  })
}

/** One more trip where rows have sources and something serious was found: does one source hold most of it? */
async function traceSources(
  engine: Engine,
  active: readonly ActiveScanner[],
  record: ScanRecord,
  signal?: AbortSignal,
): Promise<void> {
  const own = record.results.get(REPORTED_BY)
  const suspicion = suspicionOf([...record.results.values()].flatMap((result): readonly Finding[] => result.findings))
  const reporter = active.find(({ definition }) => definition.id === REPORTED_BY)
  if (own === undefined || reporter === undefined || suspicion === null) return
  const pass = { index: reporter.passes.length, input: engine.provide(suspicion) }
  const passes = { [REPORTED_BY]: pass }
  const trip = tripOf(active, indicesOf(passes))
  const nobody = (): void => undefined
  const after = await engine.map(trip, newTrip(passes), new Set(record.lost.keys()), nobody, nobody, signal)
  for (const [shard, cause] of after.lost) record.lost.set(shard, cause)
  try {
    const failure = after.failed[REPORTED_BY]
    if (failure !== undefined) throw fromErrorRecord(failure)
    const output = await engine.finish(REPORTED_BY, pass, after.states[REPORTED_BY] ?? null, signal)
    const { findings } = engine.read(output) as ScanResult
    record.results.set(REPORTED_BY, { ...own, findings: [...own.findings, ...findings] })
  } catch (error) {
    signal?.throwIfAborted()
    record.failed.set(REPORTED_BY, toErrorRecord(error))
  }
}
