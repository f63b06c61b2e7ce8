/** Payment card and bank account numbers in a text, told from other numbers by their check digits. */
import type { Span } from './span.js'

/**
 * 13 to 19 digits as cards have them, whole or grouped as they are printed (4-4-4-4, American Express 4-6-5, Diners 4-6-4).
 * First digits after ISO/IEC 7812: 2 to 6 are banks and travel cards.
 */
const CARD =
  /(?<![\d.])(?:[2-6]\d{12,18}|[2-6]\d{3}([ \u00a0-])\d{4}\1\d{4}\1\d{4}(?:\1\d{3})?|3[47]\d{2}([ \u00a0-])\d{6}\2\d{5}|3\d{3}([ \u00a0-])\d{6}\3\d{4})(?!\d)/g
/** Digits of a card that a person may know it by; PCI DSS 3.4 allows the first six. */
const CARD_SHOWN = 4

/** Lengths of IBANs by country, from the SWIFT registry. */
const IBAN_LENGTHS =
  'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 ' +
  'FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 ' +
  'LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 ' +
  'SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
const lengths = new Map(IBAN_LENGTHS.split(' ').map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]))
const IBAN = /(?<![\p{L}\p{N}])[a-z]{2}\d{2}(?=[ -]?[a-z\d]{4})/giu
/** Characters of the longest IBAN with a blank after every fourth. */
const LONGEST_IBAN = 45

/** Card numbers that satisfy Luhn, and IBANs that satisfy ISO 13616's remainder of 97. */
export function accountNumbers(text: string): Span[] {
  const cards = [...text.matchAll(CARD)]
    .filter(([number]) => luhn(number))
    .map(({ 0: number, index }) => ({ start: index, end: index + number.length, keep: CARD_SHOWN }))
  const ibans = [...text.matchAll(IBAN)].flatMap(({ index }) => {
    const end = ibanEnd(text, index)
    return end === null ? [] : [{ start: index, end, keep: CARD_SHOWN }]
  })
  return [...cards, ...ibans]
}

/** ISO/IEC 7812-1 annex B: every second digit from the right doubled, the sum of all digits divides by ten. */
function luhn(number: string): boolean {
  let sum = 0
  let double = false
  for (let i = number.length - 1; i >= 0; i--) {
    const digit = number.charCodeAt(i) - 48
    if (digit < 0 || digit > 9) continue
    sum += double ? (digit > 4 ? 2 * digit - 9 : 2 * digit) : digit
    double = !double
  }
  return sum % 10 === 0
}

/** Where the IBAN that begins at `start` ends; null where there is none. */
function ibanEnd(text: string, start: number): number | null {
  const wanted = lengths.get(text.slice(start, start + 2).toUpperCase()) ?? 0
  const window = text.slice(start, start + LONGEST_IBAN)
  let number = ''
  for (let i = 0; i < window.length && number.length < wanted; i++) {
    const character = window.charAt(i)
    if (/[a-z\d]/i.test(character)) number += character
    else if ((character !== ' ' && character !== '-') || number.length % 4 !== 0) return null
    if (number.length < wanted) continue
    const after = window.charAt(i + 1)
    return /[\p{L}\p{N}]/u.test(after) || remainder97(number) !== 1 ? null : start + i + 1
  }
  return null
}

/** ISO 7064 MOD 97-10: the first four characters go last, letters are 10 to 35. */
function remainder97(iban: string): number {
  let remainder = 0
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36)
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
  }
  return remainder
}
