import { defineAttack } from './attack.js'
import { plantInWords, wordsOption } from './disguised.js'
import { withOverride } from './text/characters.js'

/** Boucher and Anderson (2023): what is stored is not what is shown. */
export const bidi = defineAttack({
  id: 'bidi',
  title: 'Direction overrides',
  description: 'random words are stored backwards under an override that shows them forwards; sets the target',
  kinds: ['classification', 'instruction', 'documents'],
  takes: ['target'],
  options: wordsOption,
  plant: (data, request, { words }) => plantInWords(data, request, words, withOverride),
})
