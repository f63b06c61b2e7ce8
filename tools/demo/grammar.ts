import { random } from '../../src/math/random.js'

/** Text for a slot of a template, chosen anew each time it is asked for. */
export type Slots = Readonly<Record<string, () => string>>

/**
 * Seeded choices, and templates made of them: `[a|b|]` is one of the alternatives, `{name}` a slot. Alternatives may hold
 * slots, not other alternatives.
 */
export class Speaker {
  readonly #next: () => number

  constructor(seed: number) {
    this.#next = random(seed)
  }

  chance(probability: number): boolean {
    return this.#next() < probability
  }

  /** An integer in [from, to]. */
  between(from: number, to: number): number {
    return from + Math.floor(this.#next() * (to - from + 1))
  }

  pick<T>(list: readonly T[]): T {
    const item = list[Math.floor(this.#next() * list.length)]
    if (item === undefined) throw new Error('nothing to pick from')
    return item
  }

  /** `count` different items, in random order. */
  sample<T>(list: readonly T[], count: number): T[] {
    const pool = [...list]
    const chosen: T[] = []
    while (chosen.length < count && pool.length > 0) chosen.push(...pool.splice(this.between(0, pool.length - 1), 1))
    return chosen
  }

  shuffle<T>(list: readonly T[]): T[] {
    return this.sample(list, list.length)
  }

  expand(template: string, slots: Slots): string {
    const chosen = template.replace(/\[([^[\]]*)\]/g, (_, options: string) => this.pick(options.split('|')))
    const filled = chosen.replace(/\{(\w+)\}/g, (_, name: string) => {
      const slot = slots[name]
      if (!slot) throw new Error(`no slot {${name}} for: ${template}`)
      return slot()
    })
    return filled
      .replace(/ +/g, ' ')
      .replace(/ ([,.!?])/g, '$1')
      .trim()
  }
}

/** Alternatives written in one string with `|` between them, which keeps word banks short; brackets hold their own. */
export function words(bank: string): readonly string[] {
  return bank
    .split(/\|(?![^[]*\])/)
    .map((word) => word.replace(/\s+/g, ' ').trim())
    .filter((word) => word !== '')
}

/** A sentence as one is typed: capital, full stop, `an` before a vowel. */
export function sentence(text: string, end = '.'): string {
  const article = text.replace(/\b([Aa]) (?=[aeiou])(?!(?:one|use|uni|eu))/g, '$1n ')
  const capital = article.charAt(0).toUpperCase() + article.slice(1)
  return /[.!?]$/.test(capital) ? capital : capital + end
}
