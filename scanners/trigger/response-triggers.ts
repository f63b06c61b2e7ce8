/** Which phrases of the inputs may be the trigger of an event in the responses: any of several, several together, or one that often does not fire. */
import { logBinomialTail } from '../../src/math/stats.js'
import { upperBound } from '../../src/sketch/saturating-counts.js'
import type { Cause } from './cause.js'
import { inOrder, MOST_PARTS, shareWords } from './composite.js'
import { LEAST_PURITY } from './label-judge.js'
import { contains, growPhrase, type Phrase } from './phrase.js'
import type { ResponseModel } from './response-count.js'
import type { ShingleEvent } from './response-select.js'
import type { NgramScanner } from './words.js'

/** Share of an event's rows that must hold a feature, one of several that fire, and of the feature's rows that must show the event. */
const LEAST_RECALL = 0.1
const LEAST_HOLDERS = 3
const FEATURE_PURITY = 0.6
const MOST_TRIGGERS = 24
/** The same of a feature that fires only with others: it is in nearly all of the event's rows, and in many more. */
const PART_RECALL = 0.7
const PART_PURITY = 0.15
/** Share of the event's sampled rows that must hold all parts. */
const TOGETHER_RECALL = 0.6
/** The event comes with hardly anything else than a trigger whose other rows are a cover. */
export const COVERED_RECALL = 0.85

export interface Triggers extends Pick<Cause, 'triggers' | 'together' | 'expectedRows'> {
  readonly kind: 'any' | 'together' | 'covered'
  /** ln of the association's tail. */
  readonly strength: number
}

interface Feature {
  readonly high: number
  readonly low: number
  /** Of the event's sampled inputs, those that hold it. */
  readonly texts: string[]
  readonly recall: number
  /** Share of its rows that show the event, at least. */
  readonly purity: number
  readonly strength: number
}

/**
 * Features of the inputs with which the event comes far more often than without, and those that do so together.
 * @param texts inputs of some of the event's rows
 * @param limit of {@link Triggers.strength}
 */
export function triggersOf(
  event: ShingleEvent,
  texts: readonly string[],
  model: ResponseModel,
  limit: number,
  scanner: NgramScanner,
): Triggers[] {
  const features = featuresOf(event, texts, model, scanner).filter(({ strength }) => strength < limit)
  features.sort((a, b) => a.strength - b.strength || a.low - b.low)
  const grow = ({ high, low, texts }: Feature): Phrase | null => growPhrase(high, low, texts, scanner.words, model.template)
  const found: Triggers[] = []
  const strong = features.filter(({ purity }) => purity >= FEATURE_PURITY)
  if (strong.length > 0) {
    const triggers: Phrase[] = []
    for (const feature of strong) {
      if (triggers.length >= MOST_TRIGGERS) break
      const phrase = grow(feature)
      // A longer phrase around a trigger already found fires on no other row.
      if (phrase !== null && !triggers.some((known) => contains(phrase, known))) triggers.push(phrase)
    }
    found.push({ kind: 'any', triggers, expectedRows: event.rows, strength: strong[0]!.strength })
  }
  const parts = features.filter(({ recall }) => recall >= PART_RECALL)
  // Where one of them brings the event nearly always, it needs no other.
  if (parts.length >= 2 && parts.every(({ purity }) => purity < LEAST_PURITY)) {
    const triggers = partsOf(parts, texts, grow)
    if (triggers !== null)
      found.push({ kind: 'together', triggers, together: true, expectedRows: event.rows, strength: parts[0]!.strength })
  }
  // Longer phrases around it may look as if they fired always: few rows hold them.
  const surest = parts.find(({ recall }) => recall >= COVERED_RECALL)
  if (surest !== undefined && surest.purity < FEATURE_PURITY) {
    const phrase = grow(surest)
    if (phrase !== null) found.push({ kind: 'covered', triggers: [phrase], expectedRows: event.rows, strength: surest.strength })
  }
  return found
}

function featuresOf({ rows }: ShingleEvent, texts: readonly string[], model: ResponseModel, scanner: NgramScanner): Feature[] {
  const holders = new Map<number, { high: number; low: number; texts: string[] }>()
  for (const text of texts) {
    scanner.scan(text)
    for (let g = 0; g < scanner.count; g++) {
      const low = scanner.low[g]!
      const holder = holders.get(low)
      if (holder) holder.texts.push(text)
      else holders.set(low, { high: scanner.high[g]!, low, texts: [text] })
    }
  }
  const base = rows / Math.max(1, model.countedRows)
  return [...holders.values()].flatMap((holder) => {
    const recall = holder.texts.length / texts.length
    if (holder.texts.length < LEAST_HOLDERS || recall < LEAST_RECALL) return []
    const rowsWithFeature = upperBound(model.grams, holder.low)
    const both = Math.min(rowsWithFeature, Math.round(recall * rows))
    const purity = both / Math.max(1, rowsWithFeature)
    if (purity < (recall >= PART_RECALL ? PART_PURITY : FEATURE_PURITY)) return []
    return [{ ...holder, recall, purity, strength: logBinomialTail(rowsWithFeature, both, base) }]
  })
}

/** Phrases apart from each other that most of the texts hold together; null where there are none, or too many. */
function partsOf(parts: readonly Feature[], texts: readonly string[], grow: (part: Feature) => Phrase | null): Phrase[] | null {
  const phrases: Phrase[] = []
  let holding = new Set(texts)
  for (const part of parts) {
    const phrase = grow(part)
    if (phrase === null || phrases.some((known) => shareWords(known, phrase))) continue
    if (phrases.length === MOST_PARTS) return null
    phrases.push(phrase)
    const own = new Set(part.texts)
    holding = new Set([...holding].filter((text) => own.has(text)))
  }
  return phrases.length >= 2 && holding.size >= TOGETHER_RECALL * new Set(texts).size ? inOrder(phrases) : null
}
