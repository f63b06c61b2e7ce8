/** The split view of a data set: whether what its rows were fetched from still gives what they recorded. */
import { fileURLToPath } from 'node:url'
import type { FetchLimits, FetchRequest, Outcome, OutcomeKind } from './outcomes.js'
import { listOf } from './ranges.js'
import type { Config } from '../config/schema.js'
import { AskedChild } from '../engine/asked-child.js'
import { fromErrorRecord } from '../errors.js'
import { MOST_ADDRESSES, type Recorded, type RecordedAddresses } from '../survey/addresses.js'

const CHILD = fileURLToPath(new URL('./online-child.js', import.meta.url))
const MEMORY_BYTES = 2 ** 30
const TIMEOUT_MS = 30_000
const PAUSE_MS = 500
const TOTAL_MS = 15 * 60_000

export interface Compared extends Recorded {
  readonly outcome: Outcome
}

export interface SplitView {
  /** Rows with an address and a digest. */
  readonly rows: number
  /** Of the sample, those whose digest is of their own text: they were not fetched. */
  readonly ofText: number
  readonly compared: readonly Compared[]
}

type Settings = Pick<Config, 'onlineSample' | 'onlineAllow' | 'onlineMaxBytes'>

/** @throws CredenceError `usage` for what is no range, before a scan rather than after it */
export function checkOnlineSettings({ onlineAllow }: Settings): void {
  listOf(onlineAllow)
}

/**
 * Fetches from the addresses of the sample, in a process of its own.
 * @throws CredenceError `worker`, `limit` where that process was lost
 */
export async function splitView(addresses: RecordedAddresses, settings: Settings, signal?: AbortSignal): Promise<SplitView> {
  const sample = addresses.sample.slice(0, Math.min(settings.onlineSample, MOST_ADDRESSES))
  const wanted = sample.filter(({ ofText }) => !ofText)
  const limits: FetchLimits = {
    allow: settings.onlineAllow,
    maxBytes: settings.onlineMaxBytes,
    timeoutMs: TIMEOUT_MS,
    pauseMs: PAUSE_MS,
    totalMs: TOTAL_MS,
  }
  const outcomes =
    wanted.length === 0 ? [] : await fetched({ wanted: wanted.map(({ url, digest }) => ({ url, digest })), limits }, signal)
  const compared = wanted.map((recorded, i) => ({ ...recorded, outcome: outcomes[i]! }))
  return { rows: addresses.rows, ofText: sample.length - wanted.length, compared }
}

async function fetched(request: FetchRequest, signal?: AbortSignal): Promise<readonly Outcome[]> {
  const child = new AskedChild<FetchRequest>(CHILD, { deadlineMs: 2 * TOTAL_MS, memoryBytes: MEMORY_BYTES }, signal)
  try {
    const reply = await child.ask(request)
    if (reply.kind === 'error') throw fromErrorRecord(reply.error)
    return reply.value as readonly Outcome[]
  } finally {
    child.close()
  }
}

/** For the receipt: what was fetched, and what came of it. */
export function onlineLimits({ rows, ofText, compared }: SplitView): Record<string, number> {
  const count = (...kinds: OutcomeKind[]): number => compared.filter(({ outcome }) => kinds.includes(outcome.kind)).length
  const sum = (of: (outcome: Outcome) => number): number => compared.reduce((total, { outcome }) => total + of(outcome), 0)
  return {
    onlineRows: rows,
    onlineSampled: compared.length + ofText,
    onlineOfText: ofText,
    onlineRequests: sum(({ requests }) => requests),
    onlineBytes: sum(({ bytes }) => bytes),
    onlineSame: count('same'),
    onlineChanged: count('changed'),
    onlineDead: count('no-host', 'gone', 'no-answer'),
    onlineRefused: count('refused'),
    onlineUnclear: count('unclear', 'not-tried'),
  }
}
