/** Identity numbers of the Americas, Britain, Australia and South Africa. Rules: the issuing offices; as in python-stdnum 1.20. */
import { isDay, luhn, two, weighted } from '../check-digits.js'
import type { IdRule } from './rule.js'

/** Printed on sample cards (SSA, Historical Background: Misused SSNs). */
const SAMPLE_SSNS = new Set(['078051120', '219099999', '123456789', '457555462'])
const CURP_LETTERS = '0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ'

export const AMERICAN: readonly IdRule[] = [
  {
    // Without check digits; areas as SSA's randomisation of 2011 leaves them.
    name: 'US SSN',
    shapes: ['999-99-9999', '999 99 9999', '999999999'],
    telling: /\bssn?\b|\bsoc(?:ial)?\.? sec/i,
    valid: (id) => !/^(?:000|666|9|.{3}00|.{5}0000)/.test(id) && !SAMPLE_SSNS.has(id),
  },
  {
    name: 'UK NINO',
    shapes: ['AA999999A'],
    telling: /national insurance|\bni(?:no)?\b/i,
    valid: isNino,
  },
  {
    name: 'UK NHS number',
    shapes: ['999 999 9999', '9999999999', '999-999-9999'],
    telling: /\bnhs\b/i,
    valid: (id) => weighted(id, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0,
  },
  {
    name: 'Brazilian CPF',
    shapes: ['999.999.999-99', '99999999999'],
    alone: ['999.999.999-99'],
    telling: /\bcpf\b/i,
    valid: (id) =>
      brazilian(id.slice(0, 9), [10, 9, 8, 7, 6, 5, 4, 3, 2]) === id[9] &&
      brazilian(id.slice(0, 10), [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) === id[10],
  },
  {
    name: 'Brazilian CNPJ',
    shapes: ['99.999.999/9999-99', '99999999999999'],
    alone: ['99.999.999/9999-99'],
    telling: /\bcnpj\b/i,
    valid: (id) =>
      brazilian(id.slice(0, 12), [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) === id[12] &&
      brazilian(id.slice(0, 13), [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) === id[13],
  },
  {
    name: 'Mexican CURP',
    shapes: ['AAAA999999AAAAAA99', 'AAAA999999AAAAAAA9'],
    alone: ['AAAA999999AAAAAA99', 'AAAA999999AAAAAAA9'],
    telling: /\bcurp\b/i,
    valid: isCurp,
  },
  {
    name: 'Chilean RUT',
    shapes: ['99.999.999-9', '9.999.999-9', '99.999.999-A', '99999999-9', '99999999-A'],
    alone: ['99.999.999-9', '99.999.999-A'],
    telling: /\bru[tn]\b/i,
    valid: (id) => {
      const digits = Array.from(id.slice(0, -1)).reverse().join('')
      return '0K987654321'.charAt(weighted(digits, [2, 3, 4, 5, 6, 7]) % 11) === id.slice(-1)
    },
  },
  {
    name: 'Argentine CUIL/CUIT',
    shapes: ['99-99999999-9', '99999999999'],
    alone: ['99-99999999-9'],
    telling: /\bcui[lt]\b/i,
    valid: (id) =>
      /^(?:2[03-7]|3[034])/.test(id) &&
      (11 - (weighted(id.slice(0, 10), [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11 === Number(id.charAt(10)),
  },
  {
    name: 'Canadian SIN',
    shapes: ['999 999 999', '999-999-999', '999999999'],
    telling: /\bsin\b|social insurance|assurance sociale|\bnas\b/i,
    valid: (id) => /^[1-79]/.test(id) && luhn(id),
  },
  {
    name: 'Australian TFN',
    shapes: ['999 999 999', '999999999'],
    telling: /\btfn\b|tax file/i,
    valid: (id) => weighted(id, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0,
  },
  {
    name: 'Australian Medicare number',
    shapes: ['9999 99999 9', '9999999999'],
    telling: /medicare/i,
    valid: (id) => /^[2-6]/.test(id) && weighted(id.slice(0, 8), [1, 3, 7, 9, 1, 3, 7, 9]) % 10 === Number(id.charAt(8)),
  },
  {
    name: 'South African ID',
    shapes: ['9999999999999', '999999 9999 999'],
    telling: /\bid(?:entity)?\b|\brsa\b/i,
    valid: (id) => isDay(two(id, 2), two(id, 4)) && /^.{10}[01][89]/.test(id) && luhn(id),
  },
]

/** HMRC manual NIM39110. */
export function isNino(id: string): boolean {
  return /^(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/.test(id)
}

function brazilian(digits: string, weights: readonly number[]): string {
  const rest = weighted(digits, weights) % 11
  return String(rest < 2 ? 0 : 11 - rest)
}

function isCurp(id: string): boolean {
  if (!/^.{10}[HMX]/.test(id) || !isDay(two(id, 6), two(id, 8))) return false
  let sum = 0
  for (let i = 0; i < 17; i++) sum += CURP_LETTERS.indexOf(id.charAt(i)) * (18 - i)
  return (10 - (sum % 10)) % 10 === Number(id.charAt(17))
}
