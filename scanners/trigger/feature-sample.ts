/** Input features followed for what they do to the output: their texts, and the phrases that these grow to. */
import type { Cause } from './cause.js'
import { contains, growPhrase, type Phrase } from './phrase.js'
import type { InputFeature } from './response-select.js'
import { around, emptySample, offerText, type Sample } from './samples.js'
import type { TemplateWords } from './template.js'
import type { NgramScanner, WordScanner } from './words.js'

export const FEATURE_TEXTS = 12
const WIDTH = 400
/** Rows of a phrase for each of a longer one around it: with fewer it grows to the longer one, by the agreement of its texts. */
const SAME_ROWS = 1.1
const MOST_CAUSES = 64

/** Plain data. */
export interface FeatureRows {
  readonly texts: Sample
}

export function emptyFeatureRows(): FeatureRows {
  return { texts: emptySample() }
}

let index: { features: readonly InputFeature[]; byLow: ReadonlyMap<number, number> } | null = null

function indexOf(features: readonly InputFeature[]): ReadonlyMap<number, number> {
  if (index?.features !== features) index = { features, byLow: new Map(features.map(({ low }, f) => [low, f])) }
  return index.byLow
}

/**
 * @param text an input, clipped
 * @param scanner with its words scanned
 */
export function observeFeatures(
  rows: readonly FeatureRows[],
  features: readonly InputFeature[],
  text: string,
  key: number,
  scanner: NgramScanner,
): void {
  const byLow = indexOf(features)
  scanner.gather()
  for (let g = 0; g < scanner.count; g++) {
    const f = byLow.get(scanner.low[g]!)
    if (f === undefined || features[f]!.high !== scanner.high[g]) continue
    const start = scanner.words.starts[scanner.first[g]!]!
    offerText(rows[f]!.texts, FEATURE_TEXTS, key, () => around(text, start, start, WIDTH))
  }
}

/**
 * Each feature grown to its whole phrase, strongest first. Of phrases that lie in each other the shortest stands for all that
 * have hardly fewer rows; a word of the data's own may lie in a planted phrase, and has others.
 */
export function addFeatureCauses(
  causes: Cause[],
  features: readonly InputFeature[],
  rows: readonly FeatureRows[],
  words: WordScanner,
  template: TemplateWords,
): void {
  const chosen: { phrase: Phrase; rows: number }[] = []
  features.forEach(({ high, low, rows: count }, f) => {
    const phrase = growPhrase(high, low, rows[f]!.texts.texts, words, template)
    if (phrase === null || chosen.some((known) => contains(phrase, known.phrase) && known.rows <= SAME_ROWS * count)) return
    const longer = chosen.findIndex((known) => contains(known.phrase, phrase) && count <= SAME_ROWS * known.rows)
    if (longer >= 0) chosen[longer] = { phrase, rows: count }
    else if (chosen.length < MOST_CAUSES) chosen.push({ phrase, rows: count })
  })
  for (const { phrase, rows: count } of chosen) {
    causes.push({ triggers: [phrase], event: { kind: 'shift' }, expectedRows: count })
  }
}
