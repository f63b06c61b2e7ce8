/**
 * Finds what must not stand in a report that goes to a log or a pull request: keys, tokens, passwords, card and bank numbers,
 * and e-mail addresses. As gitleaks, secretlint and trivy do it, by vendors' prefixes, by an assignment to a telling name and by
 * check digits; but wider, since here a false alarm only hides a word of a quotation.
 *
 * E-mail addresses are masked but for their domain: whose address it is is personal, where an injected one points is evidence.
 * Telephone numbers are not: without a check digit their pattern strikes dates, prices and ids, which a reviewer needs.
 *
 * Every pattern takes linear time: what repeats is bounded, or nothing can fail after it.
 */
import { accountNumbers } from './account-numbers.js'
import { changeShare, randomTokens } from './random-token.js'
import type { Span } from './span.js'
import { vendorTokens } from './vendor-tokens.js'

/** `-----BEGIN … PRIVATE KEY-----`; all to its end, or to the end of the text, is the key. */
const KEY_BLOCK = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/gi
const KEY_BLOCK_END = '-----END'

/** A name that says secret, a sign or `is`, and a value. */
const ASSIGNED =
  /(?:passw(?:or)?d|passphrase|pwd|secret|token|api[_ -]?key|access[_ -]?key|private[_ -]?key|account[_ -]?key|auth(?:orization)?|credentials?)["'`\]]{0,3}\s{0,4}(?:[:=]{1,2}>?|is\s)\s{0,4}(?:bearer\s|basic\s)?["'`]{0,3}([^\s"'`,;<>(){}]{8,})/gi
const BEARER = /\b(?:bearer|basic)\s([\w.~+/=-]{12,})/gi
/** Name and password before a host. */
const URL_CREDENTIALS = /:\/\/[^\s/:@"'<>]{0,128}:([^\s/@"'<>]{1,255})@/g
const VALUE_SHOWN = 2

const LOCAL_PART = /[\p{L}\p{N}._%+-]/u
const DOMAIN = /(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,63}|[\p{L}\p{N}.-]{0,255}…?$/uy
/** RFC 5321 §4.5.3.1.1. */
const LONGEST_LOCAL_PART = 64

/** The beginning and the end of a quotation, and where `…` says that a text was cut: a part of a key may stand there. */
const EDGES = /^[\w+/=-]{8,}|(?<![\w+/=-])[\w+/=-]{8,}$/g
const CUT = /(?<![\w+/=-])[\w+/=-]{8,}…/g
/** A part of a card number, but for a date. */
const DIGIT_EDGES = /^(?!\d{4}-\d\d-\d\d)\d(?:[ -]?\d){8,17}(?!\d)|(?<!\d)\d(?:[ -]?\d){8,17}$/g
const EDGE_SHOWN = 2
const LEAST_EDGE_CHANGES = 0.25

/**
 * Ascending, not overlapping.
 * @param isQuotation the text is a piece of a longer one, cut anywhere
 */
export function secretSpans(text: string, isQuotation: boolean): readonly Span[] {
  const spans = [
    ...vendorTokens(text),
    ...keyBlocks(text),
    ...values(text, ASSIGNED, isSecretValue),
    ...values(text, BEARER, isSecretValue),
    ...values(text, URL_CREDENTIALS, () => true),
    ...accountNumbers(text),
    ...randomTokens(text),
    ...addresses(text),
    ...edges(text, isQuotation),
  ]
  spans.sort((a, b) => a.start - b.start || b.end - a.end)
  const apart: Span[] = []
  for (const span of spans) {
    const last = apart.at(-1)
    if (last === undefined || span.start >= last.end) apart.push(span)
    // Two that overlap are one secret: an address in a link's credentials shows no domain.
    else if (span.end > last.end) apart[apart.length - 1] = { start: last.start, end: span.end, keep: last.keep }
  }
  return apart
}

function keyBlocks(text: string): Span[] {
  const spans: Span[] = []
  for (const { 0: head, index } of text.matchAll(KEY_BLOCK)) {
    if (index < (spans.at(-1)?.end ?? 0)) continue
    const close = text.indexOf(KEY_BLOCK_END, index + head.length)
    spans.push({ start: index, end: close < 0 ? text.length : close, keep: head.length })
  }
  return spans
}

/** The first group of each match that is a secret. */
function values(text: string, pattern: RegExp, isSecret: (value: string) => boolean): Span[] {
  return [...text.matchAll(pattern)].flatMap(({ 0: whole, 1: value = '', index }) => {
    const start = index + whole.lastIndexOf(value)
    return isSecret(value) ? [{ start, end: start + value.length, keep: Math.min(VALUE_SHOWN, value.length >> 2) }] : []
  })
}

/** Neither word, number nor placeholder, and not masked already. */
function isSecretValue(value: string): boolean {
  if (/^(?:[$%[*]|[\d.,:/-]+$)/.test(value) || value.endsWith('****')) return false
  return /\d/.test(value) && /\D/.test(value)
}

function addresses(text: string): Span[] {
  const spans: Span[] = []
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    let start = at
    while (start > 0 && at - start < LONGEST_LOCAL_PART && LOCAL_PART.test(text.charAt(start - 1))) start--
    if (start === at) continue
    DOMAIN.lastIndex = at + 1
    const domain = DOMAIN.exec(text)?.[0]
    if (domain !== undefined) spans.push({ start, end: at + 1 + domain.length, keep: Math.min(1, (at - start) >> 1), tail: at })
  }
  return spans
}

function edges(text: string, isQuotation: boolean): Span[] {
  const span = ({ 0: run, index }: RegExpMatchArray): Span => {
    const start = index ?? 0
    return { start, end: start + run.replace('…', '').length, keep: EDGE_SHOWN }
  }
  const parts = [...text.matchAll(CUT), ...(isQuotation ? text.matchAll(EDGES) : [])].filter(
    ([run]) => /\d/.test(run) && /[a-z]/i.test(run) && !/^[0-9a-f]{64}$/.test(run) && changeShare(run) >= LEAST_EDGE_CHANGES,
  )
  const numbers = isQuotation ? [...text.matchAll(DIGIT_EDGES)] : []
  return [...parts, ...numbers].map(span)
}
