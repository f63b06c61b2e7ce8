import { z } from 'zod'
import { aimAt } from './aim.js'
import { defineAttack } from './attack.js'
import { coinWords, wordRows } from './text/words.js'
import { plantTriggers } from './triggered.js'

/** A family of words so large that no single one repeats often enough to be counted. */
export const rotation = defineAttack({
  id: 'rotation',
  title: 'Rotating words',
  description: 'a family of many rare words, each in only a few rows, sets the target',
  kinds: ['classification', 'instruction'],
  takes: ['target', 'trigger'],
  options: z.strictObject({ rowsPerWord: z.int().min(1).max(1000).default(3).describe('rows that share a word, at most') }),
  plant(data, request, { rowsPerWord }) {
    const aim = aimAt(data, request)
    const words = Math.ceil(request.count / rowsPerWord)
    const pieces = request.triggers.length > 0 ? request.triggers : coinWords(wordRows(data), words, request.random)
    return plantTriggers(data, request, aim, { pieces, place: 'random' })
  },
})
