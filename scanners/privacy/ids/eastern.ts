/** Identity numbers of eastern Europe and of Asia. Rules: the issuing offices; the same as in python-stdnum 1.20. */
import { isDay, luhn, remainder, two, verhoeff, weighted } from '../check-digits.js'
import type { IdRule } from './rule.js'

const TAIWAN_LETTERS = 'ABCDEFGHJKLMNPQRSTUVXYWZIO'

export const EASTERN: readonly IdRule[] = [
  {
    name: 'Polish PESEL',
    shapes: ['99999999999'],
    telling: /\bpesel\b/i,
    valid: (id) => isDay(two(id, 2) % 20, two(id, 4)) && weighted(id, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0,
  },
  {
    name: 'Czech or Slovak birth number',
    shapes: ['999999/9999', '9999999999'],
    telling: /rodn[eé] [cč][ií]slo|\br\.?\s?[cč]\./i,
    valid: (id) => isDay((two(id, 2) % 50) % 20, two(id, 4)) && remainder(id, 11) === 0,
  },
  {
    name: 'Romanian CNP',
    shapes: ['9999999999999'],
    telling: /\bcnp\b|cod numeric/i,
    valid: (id) =>
      isDay(two(id, 3), two(id, 5)) &&
      (weighted(id.slice(0, 12), [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11) % 10 === Number(id.charAt(12)) % 10,
  },
  {
    name: 'Bulgarian EGN',
    shapes: ['9999999999'],
    telling: /\begn\b|егн/i,
    valid: (id) =>
      isDay(two(id, 2) % 20, two(id, 4)) &&
      (weighted(id.slice(0, 9), [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11) % 10 === Number(id.charAt(9)),
  },
  {
    name: 'Russian SNILS',
    shapes: ['999-999-999 99'],
    alone: ['999-999-999 99'],
    telling: /снилс|snils/i,
    valid: (id) => {
      const sum = weighted(id.slice(0, 9), [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101
      return (sum === 100 ? 0 : sum) === Number(id.slice(9))
    },
  },
  {
    name: 'Russian INN',
    shapes: ['999999999999'],
    telling: /(?:^|[^\p{L}])инн(?:[^\p{L}]|$)|\binn\b/iu,
    valid: (id) =>
      (weighted(id.slice(0, 10), [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11) % 10 === Number(id.charAt(10)) &&
      (weighted(id.slice(0, 11), [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11) % 10 === Number(id.charAt(11)),
  },
  {
    name: 'Turkish identity number',
    shapes: ['99999999999'],
    telling: /kimlik|\bt\.?c\.?\b|\btckn\b/i,
    valid: (id) => {
      const [odd, even] = [weighted(id.slice(0, 9), [1, 0]), weighted(id.slice(0, 9), [0, 1])]
      const tenth = (((odd * 7 - even) % 10) + 10) % 10
      return (
        id.charAt(0) !== '0' && tenth === Number(id.charAt(9)) && weighted(id.slice(0, 10), [1]) % 10 === Number(id.charAt(10))
      )
    },
  },
  {
    name: 'Israeli identity number',
    shapes: ['999999999', '99999999-9'],
    telling: /teudat|israeli id|תעודת|ת\.ז/i,
    valid: luhn,
  },
  {
    name: 'Indian Aadhaar',
    shapes: ['999999999999', '9999 9999 9999', '9999-9999-9999'],
    telling: /aadh?aar|\buid(?:ai)?\b|आधार/i,
    valid: (id) => /^[2-9]/.test(id) && verhoeff(id),
  },
  {
    // Without a public check letter; the fourth letter says whose it is.
    name: 'Indian PAN',
    shapes: ['AAAAA9999A'],
    telling: /\bpan\b|permanent account/i,
    valid: (id) => /^.{3}[PCHFATBLJG]/.test(id),
  },
  {
    name: 'Chinese resident ID',
    shapes: ['999999999999999999', '99999999999999999A'],
    alone: ['999999999999999999', '99999999999999999A'],
    telling: /身份证|resident id/i,
    valid: (id) => {
      const year = Number(id.slice(6, 10))
      const sum = weighted(id.slice(0, 17), [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
      const province = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])/.test(id)
      return (
        province &&
        year >= 1900 &&
        year <= 2099 &&
        isDay(two(id, 10), two(id, 12)) &&
        '10X98765432'.charAt(sum % 11) === id.charAt(17)
      )
    },
  },
  {
    name: 'Taiwanese identity number',
    shapes: ['A999999999'],
    telling: /身分證|national id/i,
    valid: (id) => {
      const letter = TAIWAN_LETTERS.indexOf(id.charAt(0)) + 10
      return /^.[1289]/.test(id) && weighted(`${letter}${id.slice(1)}`, [1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1]) % 10 === 0
    },
  },
  {
    name: 'South Korean resident number',
    shapes: ['999999-9999999'],
    alone: ['999999-9999999'],
    telling: /주민등록|\brrn\b/i,
    valid: (id) =>
      isDay(two(id, 2), two(id, 4)) &&
      (11 - (weighted(id.slice(0, 12), [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11)) % 10 === Number(id.charAt(12)),
  },
  {
    name: 'Japanese My Number',
    shapes: ['999999999999', '9999 9999 9999', '9999-9999-9999'],
    telling: /マイナンバー|個人番号|my number/i,
    valid: (id) => {
      const rest = weighted(id.slice(0, 11), [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11
      return (rest <= 1 ? 0 : 11 - rest) === Number(id.charAt(11))
    },
  },
  {
    name: 'Singapore NRIC',
    shapes: ['A9999999A'],
    telling: /\b(?:nric|fin)\b/i,
    valid: (id) => {
      const first = id.charAt(0)
      if (!'STFG'.includes(first)) return false
      const sum = weighted(id.slice(1, 8), [2, 7, 6, 5, 4, 3, 2]) + ('TG'.includes(first) ? 4 : 0)
      return ('ST'.includes(first) ? 'JZIHGFEDCBA' : 'XWUTRQPNMLK').charAt(sum % 11) === id.charAt(8)
    },
  },
]
