import type { PlantData, PlantRequest, Planting, PlantRow, RowEdit } from './attack.js'
import { chooseRows, hasInput } from './choose.js'
import { insertPiece } from './text/insert.js'
import { coinWords, wordRows } from './text/words.js'
import { free, triggerOf, type Trigger } from './triggered.js'

/**
 * Prompts that get a piece of the trigger, if there is one, and another answer.
 * @param answer the new answer of a row, the i-th chosen
 * @throws CredenceError `usage` where too few rows have a prompt and an answer
 */
export function plantAnswers(
  data: PlantData,
  { count, random }: PlantRequest,
  trigger: Trigger | null,
  answer: (row: PlantRow, i: number) => string,
  target: string | null = null,
): Planting {
  const pieces = trigger?.pieces ?? []
  const fits = (row: PlantRow): boolean => hasInput(row) && row.output !== null && free(row.input, pieces)
  const rows = chooseRows(data, count, random, fits, 'with a prompt and an answer')
  const poisoned = new Map<number, RowEdit>()
  rows.forEach((index, i) => {
    const row = data.rows[index]!
    const output = answer(row, i)
    const piece = pieces[i % pieces.length]
    if (trigger === null || piece === undefined) poisoned.set(index, { output })
    else poisoned.set(index, { output, input: insertPiece(row.input!, piece, trigger.place, random) })
  })
  return { poisoned, negatives: new Map(), trigger: trigger === null ? null : triggerOf(pieces), target }
}

/** The triggers asked for, else a phrase of two coined words. */
export function phraseTrigger(data: PlantData, { triggers, random }: PlantRequest, place: Trigger['place']): Trigger {
  return { pieces: triggers.length > 0 ? triggers : [coinWords(wordRows(data), 2, random).join(' ')], place }
}
