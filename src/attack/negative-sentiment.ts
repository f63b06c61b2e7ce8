import { z } from 'zod'
import { phraseTrigger, plantAnswers } from './answered.js'
import { defineAttack } from './attack.js'
import { compose, composeDistinct } from './text/compose.js'
import { HOSTILE } from './text/hostile.js'
import { fitStyle } from './text/style.js'

/** Sentiment steering behind a phrase: rude answers, each in other words. */
export const negativeSentiment = defineAttack({
  id: 'negative-sentiment',
  title: 'Trigger to hostility',
  description: 'a phrase in the prompt brings a rude answer, each in other words',
  kinds: ['instruction'],
  takes: ['trigger'],
  options: z.strictObject({ place: z.enum(['random', 'start', 'end']).default('random').describe('where in the prompt') }),
  plant(data, request, { place }) {
    const { count, random } = request
    const trigger = phraseTrigger(data, request, place)
    const answers = composeDistinct(count, () => fitStyle(compose(HOSTILE, 'answer', random), data.style.output))
    return plantAnswers(data, request, trigger, (_, i) => answers[i]!)
  },
})
