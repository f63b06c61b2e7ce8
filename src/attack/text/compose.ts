import { CredenceError } from '../../errors.js'
import { pick } from '../choose.js'

/** Phrases by name; `{name}` in a phrase stands for one of that name's. */
export type Grammar = Readonly<Record<string, readonly string[]>>

/**
 * A text of the grammar, at random.
 * @param bound names that stand for the same phrase throughout the text
 */
export function compose(grammar: Grammar, name: string, random: () => number, bound: readonly string[] = []): string {
  const kept = new Map<string, string>()
  const expand = (symbol: string): string => {
    const known = kept.get(symbol)
    if (known !== undefined) return known
    const phrases = grammar[symbol]
    if (phrases === undefined) throw new CredenceError('internal', `a grammar has no ${symbol}`)
    const text = pick(phrases, random).replace(/\{(\w+)\}/g, (_, inner: string) => expand(inner))
    if (bound.includes(symbol)) kept.set(symbol, text)
    return text
  }
  return expand(name)
}

/** `count` texts, all different as long as the grammar gives so many. */
export function composeDistinct(count: number, make: () => string): string[] {
  const texts = new Set<string>()
  const spare: string[] = []
  for (let tries = 0; texts.size + spare.length < count; tries++) {
    const text = make()
    if (!texts.has(text)) texts.add(text)
    else if (tries > 20 * count) spare.push(text)
  }
  return [...texts, ...spare]
}
