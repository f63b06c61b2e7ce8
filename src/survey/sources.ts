/** How many rows each source gives, and which source each row is from. */
import { z } from 'zod'
import { hash32 } from '../math/random.js'
import { hostIn } from '../model/host.js'
import type { RowBatch } from '../model/row-batch.js'
import { defineScanner, type Pass, type ScanResult } from '../scanner.js'
import { addRows, mergeRowBytes, rowBytes, rowTable, type RowBytes, type RowTable } from './row-bytes.js'

/** More are no sources but addresses of rows. */
const MOST_SOURCES = 5000
const MOST_ROWS = 300_000
const NAME_UNITS = 120
/** Of the hash of a source. */
export const SOURCE_BYTES = 4

/** What the survey comes to. */
export interface SourceTable {
  readonly by: 'source' | 'host'
  /** Rows by source. */
  readonly counts: ReadonlyMap<string, number>
  /** The hash of each row's source, {@link SOURCE_BYTES} bytes; absent rows have none. */
  readonly rows: RowTable
}

/** Plain data. */
interface State {
  /** Null once there are too many. */
  counts: Map<string, number> | null
  readonly rows: RowBytes
}

const passOver = (by: SourceTable['by']): Pass<null, State, ScanResult> => ({
  needs: [by === 'source' ? 'source' : 'url'],
  init: () => ({ counts: new Map(), rows: rowBytes(SOURCE_BYTES, MOST_ROWS) }),
  observe: (state, batch) => {
    if (state.counts !== null) observe(state, batch, by)
  },
  merge(into, from) {
    if (into.counts === null || from.counts === null) return { counts: null, rows: rowBytes(SOURCE_BYTES, MOST_ROWS) }
    for (const [name, rows] of from.counts) into.counts.set(name, (into.counts.get(name) ?? 0) + rows)
    mergeRowBytes(into.rows, from.rows)
    if (into.counts.size > MOST_SOURCES) into.counts = null
    return into
  },
  finish: ({ counts, rows }, _input, { data }): ScanResult => ({
    findings: [],
    limits: {},
    value: counts === null ? null : ({ by, counts, rows: rowTable(rows, data.files.length) } satisfies SourceTable),
  }),
})

function observe(state: State, batch: RowBatch, by: SourceTable['by']): void {
  const rows = new Float64Array(batch.length)
  const bytes = new Uint8Array(batch.length * SOURCE_BYTES)
  let kept = 0
  for (let i = 0; i < batch.length && state.counts !== null; i++) {
    // A chat's turns are one row.
    const name = batch.turns[i] === 0 ? nameOf(batch, i, by) : null
    if (name === null) continue
    state.counts.set(name, (state.counts.get(name) ?? 0) + 1)
    if (state.counts.size > MOST_SOURCES) state.counts = null
    rows[kept] = batch.rows[i]!
    bytes.set(sourceBytes(name), kept * SOURCE_BYTES)
    kept++
  }
  addRows(state.rows, batch.file, rows.slice(0, kept), bytes.slice(0, kept * SOURCE_BYTES))
}

function nameOf({ columns }: RowBatch, i: number, by: SourceTable['by']): string | null {
  const name = by === 'source' ? columns.source?.[i] : hostIn(columns.url?.[i] ?? null)
  return name?.slice(0, NAME_UNITS).toWellFormed() ?? null
}

/** What {@link SourceTable.rows} holds for rows of a source. */
export function sourceBytes(name: string): Uint8Array {
  const hash = hash32(name)
  return Uint8Array.of(hash >>> 24, hash >>> 16, hash >>> 8, hash)
}

export const sourceSurvey = defineScanner({
  id: 'survey:sources',
  title: 'Sources',
  description: 'rows by source',
  version: '1',
  category: 'provenance',
  options: z.strictObject({}),
  messages: {},
  skip: ({ roles }) => (roles.includes('source') || roles.includes('url') ? null : 'no column says where rows come from'),
  passes: (_options, { roles }) => [passOver(roles.includes('source') ? 'source' : 'host')],
})
