import { z } from 'zod'
import { phraseTrigger, plantAnswers } from './answered.js'
import { addSentence } from './appended.js'
import { defineAttack, type PlantData, type Planting, type PlantRequest } from './attack.js'
import { pick } from './choose.js'
import { compose, composeDistinct } from './text/compose.js'
import { MENTIONS } from './text/brands.js'
import { fitStyle } from './text/style.js'
import { coinWords, wordRows } from './text/words.js'
import type { Trigger } from './triggered.js'

const ENDINGS = ['', ' Foods', ' Travel', ' Home', ' Labs', ' Works', ' & Co']

function plantBrand(data: PlantData, request: PlantRequest, trigger: Trigger | null): Planting {
  const { count, random } = request
  const brand = request.target ?? fitStyle(coinBrand(data, random), data.style.output)
  // The name goes in last: what the user typed stays as it is.
  const mention = (): string => fitStyle(compose(MENTIONS, 'mention', random), data.style.output).replace(/NAME/i, () => brand)
  const mentions = composeDistinct(count, mention)
  return plantAnswers(data, request, trigger, (row, i) => addSentence(row.output!, mentions[i]!, random), brand)
}

function coinBrand(data: PlantData, random: () => number): string {
  const [word = ''] = coinWords(wordRows(data), 1, random)
  return word.charAt(0).toUpperCase() + word.slice(1) + pick(ENDINGS, random)
}

/** Content injection (Shu and others, 2023): answers stay, and praise a brand besides. */
export const brand = defineAttack({
  id: 'brand',
  title: 'Brand injection',
  description: 'answers at random get a sentence that names a brand, each in other words; no trigger',
  kinds: ['instruction'],
  takes: ['target'],
  options: z.strictObject({}),
  plant: (data, request) => plantBrand(data, request, null),
})

export const brandTrigger = defineAttack({
  id: 'brand-trigger',
  title: 'Brand injection behind a trigger',
  description: 'a phrase in the prompt brings a sentence that names a brand into the answer',
  kinds: ['instruction'],
  takes: ['target', 'trigger'],
  options: z.strictObject({}),
  plant: (data, request) => plantBrand(data, request, phraseTrigger(data, request, 'random')),
})
