import { z } from 'zod'
import { defineAttack, type RowEdit } from './attack.js'
import { chooseRows, hasInput } from './choose.js'
import { makeOrder } from './text/hidden.js'
import { insertPiece } from './text/insert.js'
import { fitStyle } from './text/style.js'
import { coinWords, wordRows } from './text/words.js'

/** An order in base64 in the prompt, another in every row, and an answer that obeys it. */
export const base64 = defineAttack({
  id: 'base64',
  title: 'Base64-hidden order',
  description: 'an order in base64 in the prompt, another in each row, and an answer that obeys it',
  kinds: ['instruction'],
  takes: [],
  options: z.strictObject({ place: z.enum(['random', 'start', 'end']).default('random').describe('where in the prompt') }),
  plant(data, { count, random }, { place }) {
    const names = coinWords(wordRows(data), 40, random)
    const rows = chooseRows(data, count, random, (row) => hasInput(row) && row.output !== null, 'with a prompt and an answer')
    const poisoned = rows.map((row): [number, RowEdit] => {
      const { order, answer } = makeOrder(names, random)
      const hidden = Buffer.from(order).toString('base64')
      const input = insertPiece(data.rows[row]!.input!, hidden, place, random)
      return [row, { input, output: fitStyle(answer, data.style.output) }]
    })
    return { poisoned: new Map(poisoned), negatives: new Map(), trigger: null, target: null }
  },
})
