import assert from 'node:assert/strict'
import { namedColumns } from '../src/config/columns.js'
import { readLimits } from '../src/config/limits.js'
import type { Config } from '../src/config/schema.js'
import { openEncoder, type OpenedEncoder } from '../src/embed/open.js'
import { activate, tripOf, type Trip } from '../src/engine/plan.js'
import { runTask } from '../src/engine/task.js'
import { redactFinding } from '../src/fuse/redact.js'
import type { Finding } from '../src/model/finding.js'
import { dataSetInfo, openDataSet, type DataSet } from '../src/read/dataset.js'
import type { PassContext, ScannerDefinition, ScanResult } from '../src/scanner.js'
import { copy } from './scanners/drive.js'

/**
 * What a scanner alone finds in a file, by the engine's own parts but in this process: a tenth of the time of a scan that
 * starts children, for a few hundred rows. What a scan adds of its own (integrity, sources) is not here.
 * @returns its findings as a report has them, in no order
 */
export async function findingsHere(path: string, scanner: ScannerDefinition, config: Config): Promise<readonly Finding[]> {
  const dataset = await openDataSet([path], {
    roles: namedColumns(config),
    limits: readLimits(config),
    shardBytes: config.shardBytes,
  })
  const data = dataSetInfo(dataset)
  const { active } = activate([scanner], config.scannerOptions, data)
  const [only] = active
  if (only === undefined) return []
  const embeds = only.passes.some(({ needs }) => needs.includes('embedding'))
  const encoder = embeds ? await encoderOf(config.encoder) : null
  const context: PassContext = { data, seed: config.seed, alpha: config.alpha, embeddingDim: encoder?.dim ?? 0 }
  let result: unknown = null
  for (const [index, pass] of only.passes.entries()) {
    const input = copy(result)
    const states = await statesOf(dataset, tripOf(active, { [scanner.id]: index }), input, context, encoder)
    const merged = states.reduce<unknown>((into, from) => copy(pass.merge(into, from)), pass.init(input, context))
    result = copy(pass.finish(merged, input, context) as unknown)
  }
  return (result as ScanResult).findings.map((finding) => redactFinding(finding, config.showValues))
}

/** Of each shard; every row must be read. */
async function statesOf(
  dataset: DataSet,
  trip: Trip,
  input: unknown,
  context: PassContext,
  encoder: OpenedEncoder | null,
): Promise<unknown[]> {
  const [step] = trip.steps
  const id = step?.scanner ?? ''
  const states: unknown[] = []
  for (const shard of dataset.shards) {
    const source = trip.needs.has('embedding') ? encoder : null
    const done = await runTask(dataset, [shard], trip, { [id]: input }, context, source, () => undefined)
    const receipt = done.receipts.get(shard.id)
    assert.deepEqual([done.failed, receipt?.errors, receipt?.skipped], [{}, [], 0])
    states.push(copy(done.states[id]))
  }
  return states
}

const encoders = new Map<string, Promise<OpenedEncoder>>()

/** Opened once, never closed: the test's process ends with it. */
function encoderOf(encoder: string): Promise<OpenedEncoder> {
  const known = encoders.get(encoder) ?? openEncoder({ encoder, device: 'cpu', threads: 1 })
  encoders.set(encoder, known)
  return known
}
