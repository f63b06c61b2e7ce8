/** Values that nobody has, with valid check digits, drawn from a seed: no secret stands in the project's own files. */
import { createHash } from 'node:crypto'
import { random } from '../../../src/math/random.js'

const LOWER = 'abcdefghijklmnopqrstuvwxyz'
const UPPER = LOWER.toUpperCase()
export const DIGITS = '0123456789'
export const ALNUM = UPPER + LOWER + DIGITS
export const HEX = '0123456789abcdef'
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

export class Maker {
  readonly #next: () => number

  constructor(seed: number) {
    this.#next = random(seed)
  }

  below(n: number): number {
    return Math.floor(this.#next() * n)
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!
  }

  of(alphabet: string, length: number): string {
    return Array.from({ length }, () => alphabet.charAt(this.below(alphabet.length))).join('')
  }

  /** Sixteen digits, Luhn's check digit last. */
  card(prefix = '4539'): string {
    const body = prefix + this.of(DIGITS, 15 - prefix.length)
    return body + String(Array.from(DIGITS).find((digit) => luhnSum(body + digit) % 10 === 0))
  }

  printedCard(prefix?: string): string {
    return this.card(prefix).replace(/(\d{4})(?=\d)/g, '$1 ')
  }

  iban(country: string, bban: string): string {
    const digits = Array.from(`${bban}${country}00`, (c) => Number.parseInt(c, 36)).join('')
    return `${country}${String(98n - (BigInt(digits) % 97n)).padStart(2, '0')}${bban}`
  }

  pem(label = 'RSA PRIVATE KEY', lines = 12): string {
    const body = Array.from({ length: lines }, () => this.of(`${ALNUM}+/`, 64)).join('\n')
    return `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----`
  }

  /** Bitcoin's wallet import format. */
  wif(): string {
    const payload = Buffer.from(`80${this.of(HEX, 64)}01`, 'hex')
    const check = sha256(sha256(payload)).subarray(0, 4)
    let number = BigInt(`0x${Buffer.concat([payload, check]).toString('hex')}`)
    let text = ''
    for (; number > 0n; number /= 58n) text = BASE58.charAt(Number(number % 58n)) + text
    return text
  }

  jwt(): string {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
    const claims = { sub: this.of(HEX, 12), iat: 1_700_000_000 + this.below(1e6) }
    return `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}.${this.of(`${ALNUM}-_`, 43)}`
  }

  /** Whole keys in the forms of vendors. */
  keys(): Readonly<Record<string, string>> {
    const of = (length: number, alphabet = ALNUM): string => this.of(alphabet, length)
    return {
      'GitHub token': `ghp_${of(36)}`,
      'GitHub fine-grained token': `github_pat_${of(22)}_${of(59)}`,
      'GitLab token': `glpat-${of(20)}`,
      'AWS access key': `AKIA${of(16, `${UPPER}234567`)}`,
      'Slack token': `xoxb-${of(12, DIGITS)}-${of(13, DIGITS)}-${of(24)}`,
      'Slack webhook': `https://hooks.slack.com/services/T${of(8, UPPER + DIGITS)}/B${of(8, UPPER + DIGITS)}/${of(24)}`,
      'Stripe key': `sk_live_${of(24)}`,
      'Google API key': `AIza${of(35, `${ALNUM}-_`)}`,
      'npm token': `npm_${of(36)}`,
      'PyPI token': `pypi-AgEIcHlwaS5vcmc${of(80, `${ALNUM}-_`)}`,
      'Hugging Face token': `hf_${of(34, UPPER + LOWER + DIGITS)}`,
      'DigitalOcean token': `dop_v1_${of(64, HEX)}`,
      'Databricks token': `dapi${of(32, HEX)}`,
      'SendGrid key': `SG.${of(22)}.${of(43)}`,
      'Shopify token': `shpat_${of(32, HEX)}`,
      'Telegram bot token': `${String(1 + this.below(9))}${of(8, DIGITS)}:AA${of(33, `${ALNUM}-_`)}`,
      'OpenAI key': `sk-${of(20)}T3BlbkFJ${of(20)}`,
      'Anthropic key': `sk-ant-api03-${of(93, `${ALNUM}-_`)}AA`,
      'Linear key': `lin_api_${of(40)}`,
    }
  }
}

function luhnSum(digits: string): number {
  return Array.from(digits)
    .reverse()
    .reduce((sum, digit, i) => sum + (i % 2 === 0 ? Number(digit) : [0, 2, 4, 6, 8, 1, 3, 5, 7, 9][Number(digit)]!), 0)
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest()
}
