/** Payment cards and bank accounts. */
import { accountNumbers } from '../../src/secrets/account-numbers.js'
import { luhn } from './check-digits.js'
import { around, distinct, isSequence } from './context.js'
import type { Datum } from './kinds.js'

/** Issuer ranges by first digits (ISO/IEC 7812, the networks' published ranges) and their lengths. */
const NETWORKS: readonly (readonly [name: string, prefix: RegExp, lengths: readonly number[]])[] = [
  ['Visa', /^4/, [13, 16, 19]],
  ['Mastercard', /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  ['American Express', /^3[47]/, [15]],
  ['Discover', /^(?:6011|64[4-9]|65)/, [16, 19]],
  ['JCB', /^35(?:2[89]|[3-8])/, [16]],
  ['Diners Club', /^3(?:0[0-5]|095|[689])/, [14]],
  ['UnionPay', /^62/, [16, 17, 18, 19]],
  ['Maestro', /^(?:5[06-8]|6304|67)/, [16, 18, 19]],
]
const TELLING_CARD =
  /\b(?:cards?|visa|master\s?card|amex|american express|discover|credit|debit|maestro|diners|jcb|cvv2?|cvc|pan|kreditkarte|tarjeta|carte|carta|cart[aã]o|карт[аы])\b|卡号/i

/** Numbers that networks and gateways publish for tests. */
const TEST_CARDS = new Set([
  '4111111111111111',
  '4242424242424242',
  '4012888888881881',
  '4000056655665556',
  '4222222222222',
  '4000000000000002',
  '4917610000000000',
  '4462030000000000',
  '4917484589897107',
  '4001919257537193',
  '4007702835532454',
  '4263970000005262',
  '4005519200000004',
  '4009348888881881',
  '4012000033330026',
  '4012000077777777',
  '4217651111111119',
  '4500600000000061',
  '4532015112830366',
  '4539578763621486',
  '4716461583322103',
  '4556737586899855',
  '4929000000006',
  '4484070000000000',
  '5555555555554444',
  '5105105105105100',
  '5200828282828210',
  '2223003122003222',
  '2223000048400011',
  '5454545454545454',
  '5425230000004415',
  '5425233430109903',
  '5506900490000436',
  '2222420000001113',
  '2223000048410010',
  '5424000000000015',
  '378282246310005',
  '371449635398431',
  '378734493671000',
  '341111111111111',
  '374245455400126',
  '370000000000002',
  '6011111111111117',
  '6011000990139424',
  '6011000000000012',
  '6011000991543426',
  '6011981111111113',
  '6011000180331112',
  '30569309025904',
  '38520000023237',
  '36227206271667',
  '36148900647913',
  '3056930009020004',
  '3530111333300000',
  '3566002020360505',
  '3566000020000410',
  '6205500000000000004',
  '6200000000000005',
  '6304000000000000',
  '6759649826438453',
])

/** IBANs of registries and manuals. */
const SAMPLE_IBANS = new Set([
  'GB29NWBK60161331926819',
  'GB82WEST12345698765432',
  'GB33BUKB20201555555555',
  'GB94BARC10201530093459',
  'DE89370400440532013000',
  'DE75512108001245126199',
  'DE91100000000123456789',
  'DE44500105175407324931',
  'DE02120300000000202051',
  'FR1420041010050500013M02606',
  'FR7630006000011234567890189',
  'FR7630001007941234567890185',
  'ES9121000418450200051332',
  'ES7921000813610123456789',
  'NL91ABNA0417164300',
  'NL20INGB0001234567',
  'NL02ABNA0123456789',
  'BE68539007547034',
  'BE71096123456769',
  'IT60X0542811101000000123456',
  'CH9300762011623852957',
  'CH5604835012345678009',
  'AT611904300234573201',
  'AT483200000012345864',
  'SE4550000000058398257466',
  'SE7280000810340009783242',
  'DK5000400440116243',
  'DK9520000123456789',
  'NO9386011117947',
  'NO8330001234567',
  'FI2112345600000785',
  'FI1410093000123458',
  'PL61109010140000071219812874',
  'PL10105000997603123456789123',
  'PT50000201231234567890154',
  'PT50002700000001234567833',
  'IE29AIBK93115212345678',
  'IE64IRCE92050112345678',
  'LU280019400644750000',
  'LU120010001234567891',
  'CZ6508000000192000145399',
  'CZ5508000000001234567899',
  'SA0380000000608010167519',
  'AE070331234567890123456',
  'TR330006100519786457841326',
  'BR1800360305000010009795493C1',
  'SK3112000000198742637541',
  'HU42117730161111101800000000',
])

/** Powers of two that begin as cards do. */
const POWERS = new Set(['2251799813685247', '2251799813685248', '4503599627370495', '4503599627370496', '4611686018427387904'])
const RANDOM_DIGITS = 5
const BARE = /(?<![\w.,-])[2-6]\d{12,18}(?![\w-]|[.,]\d)/g

export function accounts(text: string): Datum[] {
  const found = accountNumbers(text).flatMap(({ start, end }) => {
    const written = text.slice(start, end)
    const value = written.replace(/[^a-z\d]/gi, '').toUpperCase()
    return /^[A-Z]/.test(value) ? iban(value, start, end) : card(text, written, value, start, end)
  })
  return [...found, ...bareNumbers(text)]
}

function iban(value: string, start: number, end: number): Datum[] {
  const plain =
    SAMPLE_IBANS.has(value) || isSequence(value.slice(4).replace(/\D/g, '')) || distinct(value.slice(4)) < RANDOM_DIGITS
  return plain ? [] : [{ kind: 'iban', type: value.slice(0, 2), start, end, value }]
}

/** A bare run of digits needs a word beside it: one number in ten satisfies Luhn. Printed groups are a card's own form. */
function card(text: string, written: string, value: string, start: number, end: number): Datum[] {
  const network = networkOf(value)
  if (network === null || (written === value && !TELLING_CARD.test(around(text, start, end)))) return []
  return [{ kind: 'card', type: network, start, end, value }]
}

/** Digits as a card could have them, with and without its check digit: whether too many have it is for the whole data to say. */
function bareNumbers(text: string): Datum[] {
  return Array.from(text.matchAll(BARE)).flatMap(({ 0: value, index }): Datum[] => {
    const network = networkOf(value)
    const end = index + value.length
    if (network === null || TELLING_CARD.test(around(text, index, end))) return []
    return [{ kind: 'card', type: network, start: index, end, value, weak: true, checked: luhn(value) }]
  })
}

function networkOf(value: string): string | null {
  if (TEST_CARDS.has(value) || POWERS.has(value) || /(\d)\1{5}/.test(value) || distinct(value) < RANDOM_DIGITS) return null
  return NETWORKS.find(([, prefix, lengths]) => prefix.test(value) && lengths.includes(value.length))?.[0] ?? null
}
