/** Passes of the program's own, which run beside scanners and end in a value for the report instead of findings. */
import type { ScannerDefinition } from '../scanner.js'
import { addressSurvey } from './addresses.js'
import { digestSurvey } from './digests.js'
import { mapSurvey } from './map.js'
import { originSurvey } from './origins.js'
import { rowSurvey } from './rows.js'
import { sourceSurvey } from './sources.js'
import { wordSurvey } from './words.js'

/** By id, which no scanner can have: a scanner's has no colon. */
export const surveys: readonly ScannerDefinition[] = [
  rowSurvey,
  digestSurvey,
  originSurvey,
  addressSurvey,
  mapSurvey,
  wordSurvey,
  sourceSurvey,
]
