/** The one pass: rows that an attack gets through, by place and family. */
import { hash32, mix32 } from '../../src/math/random.js'
import type { Example } from '../../src/model/finding.js'
import type { Role } from '../../src/model/role.js'
import type { RowBatch } from '../../src/model/row-batch.js'
import type { BottomK } from '../../src/sketch/bottom-k.js'
import { bottomK, mergeBottomK, offer } from '../../src/sketch/bottom-k.js'
import type { Outcome } from './compliance.js'
import type { Grade, Judged, Suspect } from './judge.js'
import { judgePair, judgeText } from './judge.js'
import type { RuleSet } from './load-rules.js'
import type { MeaningState } from './meaning.js'
import { meaningState, mergeMeaning } from './meaning.js'
import { splitAt } from './turns.js'

const MOST_ROWS = 20_000
const SHOWN = 5
const MOST_LABELS = 200
const MOST_RULES = 2000
const EXCERPT = 280
const LEAD = 80
const TARGET = 120

/** Plain data. */
export interface SuspectRow {
  readonly grade: Grade
  readonly proof: boolean
  readonly label: string | null
  /** Hash of the prompt. */
  readonly prompt: number
}

/** Rows of one place and family. */
export interface Bucket {
  rows: number
  /** By grade: 1, 2, 3. */
  readonly grades: [number, number, number]
  /** The graver come first. */
  readonly kept: BottomK<SuspectRow>
  readonly shown: BottomK<Example>
  /** Rows by rule. */
  readonly rules: Map<string, number>
}

export interface InjectionState {
  rows: number
  /** Prompts and texts with an attack, by what came of it. */
  readonly outcomes: Record<Outcome, number>
  /** By `place family`. */
  readonly buckets: Map<string, Bucket>
  /** Rows by label; null once there are too many to be classes. */
  labels: Map<string, number> | null
  readonly meaning: MeaningState
}

export function injectionState(): InjectionState {
  return {
    rows: 0,
    outcomes: { refused: 0, kept: 0, discussed: 0, followed: 0, unclear: 0 },
    buckets: new Map(),
    labels: new Map(),
    meaning: meaningState(),
  }
}

export function gather(state: InjectionState, batch: RowBatch, rules: RuleSet, seed: number): void {
  for (let i = 0; i < batch.length; i++) {
    state.rows++
    const label = batch.columns.label?.[i]?.slice(0, TARGET) ?? null
    if (label !== null) countLabel(state, label, 1)
    if (batch.output === null) gatherText(state, batch, i, label, rules, seed)
    else {
      const prompt = batch.input[i] ?? ''
      const reply = batch.output[i] ?? ''
      if (reply !== '') record(state, batch, i, judgePair(prompt, reply, rules), prompt, reply, label, seed)
    }
  }
}

export function mergeInjection(into: InjectionState, from: InjectionState): InjectionState {
  into.rows += from.rows
  for (const outcome of Object.keys(into.outcomes) as Outcome[]) into.outcomes[outcome] += from.outcomes[outcome]
  for (const [key, other] of from.buckets) {
    const bucket = bucketOf(into, key)
    bucket.rows += other.rows
    other.grades.forEach((count, g) => (bucket.grades[g] = bucket.grades[g]! + count))
    mergeBottomK(bucket.kept, other.kept)
    mergeBottomK(bucket.shown, other.shown)
    for (const [rule, count] of other.rules) bucket.rules.set(rule, (bucket.rules.get(rule) ?? 0) + count)
  }
  mergeMeaning(into.meaning, from.meaning)
  if (from.labels === null) into.labels = null
  else for (const [label, count] of from.labels) countLabel(into, label, count)
  return into
}

/** Preferences without a prompt hold the whole chat: it is split at its last answer. */
function gatherText(state: InjectionState, batch: RowBatch, i: number, label: string | null, rules: RuleSet, seed: number): void {
  const text = batch.input[i] ?? ''
  if (text === '') return
  const last = batch.columns.chosen === undefined ? -1 : text.lastIndexOf('\n\nAssistant:')
  const turns = last < 0 ? null : splitAt(text, last)
  if (turns === null) record(state, batch, i, judgeText(text, rules), text, null, label, seed)
  else record(state, batch, i, judgePair(turns.prompt, turns.reply, rules), turns.prompt, turns.reply, label, seed)
}

function record(
  state: InjectionState,
  batch: RowBatch,
  i: number,
  { outcome, suspect }: Judged,
  prompt: string,
  reply: string | null,
  label: string | null,
  seed: number,
): void {
  if (outcome !== null) state.outcomes[outcome]++
  if (suspect === null) return
  const { grade, proof } = suspect
  const row = batch.rows[i]!
  const turn = batch.turns[i]!
  const bucket = bucketOf(state, `${suspect.place} ${suspect.family}`)
  bucket.rows++
  bucket.grades[grade - 1]!++
  for (const rule of new Set(suspect.rules)) {
    if (bucket.rules.size < MOST_RULES || bucket.rules.has(rule)) bucket.rules.set(rule, (bucket.rules.get(rule) ?? 0) + 1)
  }
  // The graver and the proven have the smaller keys: they are kept and shown first.
  const key = mix32(mix32(mix32(seed ^ 0x3c6ef372) ^ batch.file) ^ row) + ((3 - grade) * 2 + (proof ? 0 : 1)) * 2 ** 32
  offer(bucket.kept, key, batch.file, row, turn, () => ({ grade, proof, label, prompt: hash32(prompt) }))
  offer(bucket.shown, key, batch.file, row, turn, () => exampleOf(batch, i, suspect, prompt, reply, label))
}

function bucketOf(state: InjectionState, key: string): Bucket {
  const known = state.buckets.get(key)
  if (known) return known
  const fresh: Bucket = { rows: 0, grades: [0, 0, 0], kept: bottomK(MOST_ROWS), shown: bottomK(SHOWN), rules: new Map() }
  state.buckets.set(key, fresh)
  return fresh
}

function countLabel(state: InjectionState, label: string, count: number): void {
  if (state.labels === null) return
  state.labels.set(label, (state.labels.get(label) ?? 0) + count)
  if (state.labels.size > MOST_LABELS) state.labels = null
}

function exampleOf(
  batch: RowBatch,
  i: number,
  suspect: Suspect,
  prompt: string,
  reply: string | null,
  label: string | null,
): Example {
  const inReply = suspect.place === 'emitted'
  const text = inReply ? (reply ?? '') : prompt
  const from = Math.max(0, suspect.start - LEAD)
  const excerpt = text.slice(from, from + EXCERPT).toWellFormed()
  const start = suspect.start - from
  const end = Math.min(suspect.end - from, excerpt.length)
  const target = reply ?? label
  return {
    file: batch.file,
    row: batch.rows[i]!,
    role: roleOf(batch, inReply),
    excerpt,
    marks: start < end ? [[start, end]] : [],
    ...(target === null ? {} : { target: target.slice(0, TARGET).toWellFormed() }),
  }
}

function roleOf({ columns }: RowBatch, inReply: boolean): Role {
  if (inReply) return columns.response === undefined ? 'chosen' : 'response'
  return columns.text !== undefined ? 'text' : columns.prompt !== undefined ? 'prompt' : 'chosen'
}
