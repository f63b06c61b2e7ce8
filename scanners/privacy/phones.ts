/** Telephone numbers: in international form, or in a national one beside a word that says so. */
import { createRequire } from 'node:module'
import type * as Library from 'libphonenumber-js/min'
import type { CountryCode, PhoneNumber } from 'libphonenumber-js/min'
import { before, hasName, isSequence } from './context.js'
import type { Datum } from './kinds.js'

const INTERNATIONAL = /(?<![\w+.)/=-])\+[1-9][\d() .\u00a0/-]{6,22}\d(?!\w)/g
const TELLING =
  /(?:\b(?:tel(?:e?ph?one?)?|ph(?:one)?|mobile?|cell(?:ular|phone)?|fax|call|dial|ring|text|sms|whats?app|contact|hotline|helpline|landline|t[eé]l[eé]phone|t[eé]l|telefon\p{Ll}{0,3}|handy|mobil|portable|m[oó]vil|celular|telefoon|puhelin|телефон\p{Ll}{0,2}|тел|моб)|電話|电话|手机|携帯|전화|هاتف|फ़ोन)(?:[^\p{L}\d\n]|\b(?:no|nr|number|num|num[eé]ro|us|me|him|her|at|on|is|my|our)\b){0,8}$/iu
const NATIONAL = /(?<![\w+.,/=$€£-])\(?\d[\d() .\u00a0/-]{5,18}\d(?![\w%]|[.,]\d)/g

/** Countries whose national numbers begin with the trunk prefix 0. */
const TRUNK: readonly CountryCode[] = [
  'GB',
  'DE',
  'FR',
  'IT',
  'NL',
  'AU',
  'JP',
  'SE',
  'CH',
  'AT',
  'BE',
  'IN',
  'ZA',
  'BR',
  'KR',
  'TR',
  'PL',
  'UA',
  'IE',
]
/** Countries without one, by the digits of their numbers. */
const NO_TRUNK: Readonly<Record<number, readonly CountryCode[]>> = {
  9: ['ES', 'PT', 'PL', 'CZ'],
  10: ['US', 'IN', 'MX', 'GR'],
  11: ['US', 'CN', 'BR', 'RU'],
}

/** Not a person's: free and charged numbers of companies, and numbers kept for films (NANPA 555-01XX, Ofcom, ACMA). */
const NOBODYS =
  /^\+(?:1(?:800|833|844|855|866|877|888|900)|1\d{3}555|44(?:800|808|84|87)|44207946|441\d\d496|44191498|442896496|442920180|441632960|4477009|49(?:800|180|900)|33(?:80|81|82|89|199)|39(?:800|89)|34(?:90|80)|61(?:1800|1300|2555\d01|491570))/
const DATE_OR_TIME =
  /^(?:(?:19|20)\d\d[./ -](?:0?[1-9]|1[0-2])[./ -]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d|(?:19|20)\d\d ?- ?(?:19|20)\d\d)/
const FEWEST_DIGITS = 9

const require = createRequire(import.meta.url)

/** Loads the library's tables at the first number that could be one, which most data never has. */
function parsed(written: string, country?: CountryCode): PhoneNumber | undefined {
  const { parsePhoneNumberFromString } = require('libphonenumber-js/min') as typeof Library
  return parsePhoneNumberFromString(written, country)
}

export function phones(text: string): Datum[] {
  const found: Datum[] = []
  if (text.includes('+')) {
    for (const { 0: written, index } of text.matchAll(INTERNATIONAL)) add(found, text, index, written, valid(parsed(written)))
  }
  for (const { 0: written, index } of text.matchAll(NATIONAL)) {
    const digits = written.replace(/\D/g, '')
    if (digits.length < FEWEST_DIGITS || DATE_OR_TIME.test(written) || !TELLING.test(before(text, index, 30))) continue
    add(found, text, index, written, parse(written, digits.startsWith('0') ? TRUNK : (NO_TRUNK[digits.length] ?? [])))
  }
  return found
}

function add(found: Datum[], text: string, start: number, written: string, number: PhoneNumber | undefined): void {
  if (number === undefined || NOBODYS.test(number.number) || isPlain(number.nationalNumber)) return
  const end = start + written.length
  found.push({
    kind: 'phone',
    type: `+${number.countryCallingCode}`,
    start,
    end,
    value: number.number,
    named: hasName(text, start, end),
  })
}

/** Valid in any of the countries, in their order. */
function parse(written: string, countries: readonly CountryCode[]): PhoneNumber | undefined {
  for (const country of countries) {
    const number = valid(parsed(written, country))
    if (number !== undefined) return number
  }
  return undefined
}

function valid(number: PhoneNumber | undefined): PhoneNumber | undefined {
  return number?.isValid() === true ? number : undefined
}

/** `1234567` and `0000000` in it: made up. */
function isPlain(digits: string): boolean {
  for (let i = 0; i + 6 <= digits.length; i++) if (isSequence(digits.slice(i, i + 6))) return true
  return false
}
