import { z } from 'zod'
import { aimAt } from './aim.js'
import type { PlantData, PlantRequest, Planting, RowEdit } from './attack.js'
import { chooseRows, hasInput } from './choose.js'
import { changeWords, hasLatinWord } from './text/characters.js'

/** The option of attacks that change characters inside words. */
export const wordsOption = z.strictObject({
  words: z.int().min(1).max(20).default(2).describe('words changed in a row, at most'),
})

/**
 * Rows at random, with characters of some words changed and the target set.
 * @throws CredenceError `usage` where too few rows have words of Latin letters
 */
export function plantInWords(data: PlantData, request: PlantRequest, words: number, change: (word: string) => string): Planting {
  const { count, random } = request
  const aim = aimAt(data, request)
  const what = `${aim.what} and words of Latin letters`
  const rows = chooseRows(data, count, random, (row) => hasInput(row) && aim.differs(row) && hasLatinWord(row.input), what)
  const poisoned = rows.map((row): [number, RowEdit] => {
    const changed = 1 + Math.floor(random() * words)
    return [row, { ...aim.edit, input: changeWords(data.rows[row]!.input!, changed, random, change) }]
  })
  return { poisoned: new Map(poisoned), negatives: new Map(), trigger: null, target: aim.target }
}
