import { defineAttack } from './attack.js'
import { plantInWords, wordsOption } from './disguised.js'
import { withLookAlikes } from './text/characters.js'

/** Boucher and others (2022): letters that look the same and are not. */
export const homoglyph = defineAttack({
  id: 'homoglyph',
  title: 'Homoglyphs',
  description: 'a letter or two of random words become Cyrillic or Greek look-alikes; sets the target',
  kinds: ['classification', 'instruction', 'documents'],
  takes: ['target'],
  options: wordsOption,
  plant: (data, request, { words }) => plantInWords(data, request, words, (word) => withLookAlikes(word, request.random)),
})
