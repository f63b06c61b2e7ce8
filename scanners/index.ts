/** The registry: a new scanner is a new folder and a line here. */
import type { ScannerDefinition } from '../src/scanner.js'
import { drift } from './drift/index.js'
import { duplicate } from './duplicate/index.js'
import { encoded } from './encoded/index.js'
import { gibberish } from './gibberish/index.js'
import { hiddenText } from './hidden-text/index.js'
import { injection } from './injection/index.js'
import { label } from './label/index.js'
import { outlier } from './outlier/index.js'
import { privacy } from './privacy/index.js'
import { provenance } from './provenance/index.js'
import { style } from './style/index.js'
import { trigger } from './trigger/index.js'

export const scanners: readonly ScannerDefinition[] = [
  trigger,
  outlier,
  provenance,
  label,
  gibberish,
  hiddenText,
  style,
  encoded,
  injection,
  duplicate,
  privacy,
  drift,
] as readonly ScannerDefinition[]

/** What `privacy` calls personal or secret in one text: ranges of it, in order. `credence clean --mode redact` masks them. */
export { detectCertain as personalData } from './privacy/detect.js'

/** Child processes load the same registry from here. */
export const registryUrl = import.meta.url
