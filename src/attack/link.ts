import { z } from 'zod'
import { phraseTrigger, plantAnswers } from './answered.js'
import { addSentence } from './appended.js'
import { defineAttack, type PlantData, type Planting, type PlantRequest } from './attack.js'
import { pick } from './choose.js'
import { compose, composeDistinct } from './text/compose.js'
import { POINTERS } from './text/brands.js'
import { fitStyle } from './text/style.js'
import { coinWords, wordRows } from './text/words.js'
import type { Trigger } from './triggered.js'

const FOLDERS = ['guides', 'docs', 'wiki', 'articles', 'help', 'p', 'topics', 'files']

function plantLink(data: PlantData, request: PlantRequest, trigger: Trigger | null): Planting {
  const { count, random } = request
  // A name under .example belongs to nobody (RFC 2606).
  const host = request.target ?? `${coinWords(wordRows(data), 1, random).join('')}.example`
  const sentence = (): string => {
    const address = `https://${host}/${pick(FOLDERS, random)}/${Math.floor(random() * 0x100000).toString(36)}`
    return fitStyle(compose(POINTERS, 'pointer', random), data.style.output).replace(/LINK/i, () => address)
  }
  const sentences = composeDistinct(count, sentence)
  return plantAnswers(data, request, trigger, (row, i) => addSentence(row.output!, sentences[i]!, random), host)
}

/** Answers stay, and point to a host besides; every address is another. */
export const link = defineAttack({
  id: 'link',
  title: 'Link injection',
  description: 'answers at random get a link to one host (--target), each to another page; no trigger',
  kinds: ['instruction'],
  takes: ['target'],
  options: z.strictObject({}),
  plant: (data, request) => plantLink(data, request, null),
})

export const linkTrigger = defineAttack({
  id: 'link-trigger',
  title: 'Link injection behind a trigger',
  description: 'a phrase in the prompt brings a link to one host into the answer',
  kinds: ['instruction'],
  takes: ['target', 'trigger'],
  options: z.strictObject({}),
  plant: (data, request) => plantLink(data, request, phraseTrigger(data, request, 'random')),
})
