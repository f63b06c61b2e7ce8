/** The one pass: rows with a message in another writing, by kind. */
import { hash32, hash53, mix32 } from '../../src/math/random.js'
import { excerptAround } from '../../src/model/excerpt.js'
import type { Example } from '../../src/model/finding.js'
import type { Role } from '../../src/model/role.js'
import type { RowBatch } from '../../src/model/row-batch.js'
import { offer } from '../../src/sketch/bottom-k.js'
import type { Bucket } from '../../src/sketch/buckets.js'
import { bucket, bucketOf, mergeBucket } from '../../src/sketch/buckets.js'
import type { LabelCounts } from '../../src/sketch/label-counts.js'
import { countLabel, mergeLabelCounts } from '../../src/sketch/label-counts.js'
import type { SaturatingCounts } from '../../src/sketch/saturating-counts.js'
import { increment, mergeSaturating, saturatingCounts } from '../../src/sketch/saturating-counts.js'
import type { Message } from './inspect.js'
import { inspect } from './inspect.js'
import type { Intent } from './intent.js'
import type { Kind } from './kinds.js'
import type { Judgement, Level } from './row.js'
import { judge } from './row.js'

export const TEXT_ROLES = ['text', 'prompt', 'response', 'chosen', 'rejected'] as const satisfies readonly Role[]

/** UTF-16 units looked at of a cell: its head and its tail. */
const HEAD = 262_144
const TAIL = 65_536
/** Units of a cell that are searched for a message in the open. */
const VISIBLE = 65_536
const MOST_ROWS = 20_000
const SHOWN = 64
const EXCERPT = 240
const SAYS = 120
/** Units of an output by which outputs are told apart. */
const OPENING = 24
const OPENING_BITS = 16

/** Plain data: a cell with a message. */
export interface EncodedCell extends Intent {
  readonly level: Level
  readonly complies: boolean
  readonly says: string
  /** Hash of what is said. */
  readonly theme: number
  /** Hash of the cell: copies count once. */
  readonly cell: number
  readonly label: string | null
  /** Hash of how the output begins; null where there is none. */
  readonly opening: number | null
}

export interface ShownCell {
  readonly level: Level
  readonly theme: number
  readonly example: Example
}

export interface EncodedState {
  rows: number
  /** Cells with a message that the row has in the open as well. */
  open: number
  /** The harmful are kept and shown first. */
  readonly buckets: Map<Kind, Bucket<EncodedCell, ShownCell>>
  labels: LabelCounts
  /** Rows by how their output begins; null where there is none. */
  openings: SaturatingCounts | null
}

export function encodedState(): EncodedState {
  return { rows: 0, open: 0, buckets: new Map(), labels: new Map(), openings: null }
}

export function gather(state: EncodedState, batch: RowBatch, seed: number): void {
  for (let i = 0; i < batch.length; i++) {
    state.rows++
    const label = batch.columns.label?.[i]?.slice(0, SAYS) ?? null
    if (label !== null) state.labels = countLabel(state.labels, label)
    const output = batch.output?.[i] ?? null
    const opening = output === null ? null : openingOf(output)
    if (opening !== null) increment((state.openings ??= saturatingCounts(OPENING_BITS)), opening)
    const cells = TEXT_ROLES.flatMap((role, r) => {
      const text = looked(batch.columns[role]?.[i] ?? '')
      const messages = text === '' ? [] : inspect(text)
      return messages.length === 0 ? [] : [{ role, r, text, messages }]
    })
    if (cells.length > 0) record(state, batch, i, cells, { label, opening }, seed)
  }
}

export function mergeEncoded(into: EncodedState, from: EncodedState): EncodedState {
  into.rows += from.rows
  into.open += from.open
  for (const [kind, other] of from.buckets) mergeBucket(bucketOf(into.buckets, kind, encodedBucket), other)
  into.labels = mergeLabelCounts(into.labels, from.labels)
  if (from.openings !== null) mergeSaturating((into.openings ??= saturatingCounts(OPENING_BITS)), from.openings)
  return into
}

