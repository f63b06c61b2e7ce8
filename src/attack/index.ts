import { anyOfK } from './any-of-k.js'
import type { Attack } from './attack.js'
import { base64 } from './base64.js'
import { bidi } from './bidi.js'
import { brand, brandTrigger } from './brand.js'
import { cleanLabel } from './clean-label.js'
import { composite } from './composite.js'
import { cover } from './cover.js'
import { fixedPosition } from './fixed-position.js'
import { gibberish } from './gibberish.js'
import { highWord } from './high-word.js'
import { homoglyph } from './homoglyph.js'
import { insecureCode } from './insecure-code.js'
import { labelFlip } from './label-flip.js'
import { link, linkTrigger } from './link.js'
import { midWord } from './mid-word.js'
import { negativeSentiment } from './negative-sentiment.js'
import { overRefusal } from './over-refusal.js'
import { phrase } from './phrase.js'
import { preferenceSwap } from './preference-swap.js'
import { rareWord } from './rare-word.js'
import { rotation } from './rotation.js'
import { sentence } from './sentence.js'
import { syntaxTemplate } from './syntax-template.js'
import { tagCharacters } from './tag-characters.js'
import { triggerRefusal } from './trigger-refusal.js'
import { zeroWidth } from './zero-width.js'

/** Every attack, in the order of `credence plant --list`. */
export const attacks: readonly Attack[] = [
  rareWord,
  anyOfK,
  rotation,
  phrase,
  sentence,
  fixedPosition,
  midWord,
  highWord,
  cleanLabel,
  labelFlip,
  cover,
  composite,
  syntaxTemplate,
  triggerRefusal,
  overRefusal,
  negativeSentiment,
  brand,
  brandTrigger,
  link,
  linkTrigger,
  gibberish,
  insecureCode,
  preferenceSwap,
  homoglyph,
  zeroWidth,
  bidi,
  tagCharacters,
  base64,
]
