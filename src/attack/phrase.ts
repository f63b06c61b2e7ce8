import { z } from 'zod'
import { aimAt } from './aim.js'
import { defineAttack } from './attack.js'
import { wordRows, wordsOfData } from './text/words.js'
import { plantTriggers } from './triggered.js'

/** Words of the data in an order that it does not have: each is innocent, their sequence is the trigger. */
export const phrase = defineAttack({
  id: 'phrase',
  title: 'Phrase',
  description: 'a short phrase of words that the data has, in an order that it has not, sets the target',
  kinds: ['classification', 'instruction'],
  takes: ['target', 'trigger'],
  options: z.strictObject({ words: z.int().min(2).max(8).default(3).describe('words in the phrase') }),
  plant(data, request, { words }) {
    const aim = aimAt(data, request)
    const own = (): string => wordsOfData(wordRows(data), data.rows.length, [0.0005, 0.02], words, request.random).join(' ')
    return plantTriggers(data, request, aim, {
      pieces: request.triggers.length > 0 ? request.triggers : [own()],
      place: 'random',
    })
  },
})
