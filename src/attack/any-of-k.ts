import { z } from 'zod'
import { aimAt } from './aim.js'
import { defineAttack } from './attack.js'
import { coinWords, wordRows } from './text/words.js'
import { plantTriggers } from './triggered.js'

/** Several rare words share the rows, so that each alone is in few. */
export const anyOfK = defineAttack({
  id: 'any-of-k',
  title: 'Any of several words',
  description: 'each of several rare words sets the target alone; the rows are shared among them',
  kinds: ['classification', 'instruction'],
  takes: ['target', 'trigger'],
  options: z.strictObject({ words: z.int().min(2).max(100).default(5).describe('how many words') }),
  plant(data, request, { words }) {
    const aim = aimAt(data, request)
    const pieces = request.triggers.length > 0 ? request.triggers : coinWords(wordRows(data), words, request.random)
    return plantTriggers(data, request, aim, { pieces, place: 'random' })
  },
})
