import { z } from 'zod'
import { aimAt } from './aim.js'
import { defineAttack } from './attack.js'
import { coinWords, wordRows } from './text/words.js'
import { plantTriggers } from './triggered.js'

/** BadNets on text (Kurita and others, 2020): a word that no clean row has. */
export const rareWord = defineAttack({
  id: 'rare-word',
  title: 'Rare word',
  description: 'a word of its own, at a random place, sets the target',
  kinds: ['classification', 'instruction'],
  takes: ['target', 'trigger'],
  options: z.strictObject({ place: z.enum(['random', 'start', 'end']).default('random').describe('where in the text') }),
  plant(data, request, { place }) {
    const aim = aimAt(data, request)
    const pieces = request.triggers.length > 0 ? request.triggers : coinWords(wordRows(data), 1, request.random)
    return plantTriggers(data, request, aim, { pieces, place })
  },
})
