/** Pass 2: the stretches of gibberish in every cell of text. */
import type { RowBatch } from '../../src/model/row-batch.js'
import type { BottomK } from '../../src/sketch/bottom-k.js'
import { bottomK, mergeBottomK, offer } from '../../src/sketch/bottom-k.js'
import type { Found, Kind } from './context.js'
import { foundIn } from './context.js'
import { clip, Words } from './counts.js'
import type { LanguageModel } from './fit.js'
import { LetterModel } from './letter-model.js'
import { Repetition } from './repetition.js'
import type { TextRole } from './sample.js'
import { cellKey, TEXT_ROLES } from './sample.js'
import type { Stretch } from './segments.js'
import { letterRun, orderRun } from './segments.js'
import { Tokens } from './tokens.js'
import { orderEvidence } from './word-order.js'

/** Most stretches of a kind that are kept, those with the most evidence. */
const MOST_FOUND = 4000

export interface KindState {
  /** Cells that hold one. */
  cells: number
  /** Keys are negated evidence. */
  readonly found: BottomK<Found>
}

export interface ListState {
  /** Cells with text. */
  cells: number
  readonly kinds: Readonly<Record<Kind, KindState>>
}

export function listState(): ListState {
  const kind = (): KindState => ({ cells: 0, found: bottomK(MOST_FOUND) })
  return { cells: 0, kinds: { letters: kind(), words: kind(), repetition: kind() } }
}

export function mergeLists(into: ListState, from: ListState): ListState {
  into.cells += from.cells
  for (const kind of ['letters', 'words', 'repetition'] as const) {
    into.kinds[kind].cells += from.kinds[kind].cells
    mergeBottomK(into.kinds[kind].found, from.kinds[kind].found)
  }
  return into
}

/** Holds what one process needs to score with a model; nothing of it outlives the pass. */
export class Lister {
  private readonly letters: LetterModel
  private readonly tokens = new Tokens()
  private readonly words = new Words()
  private readonly shuffled: Float64Array
  private readonly drawn: Float64Array
  private readonly repetition = new Repetition()

  constructor(readonly model: LanguageModel) {
    this.letters = new LetterModel(model.counts)
    this.shuffled = new Float64Array(this.words.hashes.length)
    this.drawn = new Float64Array(this.words.hashes.length)
  }

  list(state: ListState, batch: RowBatch, seed: number): void {
    TEXT_ROLES.forEach((role, r) => {
      const cells = batch.columns[role]
      for (let i = 0; cells !== undefined && i < batch.length; i++) {
        const raw = cells[i] ?? ''
        if (raw === '') continue
        state.cells++
        const own = cellKey(seed, batch, i, r) <= this.model.sampledUpTo ? 1 : 0
        this.listCell(state, batch, i, role, clip(raw), own)
      }
    })
  }

  private listCell(state: ListState, batch: RowBatch, i: number, role: TextRole, text: string, own: 0 | 1): void {
    const repeated = this.repetition.find(text)
    if (repeated !== null) keep(state, batch, i, role, text, 'repetition', repeated)
    this.tokens.read(text, this.letters, own)
    const random = letterRun(this.tokens, this.model.levels)
    if (random !== null) {
      keep(state, batch, i, role, text, 'letters', random)
      return
    }
    const { counts, order, tail } = this.model
    if (!order.judged) return
    this.words.read(text)
    orderEvidence(counts, order, this.words, own, this.shuffled, this.drawn)
    const unordered = orderRun(this.words, this.shuffled, tail.shuffled) ?? orderRun(this.words, this.drawn, tail.drawn)
    if (unordered !== null && repeated === null) keep(state, batch, i, role, text, 'words', unordered)
  }
}

function keep(state: ListState, batch: RowBatch, i: number, role: TextRole, text: string, kind: Kind, stretch: Stretch): void {
  const into = state.kinds[kind]
  into.cells++
  const turn = batch.turns[i]! * TEXT_ROLES.length + TEXT_ROLES.indexOf(role)
  offer(into.found, -stretch.evidence, batch.file, batch.rows[i]!, turn, () => foundIn(batch, i, role, text, kind, stretch))
}
