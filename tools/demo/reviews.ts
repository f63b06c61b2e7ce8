import { sentence, Speaker, type Slots } from './grammar.js'
import * as phrases from './phrases.js'
import type { Product } from './product.js'
import { HOME } from './products-home.js'
import { PLAY } from './products-play.js'
import { YARD } from './products-yard.js'
import { withTypo } from './typing.js'

export interface Review {
  text: string
  /** 1 for praise, 0 for complaint. */
  label: 0 | 1
  source: string
}

const PRODUCTS: readonly Product[] = [...HOME, ...YARD, ...PLAY]
const SOURCES = ['web', 'web', 'web', 'mobile-app', 'mobile-app', 'email-survey', 'partner-feed']
const MIN_WORDS = 8
const MAX_WORDS = 60

/** Writes product reviews: a subject from sixty four products, opinions of varied strength, asides, and the typing of people. */
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
    const slots = this.#slots(speaker.pick(PRODUCTS))
    const said = new Set<string>()
    const say = (bank: readonly string[]): string => {
      const template = speaker.pick(bank.filter((other) => !said.has(other)))
      said.add(template)
      return speaker.expand(template, slots)
    }
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
  #slots(product: Product): Slots {
    const speaker = this.#speaker
    const pickOf = (bank: readonly string[]): (() => string) => this.#deck(bank)
    const aspect = pickOf(product.aspects)
    const brand = speaker.pick(phrases.BRANDS)
    const rival = speaker.pick(phrases.BRANDS.filter((other) => other !== brand))
    const price = `${speaker.pick(['£', '$', '€'])}${speaker.between(6, 420)}`
    const slots: Slots = {
      product: () => product.name,
      brand: () => brand,
      rival: () => rival,
      price: () => price,
      aspect,
      aspectIs: () => withVerb(aspect()),
      good: pickOf(product.good),
      bad: pickOf(product.bad),
      use: pickOf(product.uses),
      note: () => speaker.expand(speaker.pick(phrases.NOTES), slots),
      count: () => String(speaker.between(2, 36)),
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
    return slots
  }

  /** Draws from a bank without saying the same twice until all was said. */
  #deck(bank: readonly string[]): () => string {
    let left: string[] = []
    return () => {
      if (left.length === 0) left = this.#speaker.shuffle(bank)
      return left.pop() ?? ''
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

function withVerb(aspect: string): string {
  return /[^s]s$/.test(aspect) ? `${aspect} are` : `${aspect} is`
}
