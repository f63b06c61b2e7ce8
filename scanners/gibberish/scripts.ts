/** What is ordinary for each script of the data, what random letters would give, and the boundary between. */
import { random } from '../../src/math/random.js'
import type { Counts } from './counts.js'
import type { LetterModel } from './letter-model.js'
import { SCRIPT, SCRIPTS } from './letters.js'
import { Tokens } from './tokens.js'

/** Letters that a window needs. */
const WINDOW_LETTERS = 48
/** Below this a script has no distribution to speak of, and is not judged. */
const FEWEST_WINDOWS = 100
/** Bits a letter that must lie between ordinary and random text; else the two cannot be told apart. */
const LEAST_GAP = 2
/** How far from ordinary to random a letter must lie: other languages of the same script lie at about half way. */
const BOUNDARY = 2 / 3
const RANDOM_WORDS = 2000
/** Letters rarer than this in their script are no part of the random text's alphabet. */
const RARE_LETTER = 1e-4

/** In bits a letter. */
export interface ScriptLevel {
  readonly windows: number
  readonly ordinary: number
  readonly random: number
  /** Infinity: not judged. */
  readonly boundary: number
}

export type ScriptLevels = readonly ScriptLevel[]

/** @returns by index into {@link SCRIPTS} */
export function scriptLevels(model: LetterModel, pieces: readonly string[]): ScriptLevels {
  const windows = windowsOf(model, pieces)
  return SCRIPTS.map((_, script) => {
    const sorted = windows[script]!.sort((a, b) => a - b)
    const ordinary = sorted[sorted.length >> 1] ?? 0
    const noise = sorted.length < FEWEST_WINDOWS ? 0 : randomLevel(model, script)
    const boundary = noise - ordinary < LEAST_GAP ? Infinity : ordinary + BOUNDARY * (noise - ordinary)
    return { windows: sorted.length, ordinary, random: noise, boundary }
  })
}

function windowsOf(model: LetterModel, pieces: readonly string[]): number[][] {
  const windows: number[][] = SCRIPTS.map(() => [])
  const tokens = new Tokens()
  const bits = new Float64Array(SCRIPTS.length)
  const letters = new Float64Array(SCRIPTS.length)
  for (const piece of pieces) {
    tokens.read(piece, model, 1)
    for (let t = 0; t < tokens.count; t++) {
      if (tokens.wordlike[t] === 0) continue
      const script = tokens.scripts[t]!
      bits[script] = bits[script]! + tokens.surprise[t]!
      letters[script] = letters[script]! + tokens.letters[t]!
      if (letters[script] < WINDOW_LETTERS) continue
      windows[script]!.push(bits[script] / letters[script])
      bits[script] = letters[script] = 0
    }
  }
  return windows
}

/** Bits a letter of words whose letters, and every seventh a digit, are drawn uniformly. */
function randomLevel(model: LetterModel, script: number): number {
  const alphabet = alphabetOf(model.counts, script)
  const next = random(script + 1)
  const words = Array.from({ length: RANDOM_WORDS }, () =>
    Array.from({ length: 2 + Math.floor(next() * 9) }, () =>
      next() < 1 / 7 ? '0' : alphabet[Math.floor(next() * alphabet.length)]!,
    ).join(''),
  )
  const tokens = new Tokens()
  tokens.read(words.join(' '), model, 0)
  let bits = 0
  let letters = 0
  for (let t = 0; t < tokens.count; t++) {
    bits += tokens.surprise[t]!
    letters += tokens.letters[t]!
  }
  return letters === 0 ? 0 : bits / letters
}

/** Letters of a script that the data uses, folded. */
function alphabetOf({ letters }: Counts, script: number): string[] {
  const units = Array.from(SCRIPT.keys()).filter((unit) => SCRIPT[unit] === script && letters[unit]! > 0)
  const total = units.reduce((sum, unit) => sum + letters[unit]!, 0)
  return units.filter((unit) => letters[unit]! >= RARE_LETTER * total).map((unit) => String.fromCharCode(unit))
}
