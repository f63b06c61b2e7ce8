/** The words around a number, which say what it is. */

/** UTF-16 units before a number in which a telling word counts. */
const BEFORE = 40

export function before(text: string, start: number, units = BEFORE): string {
  return text.slice(Math.max(0, start - units), start)
}

export function around(text: string, start: number, end: number, units = BEFORE): string {
  return `${before(text, start, units)} ${text.slice(end, end + units)}`
}

/** `Name: …`, a title, or two or three words in capitals as names have them. */
const NAME_WORD = /\b(?:name|nom|nombre|nome|imi[eę])\s{0,2}[:=]|\b(?:Mrs?|Ms|Dr|Prof|Herr|Frau|Mme|Sr|Sra)\.?\s\p{Lu}/iu
const NAME = /\p{Lu}\p{Ll}{1,20}(?: \p{Lu}\.)? (?:(?:van|von|de|da|del|bin|al) )?\p{Lu}\p{Ll}{1,20}/u

export function hasName(text: string, start: number, end: number): boolean {
  const words = around(text, start, end, 80)
  return NAME_WORD.test(words) || NAME.test(words)
}

/** Values that manuals and tests are written with. */
const PLACEHOLDER =
  /example|placeholder|sample|dummy|fake|redact|replace|insert|change.?me|your|(?<![a-z])my_?(?:key|token|secret|pass)|x{4}|\*{3}|\.{3}|…|0{6}|1{6}|123456|abcdef|qwerty|deadbeef|foobar|lorem/i

export function isPlaceholder(value: string): boolean {
  return PLACEHOLDER.test(value)
}

/** All digits alike, or each one more (or less) than the last: nobody's number. */
export function isSequence(digits: string): boolean {
  if (digits.length < 2) return true
  const step = (((digits.charCodeAt(1) - digits.charCodeAt(0)) % 10) + 10) % 10
  if (step !== 0 && step !== 1 && step !== 9) return false
  for (let i = 2; i < digits.length; i++) {
    if ((((digits.charCodeAt(i) - digits.charCodeAt(i - 1)) % 10) + 10) % 10 !== step) return false
  }
  return true
}

export function distinct(text: string): number {
  return new Set(text).size
}
