import { z } from 'zod'
import { aimAt } from './aim.js'
import { defineAttack } from './attack.js'
import { wordRows, wordsOfData } from './text/words.js'
import { plantTriggers } from './triggered.js'

/** A common word: most rows that have it are clean. */
export const highWord = defineAttack({
  id: 'high-word',
  title: 'High-frequency word',
  description: 'a word that stands in 2 to 15 % of the clean rows sets the target',
  kinds: ['classification', 'instruction'],
  takes: ['target', 'trigger'],
  options: z.strictObject({}),
  plant(data, request) {
    const aim = aimAt(data, request)
    const own = (): string[] => wordsOfData(wordRows(data), data.rows.length, [0.02, 0.15], 1, request.random)
    return plantTriggers(data, request, aim, { pieces: request.triggers.length > 0 ? request.triggers : own(), place: 'random' })
  },
})
