import { HOME_CATEGORIES, type ProductCategory } from './categories-home.js'
import { LIFE_CATEGORIES } from './categories-life.js'
import { sentence, Speaker, type Slots } from './grammar.js'
import * as phrases from './phrases.js'
import { withTypo } from './typing.js'

export interface Review {
  text: string
  /** 1 for praise, 0 for complaint. */
  label: 0 | 1
  source: string
}

const CATEGORIES = [...HOME_CATEGORIES, ...LIFE_CATEGORIES]
const SOURCES = ['web', 'web', 'web', 'mobile-app', 'mobile-app', 'email-survey', 'partner-feed']
const MIN_WORDS = 8
const MAX_WORDS = 60

/** Writes product reviews: a subject from some hundred products, opinions of varied strength, asides, and the typing of people. */
export class Reviewer {
  readonly #speaker: Speaker

  constructor(seed: number) {
    this.#speaker = new Speaker(seed)
  }

  /** @param plain no word of the other side in it */
  review(label: 0 | 1, plain = false): Review {
    const speaker = this.#speaker
    for (;;) {
      const text = this.#type(this.#sentences(label, plain))
      const length = text.split(' ').length
      if (length >= MIN_WORDS && length <= MAX_WORDS) return { text, label, source: speaker.pick(SOURCES) }
    }
  }

  #sentences(label: 0 | 1, plain: boolean): string[] {
    const speaker = this.#speaker
    const slots = this.#slots(speaker.pick(CATEGORIES))
    const say = (bank: readonly string[]): string => speaker.expand(speaker.pick(bank), slots)
    const own = label === 1
    const clauses = own ? phrases.GOOD_CLAUSES : phrases.BAD_CLAUSES
    const others = own ? phrases.BAD_CLAUSES : phrases.GOOD_CLAUSES
    const parts: string[] = []
    const opening = speaker.between(1, 100)
    if (opening <= 52) parts.push(say(phrases.OPENERS))
    else if (opening <= 80) parts.push(say(own ? phrases.GOOD_OPENINGS : phrases.BAD_OPENINGS))
    const opinions = speaker.pick([1, 1, 1, 2, 2, 2, 3])
    const concession = !plain && speaker.chance(0.22) ? speaker.between(1, opinions) : 0
    for (let i = 1; i <= opinions; i++) {
      if (i === concession) parts.push(this.#mixed(say(clauses), say(others)))
      else parts.push(speaker.chance(0.12) ? say(own ? phrases.MILD_GOOD : phrases.MILD_BAD) : say(clauses))
    }
    if (speaker.chance(0.38)) parts.splice(speaker.between(1, parts.length), 0, say(phrases.NEUTRAL))
    if (speaker.chance(0.6)) parts.push(say(own ? phrases.GOOD_CLOSERS : phrases.BAD_CLOSERS))
    return parts
  }

  /** The reviewer's side first or last, with something granted to the other. */
  #mixed(own: string, other: string): string {
    const speaker = this.#speaker
    const but = speaker.pick([', but ', ', though ', ' but ', '. Still, ', ', however ', '; mind you, '])
    return speaker.chance(0.5) ? `${other}${but}${own}` : `${own}${but}${other}`
  }

  /** One product, brand and price throughout a review; all else is chosen each time. */
  #slots(category: ProductCategory): Slots {
    const speaker = this.#speaker
    const pickOf =
      (bank: readonly string[]): (() => string) =>
      () =>
        speaker.pick(bank)
    const product = speaker.pick(category.products)
    const brand = speaker.pick(phrases.BRANDS)
    const price = `${speaker.pick(['£', '$', '€'])}${speaker.between(6, 420)}`
    return {
      product: () => product,
      brand: () => brand,
      price: () => price,
      aspect: pickOf(category.aspects),
      good: pickOf(category.good),
      bad: pickOf(category.bad),
      use: pickOf(category.uses),
      note: pickOf(category.notes),
      person: pickOf(phrases.PEOPLE),
      time: pickOf(phrases.TIMES),
      span: pickOf(phrases.SPANS),
      seller: pickOf(phrases.SELLERS),
      weekday: pickOf(phrases.WEEKDAYS),
      adv: pickOf(phrases.ADVERBS),
      goodAdj: pickOf(phrases.GOOD_ADJECTIVES),
      badAdj: pickOf(phrases.BAD_ADJECTIVES),
      goodVerb: pickOf(phrases.GOOD_VERBS),
      badVerb: pickOf(phrases.BAD_VERBS),
    }
  }

  #type(parts: readonly string[]): string {
    const speaker = this.#speaker
    const excited = speaker.chance(0.07)
    const end = excited ? '!' : '.'
    let text = parts.map((part) => sentence(part, end)).join(' ')
    if (speaker.chance(0.08)) text = text.toLowerCase()
    if (speaker.chance(0.06)) text = text.replace(/[.!]$/, '')
    if (speaker.chance(0.09)) text = withTypo(text, speaker)
    return text
  }
}
