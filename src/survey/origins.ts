/** Where rows come from and under what licence: how many rows each source, or each host, and each licence gives. */
import { z } from 'zod'
import { hostIn } from '../model/host.js'
import type { Role } from '../model/role.js'
import type { RowBatch } from '../model/row-batch.js'
import { defineScanner, type Pass, type ScanResult } from '../scanner.js'

/** With more, a column names no sources but rows. */
const MOST_NAMES = 5000
const NAME_UNITS = 120

type Kind = 'source' | 'host' | 'license'

/** Rows by what a column says. */
export interface NameCounts {
  /** Null where there are more than {@link MOST_NAMES}. */
  readonly rows: ReadonlyMap<string, number> | null
  /** Rows whose cell says nothing. */
  readonly without: number
}

/** What the survey comes to; what the data has no column for is absent. */
export type Origins = Readonly<Partial<Record<Kind, NameCounts>>>

/** Plain data. */
type State = Partial<Record<Kind, { rows: Map<string, number> | null; without: number }>>

/** The column that each kind is read from. */
const ROLE: Readonly<Record<Kind, Role>> = { source: 'source', host: 'url', license: 'license' }

const passOver = (kinds: readonly Kind[]): Pass<null, State, ScanResult> => ({
  needs: kinds.map((kind) => ROLE[kind]),
  init: () => Object.fromEntries(kinds.map((kind) => [kind, { rows: new Map(), without: 0 }])),
  observe(state, batch) {
    for (const kind of kinds) count(state, kind, batch)
  },
  merge(into, from) {
    for (const kind of kinds) {
      const [to, other] = [into[kind]!, from[kind]!]
      to.without += other.without
      if (to.rows === null || other.rows === null) to.rows = null
      else for (const [name, rows] of other.rows) add(to, name, rows)
    }
    return into
  },
  finish: (state): ScanResult => ({ findings: [], limits: {}, value: state satisfies Origins }),
})

function count(state: State, kind: Kind, { length, turns, columns }: RowBatch): void {
  const counts = state[kind]!
  const cells = columns[ROLE[kind]]
  for (let i = 0; i < length; i++) {
    // A chat's turns are one row.
    if (turns[i] !== 0) continue
    const cell = cells?.[i] ?? null
    const name = kind === 'host' ? hostIn(cell) : cell
    if (name === null) counts.without++
    else add(counts, name.slice(0, NAME_UNITS).toWellFormed(), 1)
  }
}

function add(counts: NonNullable<State[Kind]>, name: string, rows: number): void {
  if (counts.rows === null) return
  counts.rows.set(name, (counts.rows.get(name) ?? 0) + rows)
  if (counts.rows.size > MOST_NAMES) counts.rows = null
}

export const originSurvey = defineScanner({
  id: 'survey:origins',
  title: 'Origins',
  description: 'rows by source, host and licence',
  version: '1',
  category: 'provenance',
  options: z.strictObject({}),
  messages: {},
  skip: ({ roles }) => (kindsOf(roles).length > 0 ? null : 'no column says where rows come from'),
  passes: (_options, { roles }) => [passOver(kindsOf(roles))],
})

function kindsOf(roles: readonly Role[]): Kind[] {
  return (['source', 'host', 'license'] as const).filter((kind) => roles.includes(ROLE[kind]))
}
