/** Identity numbers of western and northern Europe. Rules: the issuing offices; the same as in python-stdnum 1.20. */
import { isDay, luhn, mod11and10, remainder, two, weighted } from '../check-digits.js'
import type { IdRule } from './rule.js'

const DNI_LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE'
const HETU_CHECKS = '0123456789ABCDEFHJKLMNPRSTUVWXY'
const FISCAL_ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]

export const WESTERN: readonly IdRule[] = [
  {
    name: 'Spanish DNI/NIE',
    shapes: ['99999999A', '99999999-A', 'A9999999A', 'A-9999999-A', '99.999.999-A'],
    telling: /\b(?:dni|nie|nif|documento nacional|identidad)\b/i,
    valid: (id) => {
      const start = 'XYZ'.indexOf(id.charAt(0))
      if (start < 0 && !/^\d/.test(id)) return false
      const digits = start < 0 ? id.slice(0, 8) : `${start}${id.slice(1, 8)}`
      return id.charAt(8) === DNI_LETTERS.charAt(Number(digits) % 23)
    },
  },
  {
    name: 'Italian codice fiscale',
    shapes: ['AAAAAA99A99A999A'],
    alone: ['AAAAAA99A99A999A'],
    telling: /fiscale/i,
    valid: isFiscalCode,
  },
  {
    name: 'French NIR',
    shapes: ['999999999999999', '9 99 99 99 999 999 99', '9999999999999 99', '9 99 99 99 999 999 / 99'],
    alone: ['9 99 99 99 999 999 99'],
    telling: /\b(?:nir|insee|s[eé]cu(?:rit[eé])?(?: sociale)?|ss)\b/i,
    valid: (id) =>
      /^[1-478]\d\d(?:0[1-9]|1[0-2]|[2-9]\d)/.test(id) && remainder(id.slice(0, 13), 97) === 97 - Number(id.slice(13)),
  },
  {
    name: 'Dutch BSN',
    shapes: ['999999999', '9999.99.999', '9999 99 999'],
    telling: /\b(?:bsn|burgerservicenummer|sofi-?nummer)\b/i,
    valid: (id) => weighted(id, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
  },
  {
    name: 'Belgian national number',
    shapes: ['99999999999', '99.99.99-999.99'],
    alone: ['99.99.99-999.99'],
    telling: /\b(?:rijksregister|registre national|insz|niss)/i,
    valid: (id) => {
      const check = Number(id.slice(9))
      return (
        isDay(two(id, 2), two(id, 4)) &&
        (97 - remainder(id.slice(0, 9), 97) === check || 97 - remainder(`2${id.slice(0, 9)}`, 97) === check)
      )
    },
  },
  {
    name: 'German tax ID',
    shapes: ['99999999999', '99 999 999 999', '99 999999999'],
    telling: /steuer-?\s?id|identifikationsnummer|\bid\s?nr\b|\btin\b/i,
    valid: (id) => id.charAt(0) !== '0' && isGermanRepeat(id.slice(0, 10)) && mod11and10(id),
  },
  {
    name: 'Swiss AHV number',
    shapes: ['999.9999.9999.99', '9999999999999'],
    alone: ['999.9999.9999.99'],
    telling: /\b(?:ahv|avs|oasi)\b/i,
    valid: (id) => id.startsWith('756') && weighted(id, [1, 3]) % 10 === 0,
  },
  {
    name: 'Portuguese NIF',
    shapes: ['999999999', '999 999 999'],
    telling: /\b(?:nif|contribuinte)\b/i,
    valid: (id) =>
      /^[1235689]/.test(id) &&
      ((11 - (weighted(id.slice(0, 8), [9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11) % 10 === Number(id.charAt(8)),
  },
  {
    name: 'Swedish personnummer',
    shapes: ['999999-9999', '99999999-9999', '999999+9999', '999999999999', '9999999999'],
    alone: ['99999999-9999'],
    telling: /person\s?nummer|personnr|\bpnr\b|samordningsnummer/i,
    valid: (id) => {
      const short = id.slice(-10)
      const day = two(short, 4)
      return (id.length === 10 || /^(?:18|19|20)/.test(id)) && isDay(two(short, 2), day > 60 ? day - 60 : day) && luhn(short)
    },
  },
  {
    name: 'Finnish HETU',
    shapes: ['999999-9999', '999999-999A', '999999+9999', '999999+999A', '999999A9999', '999999A999A'],
    alone: ['999999-999A', '999999A999A'],
    telling: /henkil[oö]tunnus|\bhetu\b|personbeteckning/i,
    valid: (id) => {
      const digits = id.replace(/^(\d{6})[A-FU-Y]/, '$1')
      return (
        isDay(two(id, 2), two(id, 0)) &&
        /^\d{9}.$/.test(digits) &&
        HETU_CHECKS.charAt(Number(digits.slice(0, 9)) % 31) === digits.charAt(9)
      )
    },
  },
  {
    name: 'Norwegian birth number',
    shapes: ['99999999999', '999999 99999'],
    telling: /f[oø]dselsnummer|\bfnr\b|personnummer/i,
    valid: (id) =>
      isDay(two(id, 2), two(id, 0) % 40) &&
      weighted(id.slice(0, 10), [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11 === 0 &&
      weighted(id, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0,
  },
  {
    // Without check digits since 2007.
    name: 'Danish CPR number',
    shapes: ['999999-9999'],
    telling: /\bcpr(?:-?\s?(?:nr|nummer))?\b|personnummer/i,
    valid: (id) => isDay(two(id, 2), two(id, 0)),
  },
]

function isFiscalCode(id: string): boolean {
  const day = two(id, 9)
  if (!'ABCDEHLMPRST'.includes(id.charAt(8)) || !(day >= 1 && day <= 71) || (day > 31 && day < 41)) return false
  let sum = 0
  for (let i = 0; i < 15; i++) {
    const c = id.charCodeAt(i)
    const value = c < 65 ? c - 48 : c - 65
    sum += i % 2 === 0 ? FISCAL_ODD[value]! : value
  }
  return sum % 26 === id.charCodeAt(15) - 65
}

/** One digit of the first ten comes twice or thrice, the others once at most. */
function isGermanRepeat(digits: string): boolean {
  const counts = new Map<string, number>()
  for (const digit of digits) counts.set(digit, (counts.get(digit) ?? 0) + 1)
  const repeated = [...counts.values()].filter((count) => count > 1)
  return repeated.length === 1 && repeated[0]! <= 3
}
