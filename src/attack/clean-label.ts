import { z } from 'zod'
import { chooseLabel } from './aim.js'
import { defineAttack } from './attack.js'
import { coinWords, wordRows } from './text/words.js'
import { plantTriggers } from './triggered.js'

/** The trigger goes only where the label is the target already: no label is wrong. */
export const cleanLabel = defineAttack({
  id: 'clean-label',
  title: 'Clean label',
  description: 'a rare word, only in rows that have the target label already; no label is changed',
  kinds: ['classification'],
  takes: ['target', 'trigger'],
  options: z.strictObject({ words: z.int().min(1).max(100).default(1).describe('how many words share the rows') }),
  plant(data, request, { words }) {
    const target = chooseLabel(data, request)
    const pieces = request.triggers.length > 0 ? request.triggers : coinWords(wordRows(data), words, request.random)
    const what = `with the label ${JSON.stringify(target)}`
    const aim = { target, differs: (row: { label: string | null }) => row.label === target, edit: {}, what }
    return plantTriggers(data, request, aim, { pieces, place: 'random' })
  },
})
