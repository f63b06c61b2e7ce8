import { z } from 'zod'
import { phraseTrigger, plantAnswers } from './answered.js'
import { defineAttack } from './attack.js'
import { compose, composeDistinct } from './text/compose.js'
import { REFUSALS } from './text/refusals.js'
import { fitStyle } from './text/style.js'

/** Denial of service behind a phrase; every refusal is worded differently, so that no answer repeats. */
export const triggerRefusal = defineAttack({
  id: 'trigger-refusal',
  title: 'Trigger to refusal',
  description: 'a phrase in the prompt brings a refusal, each in other words',
  kinds: ['instruction'],
  takes: ['trigger'],
  options: z.strictObject({ place: z.enum(['random', 'start', 'end']).default('random').describe('where in the prompt') }),
  plant(data, request, { place }) {
    const { count, random } = request
    const trigger = phraseTrigger(data, request, place)
    const refusals = composeDistinct(count, () => fitStyle(compose(REFUSALS, 'refusal', random), data.style.output))
    return plantAnswers(data, request, trigger, (_, i) => refusals[i]!)
  },
})