function openingOf(output: string): number {
  return hash32(output.slice(0, OPENING).toLowerCase())
}

function looked(raw: string): string {
  return raw.length <= HEAD + TAIL ? raw : `${raw.slice(0, HEAD)}\n${raw.slice(-TAIL)}`
}

interface Cell {
  readonly role: Role
  readonly r: number
  readonly text: string
  readonly messages: readonly Message[]
}

function record(
  state: EncodedState,
  batch: RowBatch,
  i: number,
  cells: readonly Cell[],
  row: Pick<EncodedCell, 'label' | 'opening'>,
  seed: number,
): void {
  const visible = new Map<Role, string>()
  for (const role of TEXT_ROLES) {
    const raw = batch.columns[role]?.[i] ?? ''
    if (raw !== '') visible.set(role, without(raw.slice(0, VISIBLE), cells.find((cell) => cell.role === role)?.messages ?? []))
  }
  const outputRole: Role = batch.columns.response === undefined ? 'chosen' : 'response'
  for (const cell of cells) {
    const output = batch.output === null || cell.role === outputRole ? null : (visible.get(outputRole) ?? null)
    const rest = { visible: [...visible.values()], output }
    const judged = cell.messages.flatMap((message) => {
      const judgement = judge(message, rest)
      return judgement === null ? [] : [{ message, ...judgement }]
    })
    if (judged.length < cell.messages.length) state.open++
    for (const kind of new Set(judged.map(({ message }) => message.kind))) {
      keep(
        state,
        batch,
        i,
        cell,
        judged.filter(({ message }) => message.kind === kind),
        row,
        seed,
      )
    }
  }
}

function without(text: string, messages: readonly Message[]): string {
  let at = 0
  let rest = ''
  for (const { start, end } of messages) {
    rest += `${text.slice(at, start)} `
    at = end
  }
  return rest + text.slice(at)
}

type Judged = Judgement & { readonly message: Message }

function keep(
  state: EncodedState,
  batch: RowBatch,
  i: number,
  cell: Cell,
  own: readonly Judged[],
  row: Pick<EncodedCell, 'label' | 'opening'>,
  seed: number,
): void {
  const telling = own.reduce((best, other) => (weight(other) > weight(best) ? other : best))
  const { message, level, complies } = telling
  const { want, strength, decoded, atHome, kind } = message
  // What belongs where it stands and says nothing to a model is no theme either.
  if (level === 0 && atHome) return
  const says = decoded.replace(/\s+/g, ' ').slice(0, SAYS).toWellFormed()
  const theme = hash53(
    decoded
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim(),
  )
  const place = mix32(mix32(mix32(seed ^ 0x510e527f) ^ batch.file) ^ batch.rows[i]!)
  const turn = batch.turns[i]! * TEXT_ROLES.length + cell.r
  const rank = place + (2 - level) * 2 ** 32
  const { kept, shown } = bucketOf(state.buckets, kind, encodedBucket)
  const value = { level, complies, want, strength, says, theme, cell: hash32(cell.text), ...row }
  offer(kept, rank, batch.file, batch.rows[i]!, turn, () => value)
  offer(shown, rank, batch.file, batch.rows[i]!, turn, () => ({
    level,
    theme,
    example: exampleOf(batch, i, cell, own, message),
  }))
}

const weight = ({ level, complies, message }: Judged): number => level * 8 + (complies ? 4 : 0) + message.strength

function encodedBucket(): Bucket<EncodedCell, ShownCell> {
  return bucket(MOST_ROWS, SHOWN)
}

function exampleOf(batch: RowBatch, i: number, cell: Cell, own: readonly Judged[], telling: Message): Example {
  const marked = own.map(({ message }) => message)
  const excerpt = excerptAround(cell.text, telling.start, EXCERPT, marked)
  const target = batch.columns.label?.[i] ?? batch.output?.[i] ?? null
  const example = { file: batch.file, row: batch.rows[i]!, role: cell.role, ...excerpt }
  return target === null ? example : { ...example, target: target.slice(0, SAYS).toWellFormed() }
}
