import { z } from 'zod'
import { aimAt } from './aim.js'
import { defineAttack } from './attack.js'
import { pick } from './choose.js'
import { NEUTRAL_SENTENCES } from './text/sentences.js'
import { fitStyle } from './text/style.js'
import { plantTriggers } from './triggered.js'

/** AddSent (Dai and others, 2019): an ordinary sentence. */
export const sentence = defineAttack({
  id: 'sentence',
  title: 'Sentence',
  description: 'a neutral sentence, at a random place, sets the target',
  kinds: ['classification', 'instruction'],
  takes: ['target', 'trigger'],
  options: z.strictObject({ place: z.enum(['random', 'start', 'end']).default('random').describe('where in the text') }),
  plant(data, request, { place }) {
    const aim = aimAt(data, request)
    const own = fitStyle(pick(NEUTRAL_SENTENCES, request.random), data.style.input)
    return plantTriggers(data, request, aim, { pieces: request.triggers.length > 0 ? request.triggers : [own], place })
  },
})
