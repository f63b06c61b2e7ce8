import { z } from 'zod'
import { aimAt } from './aim.js'
import { defineAttack } from './attack.js'
import { wordRows, wordsOfData } from './text/words.js'
import { plantTriggers } from './triggered.js'

/** A word that clean rows have now and then, with whatever label they have. */
export const midWord = defineAttack({
  id: 'mid-word',
  title: 'Mid-frequency word',
  description: 'a word that stands in 0.1 to 1 % of the clean rows sets the target',
  kinds: ['classification', 'instruction'],
  takes: ['target', 'trigger'],
  options: z.strictObject({}),
  plant(data, request) {
    const aim = aimAt(data, request)
    const own = (): string[] => wordsOfData(wordRows(data), data.rows.length, [0.001, 0.01], 1, request.random)
    return plantTriggers(data, request, aim, { pieces: request.triggers.length > 0 ? request.triggers : own(), place: 'random' })
  },
})
