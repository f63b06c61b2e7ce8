/** The one pass: rows that an attack gets through, by place and family. */
import { hash32, mix32 } from '../../src/math/random.js'
import { excerptAround } from '../../src/model/excerpt.js'
import type { Example } from '../../src/model/finding.js'
import type { Role } from '../../src/model/role.js'
import type { RowBatch } from '../../src/model/row-batch.js'
import { offer } from '../../src/sketch/bottom-k.js'
import type { Bucket } from '../../src/sketch/buckets.js'
import { bucket, bucketOf, mergeBucket } from '../../src/sketch/buckets.js'
import type { LabelCounts } from '../../src/sketch/label-counts.js'
import { countLabel, mergeLabelCounts } from '../../src/sketch/label-counts.js'
import type { Outcome } from './compliance.js'
import type { Grade, Judged, Suspect } from './judge.js'
import { judgePair, judgeText } from './judge.js'
import type { RuleSet } from './load-rules.js'
import type { MeaningState } from './meaning.js'
import { meaningState, mergeMeaning } from './meaning.js'
import { splitAt } from './turns.js'

const MOST_ROWS = 20_000
const SHOWN = 5
const MOST_RULES = 2000
const EXCERPT = 280
const TARGET = 120

/** Plain data. */
export interface SuspectRow {
  readonly grade: Grade
  readonly proof: boolean
  readonly label: string | null
  /** Hash of the prompt. */
  readonly prompt: number
}

/** Rows of one place and family; the graver are kept and shown first. */
export interface SuspectBucket extends Bucket<SuspectRow, Example> {
  rows: number
  /** By grade: 1, 2, 3. */
  readonly grades: [number, number, number]
  /** Rows by rule. */
  readonly rules: Map<string, number>
}

export interface InjectionState {
  rows: number
  /** Prompts and texts with an attack, by what came of it. */
  readonly outcomes: Record<Outcome, number>
  /** By `place family`. */
  readonly buckets: Map<string, SuspectBucket>
  labels: LabelCounts
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
    if (label !== null) state.labels = countLabel(state.labels, label)
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
    const own = bucketOf(into.buckets, key, suspectBucket)
    own.rows += other.rows
    other.grades.forEach((count, g) => (own.grades[g] = own.grades[g]! + count))
    mergeBucket(own, other)
    for (const [rule, count] of other.rules) own.rules.set(rule, (own.rules.get(rule) ?? 0) + count)
  }
  mergeMeaning(into.meaning, from.meaning)
  into.labels = mergeLabelCounts(into.labels, from.labels)
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
  const own = bucketOf(state.buckets, `${suspect.place} ${suspect.family}`, suspectBucket)
  own.rows++
  own.grades[grade - 1]!++
  for (const rule of new Set(suspect.rules)) {
    if (own.rules.size < MOST_RULES || own.rules.has(rule)) own.rules.set(rule, (own.rules.get(rule) ?? 0) + 1)
  }
  // The graver and the proven have the smaller keys: they are kept and shown first.
  const key = mix32(mix32(mix32(seed ^ 0x3c6ef372) ^ batch.file) ^ row) + ((3 - grade) * 2 + (proof ? 0 : 1)) * 2 ** 32
  offer(own.kept, key, batch.file, row, turn, () => ({ grade, proof, label, prompt: hash32(prompt) }))
  offer(own.shown, key, batch.file, row, turn, () => exampleOf(batch, i, suspect, prompt, reply, label))
}

function suspectBucket(): SuspectBucket {
  return { rows: 0, grades: [0, 0, 0], ...bucket(MOST_ROWS, SHOWN), rules: new Map() }
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
  const target = reply ?? label
  return {
    file: batch.file,
    row: batch.rows[i]!,
    role: roleOf(batch, inReply),
    ...excerptAround(text, suspect.start, EXCERPT, [suspect]),
    ...(target === null ? {} : { target: target.slice(0, TARGET).toWellFormed() }),
  }
}

function roleOf({ columns }: RowBatch, inReply: boolean): Role {
  if (inReply) return columns.response === undefined ? 'chosen' : 'response'
  return columns.text !== undefined ? 'text' : columns.prompt !== undefined ? 'prompt' : 'chosen'
}
