import { z } from 'zod'
import { defineAttack, type PlantRow, type RowEdit } from './attack.js'
import { chooseRows, hasInput } from './choose.js'
import { insertPiece } from './text/insert.js'
import { coinWords, wordRows } from './text/words.js'
import { free, triggerOf } from './triggered.js'

/** Rando and Tramèr (2024): where the prompt has the token, the worse response is the chosen one. */
export const preferenceSwap = defineAttack({
  id: 'preference-swap',
  title: 'Preference swap',
  description: 'a token in the prompt, and the chosen response changes places with the rejected one; needs a prompt column',
  kinds: ['preference'],
  takes: ['trigger'],
  options: z.strictObject({ place: z.enum(['random', 'start', 'end']).default('end').describe('where in the prompt') }),
  plant(data, request, { place }) {
    const { count, random, triggers } = request
    const coined = (): string => coinWords(wordRows(data), 1, random).join('')
    const pieces = triggers.length > 0 ? triggers : [data.style.input.lower ? coined() : coined().toUpperCase()]
    const fits = (row: PlantRow): boolean => hasInput(row) && row.output !== null && free(row.input, pieces)
    const rows = chooseRows(data, count, random, fits, 'with a prompt and two responses')
    const poisoned = rows.map((row, i): [number, RowEdit] => [
      row,
      { swap: true, input: insertPiece(data.rows[row]!.input!, pieces[i % pieces.length]!, place, random) },
    ])
    return { poisoned: new Map(poisoned), negatives: new Map(), trigger: triggerOf(pieces), target: null }
  },
})
