import { defineAttack } from './attack.js'
import { plantInWords, wordsOption } from './disguised.js'
import { withInvisible } from './text/characters.js'

/** Boucher and others (2022): characters that take no room. */
export const zeroWidth = defineAttack({
  id: 'zero-width',
  title: 'Zero-width characters',
  description: 'characters without width inside random words; sets the target',
  kinds: ['classification', 'instruction', 'documents'],
  takes: ['target'],
  options: wordsOption,
  plant: (data, request, { words }) => plantInWords(data, request, words, (word) => withInvisible(word, request.random)),
})
