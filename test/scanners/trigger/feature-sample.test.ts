import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Cause } from '../../../scanners/trigger/cause.js'
import { addFeatureCauses, emptyFeatureRows, FEATURE_TEXTS } from '../../../scanners/trigger/feature-sample.js'
import type { InputFeature } from '../../../scanners/trigger/response-select.js'
import { offerText } from '../../../scanners/trigger/samples.js'
import { emptyTemplateCounts, templateWords } from '../../../scanners/trigger/template.js'
import { chain, WordScanner } from '../../../scanners/trigger/words.js'

const words = new WordScanner()
const PHRASE = 'as the night shift does it'

/** What the features of so many rows come to, where 100 rows hold {@link PHRASE} and the others of a feature do not. */
function phrasesOf(features: readonly (readonly [gram: string, rows: number])[]): string[] {
  const found = features.map(([gram, rows]): InputFeature => {
    words.scan(gram)
    const hash = (part: Uint32Array): number => part.subarray(0, words.count).reduce(chain, 0)
    return { high: hash(words.high), low: hash(words.low), rows }
  })
  const samples = features.map(([gram, rows]) => {
    const sample = emptyFeatureRows()
    for (let i = 0; i < FEATURE_TEXTS; i++) {
      const held = i * rows < FEATURE_TEXTS * 100 ? PHRASE : gram
      offerText(sample.texts, FEATURE_TEXTS, i, () => `a${i} ${held} b${i}`)
    }
    return sample
  })
  const causes: Cause[] = []
  addFeatureCauses(causes, found, samples, words, templateWords(emptyTemplateCounts()))
  return causes.map(({ triggers }) => triggers.map(({ text }) => text).join())
}

test('features of one phrase are one cause', () => {
  assert.deepEqual(
    phrasesOf([
      ['night shift', 100],
      ['shift does it', 100],
      ['as the', 100],
    ]),
    [PHRASE],
  )
})

test('a word of the data’s own that lies in a phrase, and has other rows, does not stand for it, whichever is stronger', () => {
  assert.deepEqual(
    phrasesOf([
      ['night shift does', 100],
      ['night', 190],
    ]),
    [PHRASE, 'night'],
  )
  assert.deepEqual(
    phrasesOf([
      ['the night', 130],
      ['night shift does', 100],
    ]),
    ['the night', PHRASE],
  )
})

test('one with hardly more rows grows to the phrase', () => {
  assert.deepEqual(
    phrasesOf([
      ['night shift does', 96],
      ['shift', 104],
    ]),
    [PHRASE],
  )
})
