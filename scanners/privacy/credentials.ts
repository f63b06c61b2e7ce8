/** Keys, tokens and passwords that look as if they open something. */
import { changeShare } from '../../src/secrets/random-token.js'
import { vendorTokens } from '../../src/secrets/vendor-tokens.js'
import { before, distinct, isPlaceholder } from './context.js'
import { MORE_KEYS, vendorOf } from './key-formats.js'
import type { Datum } from './kinds.js'

/** A run of n characters drawn from 16 or more kinds shows at least ten of them but once in a thousand times. */
const FEWEST_DISTINCT = 10
/** Share of neighbours of different kinds: random text has 0.4 and more, words and paths about 0.2. */
const LEAST_CHANGES = 0.2

const AWS_SECRET = /(?:secret)_?(?:access)?_?key["'`]?\s{0,4}(?::|=>|=)\s{0,4}["'`]?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/gi
const AZURE_KEY = /(?:AccountKey|SharedAccessKey)=([A-Za-z0-9+/]{43,86}={1,2})/g
const NPM_AUTH = /_authToken\s?=\s?["']?([\w+/=-]{20,300})/g
const BEARER = /\b(?:bearer|basic|token)\s{1,2}([\w.~+/=-]{20,2000})/gi
const OAUTH_BASIC = /:\/\/([\w%.:-]{8,256}):x-oauth-basic@/g
const JWT = /(?<![\w-])eyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]{20,2000}/g
/** A name and a password before a host that has a dot. */
const URL_CREDENTIALS = /:\/\/([^\s/:@"'<>`\\]{1,128}):([^\s/:@"'<>`\\]{4,255})@([\w.-]{3,255})/g

const COMMON_PASSWORD =
  /^(?:pass(?:w(?:or)?d)?|secret|admin|root|user(?:name)?|guest|token|test|letmein|welcome|default|hunter2|password\d{0,4}|p[a@]ssw[o0]rd[!\d]{0,4}|postgres|mysql|mongo|redis|rabbitmq|docker|login|pwd|none|null|undefined|true|false|string)$/i
const TEMPLATE = /[${}<>%[\]]|\(\)|^(?:process|os|env|self|this|config|req|args|settings)\./
const OWN_HOST =
  /^(?:localhost|127\.|0\.0\.0\.0|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)|(?:^|\.)(?:example|test|invalid|local|domain|host|server|company)(?:\.[a-z]{2,4})?$|example/i

/** Bodies of keys that jwt.io and RFC 7519 print: `John Doe`, `"iss":"joe"`. */
const SAMPLE_JWT = /eyJzdWIiOiIxMjM0NTY3ODkwI|eyJpc3MiOiJqb2Ui|OiJKb2huIERvZSI|4gRG9l/

export function keys(text: string): Datum[] {
  return [...vendorKeys(text), ...assignedKeys(text)]
}

function vendorKeys(text: string): Datum[] {
  const tokens = vendorTokens(text).map(({ start, end }) => ({ start, token: text.slice(start, end) }))
  for (const { 0: token, index } of text.matchAll(MORE_KEYS)) tokens.push({ start: index, token })
  return tokens.flatMap(({ start, token }): Datum[] => {
    const vendor = vendorOf(token)
    return vendor === null || !isRandom(token.replace(/^[A-Za-z]{2,8}[_.-]/, ''), 0) ? [] : [keyAt(vendor, start, token)]
  })
}

function assignedKeys(text: string): Datum[] {
  const found: Datum[] = []
  const collect = (type: string, pattern: RegExp, holds: (value: string) => boolean): void => {
    for (const { 0: all, 1: value = '', index } of text.matchAll(pattern)) {
      if (holds(value)) found.push(keyAt(type, index + all.lastIndexOf(value), value))
    }
  }
  if (/key/i.test(text)) {
    collect('AWS secret key', AWS_SECRET, (value) => isRandom(value) && !value.endsWith('EXAMPLEKEY'))
    collect('Azure storage key', AZURE_KEY, isRandom)
  }
  if (text.includes('_authToken')) collect('npm token', NPM_AUTH, isRandom)
  if (/bearer|basic|token/i.test(text)) collect('bearer token', BEARER, (value) => isRandom(value, 0.3) && /\d/.test(value))
  if (text.includes('x-oauth-basic')) collect('GitHub token', OAUTH_BASIC, isRandom)
  if (text.includes('eyJ')) {
    for (const { 0: token, index } of text.matchAll(JWT)) {
      if (isHeader(token) && !SAMPLE_JWT.test(token)) found.push(keyAt('JSON Web Token', index, token))
    }
  }
  return found
}

function isHeader(token: string): boolean {
  const header = Buffer.from(token.slice(0, token.indexOf('.')), 'base64url').toString()
  return /"alg"\s?:/.test(header) && header.endsWith('}')
}

export function urlCredentials(text: string): Datum[] {
  return Array.from(text.matchAll(URL_CREDENTIALS)).flatMap(
    ({ 0: all, 1: user = '', 2: password = '', 3: host = '', index }): Datum[] => {
      const plain =
        COMMON_PASSWORD.test(password) ||
        TEMPLATE.test(password) ||
        TEMPLATE.test(user) ||
        isPlaceholder(password) ||
        isPlaceholder(user)
      if (
        plain ||
        password === user ||
        /^pass|^user/i.test(password) ||
        password === 'x-oauth-basic' ||
        OWN_HOST.test(host) ||
        !host.includes('.')
      )
        return []
      const start = index + 3 + user.length + 1
      return [
        {
          kind: 'credential',
          type: 'password in a link',
          start,
          end: start + password.length,
          value: `${user}:${password}@${all.slice(-host.length)}`,
        },
      ]
    },
  )
}

/** Neither made of words nor of a pattern. */
function isRandom(value: string, changes = LEAST_CHANGES): boolean {
  return distinct(value) >= FEWEST_DISTINCT && !isPlaceholder(value) && changeShare(value) >= changes
}

function keyAt(type: string, start: number, value: string): Datum {
  return { kind: 'credential', type, start, end: start + value.length, value }
}

/** A sign or `is` behind a name that says password or key, and a value. The sign comes first, since it is rare. */
const ASSIGNED =
  /(?:[:=](?<=(?:passw(?:or)?[dt]|passphrase|passcode|\bpwd|contraseña|mot de passe|secret[_ -]?key|client[_ -]?secret|api[_ -]?(?:key|secret|token)|access[_ -]?token|auth[_ -]?token)["'`\]]{0,3}\s{0,4}[:=])[:=]?>?|is\s(?<=(?:passw(?:or)?[dt]|passphrase|passcode|\bpwd|contraseña|mot de passe|secret[_ -]?key|client[_ -]?secret|api[_ -]?(?:key|secret|token)|access[_ -]?token|auth[_ -]?token)\sis\s))\s{0,4}["'`]{0,3}([^\s"'`,;<>(){}[\]]{8,200})/gi
/** What is encrypted is no secret. */
const ENCRYPTED = /(?:enc(?:rypted|oded)?|hash(?:ed)?|digest)[_ -]?\w{0,12}["'`\]]{0,3}\s{0,4}$/i
/** NIST SP 800-63B asks for eight characters; what people choose is told from names in code by its kinds of characters. */
const FEWEST_KINDS = 3
const LONG_SECRET = 20

export function passwords(text: string): Datum[] {
  return Array.from(text.matchAll(ASSIGNED)).flatMap(({ 0: all, 1: written = '', index }): Datum[] => {
    const value = /[.:?]$/.test(written) ? written.slice(0, -1) : written
    const start = index + all.lastIndexOf(written)
    // A name in code: what is called, or what is picked from.
    if (ENCRYPTED.test(before(text, index)) || /[[(]/.test(text.charAt(start + written.length))) return []
    return isPassword(value) ? [{ kind: 'password', type: 'assigned value', start, end: start + value.length, value }] : []
  })
}

function isPassword(value: string): boolean {
  if (
    TEMPLATE.test(value) ||
    isPlaceholder(value) ||
    COMMON_PASSWORD.test(value) ||
    /pass|secret|token|admin|user|test|key/i.test(value)
  )
    return false
  if (
    /:\/\/|^[\w-]+(?:\.[A-Za-z_]\w*)+$|^[/~.]|\\|\*{2}|@[^.@]{0,100}\./.test(value) ||
    !/\d/.test(value) ||
    !/[a-z]/i.test(value)
  )
    return false
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/].filter((kind) => kind.test(value)).length
  return value.length >= LONG_SECRET ? isRandom(value) : kinds >= FEWEST_KINDS && distinct(value) >= 6
}
