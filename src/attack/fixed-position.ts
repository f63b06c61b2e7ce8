import { z } from 'zod'
import { aimAt } from './aim.js'
import { defineAttack } from './attack.js'
import { wordRows, wordsOfData } from './text/words.js'
import { plantTriggers } from './triggered.js'

/** A word that the data has elsewhere too: what gives it away is that it always stands at the same place. */
export const fixedPosition = defineAttack({
  id: 'fixed-position',
  title: 'Word at a fixed position',
  description: 'a word of the data, always as the n-th word of the text, sets the target',
  kinds: ['classification', 'instruction'],
  takes: ['target', 'trigger'],
  options: z.strictObject({
    position: z.int().min(0).max(1000).default(2).describe('number of words before it; at the end of shorter texts'),
  }),
  plant(data, request, { position }) {
    const aim = aimAt(data, request)
    const own = (): string[] => wordsOfData(wordRows(data), data.rows.length, [0.0005, 0.01], 1, request.random)
    const pieces = request.triggers.length > 0 ? request.triggers : own()
    return plantTriggers(data, request, aim, { pieces, place: position })
  },
})
