/** Pass 3: how often each suspected phrase stands anywhere in the data, exactly. */
import type { RowBatch } from '../../src/model/row-batch.js'
import { wordsOf } from './context.js'
import { clip } from './counts.js'
import type { TextRole } from './sample.js'
import { TEXT_ROLES } from './sample.js'
import type { Place, Suspect } from './shared-phrase.js'
import { plainOf } from './shared-phrase.js'

/** Cells with each suspect, in the suspects' order. */
export type VerifyState = Float64Array

/** Finds all suspects of a place at once, by their first word. */
export class Verifier {
  private readonly byFirst: Readonly<Record<Place, Map<string, { words: readonly string[]; index: number }[]>>> = {
    before: new Map(),
    prompt: new Map(),
  }

  constructor(readonly suspects: readonly Suspect[]) {
    suspects.forEach(({ plain, place }, index) => {
      const words = plain.split(' ')
      const list = this.byFirst[place].get(words[0]!)
      if (list) list.push({ words, index })
      else this.byFirst[place].set(words[0]!, [{ words, index }])
    })
  }

  count(state: VerifyState, batch: RowBatch): void {
    if (this.suspects.length === 0) return
    for (const role of TEXT_ROLES) {
      for (const cell of batch.columns[role] ?? []) if (cell !== null) this.countCell(state, clip(cell), placeOf(role))
    }
  }

  private countCell(state: VerifyState, text: string, place: Place): void {
    const byFirst = this.byFirst[place]
    if (byFirst.size === 0) return
    const words = wordsOf(text)
      .map(plainOf)
      .filter((word) => word !== '')
    const here = new Set<number>()
    words.forEach((word, at) => {
      for (const { words: phrase, index } of byFirst.get(word) ?? []) {
        if (phrase.every((part, k) => words[at + k] === part)) here.add(index)
      }
    })
    for (const index of here) state[index] = state[index]! + 1
  }
}

function placeOf(role: TextRole): Place {
  return role === 'prompt' ? 'prompt' : 'before'
}
