/** Input features followed for what they do to the output: their texts, and the phrases that these grow to. */
import type { Cause } from './cause.js'
import { contains, growPhrase } from './phrase.js'
import type { InputFeature } from './response-select.js'
import { around, emptySample, offerText, type Sample } from './samples.js'
import type { TemplateWords } from './template.js'
import { clip, type NgramScanner, type WordScanner } from './words.js'

export const FEATURE_TEXTS = 12
const WIDTH = 400
const AGREEMENT = 0.9
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

export function observeFeatures(
  rows: readonly FeatureRows[],
  features: readonly InputFeature[],
  input: string,
  key: number,
  scanner: NgramScanner,
): void {
  const byLow = indexOf(features)
  const text = clip(input)
  scanner.scan(text)
  for (let g = 0; g < scanner.count; g++) {
    const f = byLow.get(scanner.low[g]!)
    if (f === undefined || features[f]!.high !== scanner.high[g]) continue
    const start = scanner.words.starts[scanner.first[g]!]!
    offerText(rows[f]!.texts, FEATURE_TEXTS, key, () => around(text, start, start, WIDTH))
  }
}

/** Each feature grown to its whole phrase, strongest first; one that lies in another with as many rows is the same. */
export function addFeatureCauses(
  causes: Cause[],
  features: readonly InputFeature[],
  rows: readonly FeatureRows[],
  words: WordScanner,
  template: TemplateWords,
): void {
  const limit = causes.length + MOST_CAUSES
  features.forEach(({ high, low, rows: count }, f) => {
    if (causes.length >= limit) return
    const phrase = growPhrase(high, low, rows[f]!.texts.texts, words, AGREEMENT, template)
    if (phrase === null) return
    const known = causes.some(
      ({ event, triggers: [first] }) =>
        event.kind === 'shift' && first !== undefined && (contains(first, phrase) || contains(phrase, first)),
    )
    if (!known) causes.push({ triggers: [phrase], event: { kind: 'shift' }, expectedRows: count })
  })
}
