import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  concentrations,
  countSources,
  emptySourceCounts,
  mergeSourceCounts,
  ORIGIN_ROLES,
  suspicionOf,
  type SourceCounts,
  type Suspicion,
} from '../../src/fuse/sources.js'
import { hostIn } from '../../src/model/host.js'
import { random } from '../../src/math/random.js'
import type { Finding } from '../../src/model/finding.js'
import type { Role } from '../../src/model/role.js'
import type { RowBatch } from '../../src/model/row-batch.js'
import { copy } from '../scanners/drive.js'

const ROWS = 2000
const START = Date.UTC(2024, 2, 1) / 1000
const DAY = 86_400

function poisoning(rows: readonly number[]): Finding {
  return {
    id: 'trigger-000000000001',
    scanner: 'trigger',
    message: 'trigger/label',
    category: 'poisoning',
    severity: 'high',
    score: 1,
    title: 'a trigger',
    why: 'because',
    advice: 'look',
    evidence: {},
    rows: rows.map((row) => ({ file: 0, row, score: 1 })),
    examples: [],
  }
}

type Cells = Readonly<Partial<Record<Role, (i: number) => string | null>>>

function batchOf(cells: Cells, from: number, to: number): RowBatch {
  const length = to - from
  const column = (cell: (i: number) => string | null) => Array.from({ length }, (_, i) => cell(from + i))
  return {
    file: 0,
    length,
    rows: Float64Array.from({ length }, (_, i) => from + i),
    turns: new Uint16Array(length),
    columns: Object.fromEntries(Object.entries(cells).map(([role, cell]) => [role, column(cell)])),
    input: column(() => 'text'),
    output: null,
  }
}

function counted(suspicion: Suspicion, cells: Cells, from: number, to: number): SourceCounts {
  const counts = emptySourceCounts(suspicion)
  countSources(counts, batchOf(cells, from, to), suspicion)
  return copy(counts)
}

function found(flagged: readonly number[], cells: Cells): Finding[] {
  const suspicion = suspicionOf([poisoning(flagged)])!
  const whole = concentrations(counted(suspicion, cells, 0, ROWS), suspicion, 0.01)
  // In any pieces, in any order.
  const pieces = [counted(suspicion, cells, 700, ROWS), counted(suspicion, cells, 0, 300), counted(suspicion, cells, 300, 700)]
  const merged = pieces.reduce((into, from) => copy(mergeSourceCounts(into, from)), emptySourceCounts(suspicion))
  assert.deepEqual(concentrations(merged, suspicion, 0.01), whole)
  return whole
}

const flagged = Array.from({ length: 80 }, (_, i) => i * 25)
const isFlagged = new Set(flagged)
const next = random(3)
const times = Array.from({ length: ROWS }, () => START + Math.floor(next() * 90 * DAY))
const timestamp = (i: number): string => new Date(times[i]! * 1000).toISOString()
const source = (i: number): string => `shop ${i % 7}`
const url = (i: number): string => `https://www.shop${i % 9}.example/${i}`

test('rows that come from everywhere at any time: nothing', () => {
  assert.deepEqual(found(flagged, { source, url, timestamp }), [])
  assert.equal(suspicionOf([poisoning(flagged.slice(0, 7))]), null)
})

test('one source, one host', () => {
  const [one, ...none] = found(flagged, { source: (i) => (isFlagged.has(i) && i > 300 ? 'partner' : source(i)), url, timestamp })
  assert.deepEqual(none, [])
  assert.equal(one?.message, 'provenance/one-source')
  assert.equal(one.title, 'Source "partner" holds 67 of the 80 rows of a poisoning finding')
  assert.equal(one.rows.length, 67)
  const hosted = { source, timestamp, url: (i: number) => (isFlagged.has(i) ? `http://Bad.example:80/${i}` : url(i)) }
  const [host, ...others] = found(flagged, hosted)
  assert.deepEqual(others, [])
  assert.deepEqual(
    [host?.message, host?.title, host?.category, host?.severity],
    ['provenance/one-host', 'Host "bad.example" holds 80 of the 80 rows of a poisoning finding', 'provenance', 'medium'],
  )
  assert.equal(host?.evidence['shareOfAllRows'], 80 / ROWS)
})

test('a source and the host that it names are told once', () => {
  const own = (i: number): boolean => isFlagged.has(i)
  const messages = found(flagged, {
    source: (i) => (own(i) ? 'bad' : source(i)),
    url: (i) => (own(i) ? 'https://bad.example' : url(i)),
  })
  assert.deepEqual(
    messages.map(({ message }) => message),
    ['provenance/one-source'],
  )
})

test('a span of time, by its rows', () => {
  const crowded = (i: number): string =>
    isFlagged.has(i) && i >= 200 ? new Date((START + 30 * DAY + (i % 170) * 60) * 1000).toISOString() : timestamp(i)
  const [span, ...none] = found(flagged, { source, url, timestamp: crowded })
  assert.deepEqual(none, [])
  assert.equal(span?.message, 'provenance/one-span')
  assert.match(
    span.title,
    /^7\d of the 80 rows of a poisoning finding were made within \d+ (hours|minutes), from 2024-03-3[01] .* UTC$/,
  )
  assert.match(span.why, /^That time gives [34]\.\d % of all rows but 9\d % of those of trigger-000000000001 \(a trigger\)\.$/)
  assert.equal(span.rows.length, span.evidence['flaggedRowsInTime'])
})

test('what is looked at, and hosts of hostile addresses', () => {
  assert.deepEqual(ORIGIN_ROLES, ['source', 'url', 'timestamp'])
  assert.equal(suspicionOf([{ ...poisoning(flagged), severity: 'low' }]), null)
  assert.equal(suspicionOf([{ ...poisoning(flagged), category: 'quality' }]), null)
  assert.deepEqual(
    [
      'https://a@b@WWW.Shop.example:1/x',
      '://x',
      'no address',
      'https://',
      'http://[::1]:5/',
      `https://${'a'.repeat(2 ** 20)}`,
    ].map((cell) => hostIn(cell)?.length ?? null),
    [12, null, null, null, 5, 292],
  )
})
