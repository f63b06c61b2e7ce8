import type { Case } from './case.js'
import { cases as drift } from './drift.js'
import { cases as duplicate } from './duplicate.js'
import { cases as encoded } from './encoded.js'
import { cases as gibberish } from './gibberish.js'
import { cases as hiddenText } from './hidden-text.js'
import { cases as injection } from './injection.js'
import { cases as label } from './label.js'
import { cases as outlier } from './outlier.js'
import { cases as privacy } from './privacy.js'
import { cases as provenance } from './provenance.js'
import { cases as style } from './style.js'
import { cases as trigger } from './trigger.js'

/** By scanner. */
export const casesOf: Readonly<Record<string, readonly Case[]>> = {
  trigger,
  outlier,
  provenance,
  label,
  gibberish,
  'hidden-text': hiddenText,
  style,
  encoded,
  injection,
  duplicate,
  privacy,
  drift,
}
