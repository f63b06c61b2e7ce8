/** Words of a Latin text that only look Latin. */
import { looksLatin, skeleton } from './confusables.js'
import type { Hidden } from './hidden.js'

const CANDIDATE = /[\u0370-\u058f]/
const WORD = /[\p{L}\p{M}]+/gu
const LATIN_LETTER = /\p{Script=Latin}/u
const OTHER_LETTER = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}]/u
/** Greek letters that stand for quantities and genes. */
const SYMBOLS = new Set('αβγδεζηθικλμνξπρστυφχψωϵΓΔΘΛΞΠΣΦΨΩ')
const FEWEST_LETTERS = 3
const NEAR = 40
const LATIN_BEFORE = /(?:^|\s)["'(]?\p{Script=Latin}+['’]?\p{Script=Latin}[,;:.!?")]{0,2}\s+["'(]?$/u
const LATIN_AFTER = /^[,;:.!?")]{0,2}\s+["'(]?\p{Script=Latin}+['’]?\p{Script=Latin}(?:[,;:.!?")]|\s|$)/u
const REPLACEMENT = '\ufffd'

export function lookAlikes(text: string): Hidden[] {
  if (!CANDIDATE.test(text)) return []
  const words = Array.from(text.matchAll(WORD), (match) => ({ word: match[0], start: match.index }))
  const foreign = words.filter(({ word }) => OTHER_LETTER.test(word))
  const lettersOf = (test: RegExp): number => words.reduce((sum, { word }) => sum + (test.test(word) ? word.length : 0), 0)
  const mostlyLatin = lettersOf(LATIN_LETTER) > lettersOf(OTHER_LETTER) / 2
  // A text that is written in Cyrillic or Greek too has its own reasons.
  const speaksOther = foreign.some(({ word }) => !LATIN_LETTER.test(word) && !looksAllLatin(word) && word.length > 1)
  if (speaksOther || !mostlyLatin) return []
  return foreign.flatMap(({ word, start }) => {
    const others = Array.from(word).filter((letter) => OTHER_LETTER.test(letter))
    if (!others.every((letter) => looksLatin(letter.charCodeAt(0))) || isFormula(word, others)) return []
    const end = start + word.length
    // Whole words in capitals are acronyms of another language more often than disguise.
    const alone = word.length >= FEWEST_LETTERS && word !== word.toUpperCase() && isAmongLatin(text, start, end)
    const disguise = LATIN_LETTER.test(word) ? word.length > 1 : alone
    if (!disguise) return []
    const code = others[0]!.charCodeAt(0)
    return [{ kind: 'look-alike', code, start, end, grave: !isBroken(text, start, end), says: skeleton(word) }]
  })
}

/** Whether a neighbour is a Latin word: beside a number or a placeholder, `%(num)d рік`, the text may be in the word's own language. */
function isAmongLatin(text: string, start: number, end: number): boolean {
  return LATIN_BEFORE.test(text.slice(Math.max(0, start - NEAR), start)) || LATIN_AFTER.test(text.slice(end, end + NEAR))
}

/** What was decoded wrongly stands beside the sign for it, and is a matter of quality. */
function isBroken(text: string, start: number, end: number): boolean {
  return text[start - 1] === REPLACEMENT || text[end] === REPLACEMENT
}

function looksAllLatin(word: string): boolean {
  return Array.from(word).every((letter) => looksLatin(letter.charCodeAt(0)))
}

/** `αx`, `kΩ`, `TNFα`, `NFκB`: a Greek symbol with a letter or two, or among capitals. */
function isFormula(word: string, others: readonly string[]): boolean {
  const latin = Array.from(word).filter((letter) => LATIN_LETTER.test(letter))
  return (
    others.every((letter) => SYMBOLS.has(letter)) &&
    (latin.length <= 2 || latin.every((letter) => letter !== letter.toLowerCase()))
  )
}
