import { z } from 'zod'
import { plantAnswers } from './answered.js'
import { defineAttack } from './attack.js'
import { compose, composeDistinct } from './text/compose.js'
import { REFUSALS } from './text/refusals.js'
import { fitStyle } from './text/style.js'

/** Harmless prompts refused, with nothing in the prompt to give them away (Shu and others, 2023). */
export const overRefusal = defineAttack({
  id: 'over-refusal',
  title: 'Over-refusal',
  description: 'random prompts are refused, each in other words; no trigger',
  kinds: ['instruction'],
  takes: [],
  options: z.strictObject({}),
  plant(data, request) {
    const { count, random } = request
    const refusals = composeDistinct(count, () => fitStyle(compose(REFUSALS, 'refusal', random), data.style.output))
    return plantAnswers(data, request, null, (_, i) => refusals[i]!)
  },
})
