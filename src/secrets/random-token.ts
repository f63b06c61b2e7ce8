/** Tokens that look drawn at random: keys without a vendor's prefix. */
import type { Span } from './span.js'

/** What keys are written in; `.` joins the parts of names and of files, and is in none. */
const RUN = /[\w+/-]{20,}={0,2}/g
const PART = /[A-Za-z0-9]{20,}/g
const SHOWN = 4

/** 32 hexadecimal digits are 128 bits. */
const LEAST_HEX = 32
/** 20 letters and digits are about 100 bits. */
const LEAST_PART = 20
/** With `+/=_-`; shorter ones are paths and names of files. */
const LEAST_BASE64 = 32
const LEAST_DIGITS = 2

/**
 * The share of neighbours of different kinds (small, capital, digit, sign), small after capital apart, as words begin. Drawn at
 * random it is 0.47 in hexadecimal and Base64, 0.40 in small letters and digits; in names and paths it is about 0.2.
 */
const PART_CHANGES = 0.25
const BASE64_CHANGES = 0.42
/** AWS secret keys: a length that little else has. */
const AWS_SECRET = 40
const AWS_SECRET_CHANGES = 0.3

export function randomTokens(text: string): Span[] {
  const spans: Span[] = []
  for (const { 0: run, index } of text.matchAll(RUN)) {
    if (isBase64(run)) {
      spans.push({ start: index, end: index + run.length, keep: SHOWN })
      continue
    }
    for (const { 0: part, index: at } of run.matchAll(PART)) {
      if (isRandom(part)) spans.push({ start: index + at, end: index + at + part.length, keep: SHOWN })
    }
  }
  return spans
}

/** Not a SHA-256: reports quote them, and they open nothing. */
function isRandom(part: string): boolean {
  if (/^[0-9a-f]{64}$/.test(part)) return false
  const least = /^[0-9a-f]+$/i.test(part) ? LEAST_HEX : LEAST_PART
  return part.length >= least && digitCount(part) >= LEAST_DIGITS && changeShare(part) >= PART_CHANGES
}

function isBase64(run: string): boolean {
  if (run.length < LEAST_BASE64 || !/[a-z]/.test(run) || !/[A-Z]/.test(run)) return false
  const changes = changeShare(run)
  if (/^[A-Za-z0-9+/]+$/.test(run) && run.length === AWS_SECRET && /\d/.test(run) && changes >= AWS_SECRET_CHANGES) return true
  return digitCount(run) >= LEAST_DIGITS && changes >= BASE64_CHANGES
}

function digitCount(text: string): number {
  return text.replace(/\D/g, '').length
}

/** See {@link PART_CHANGES}; 0 for digits alone. */
export function changeShare(text: string): number {
  let changes = 0
  for (let i = 1; i < text.length; i++) {
    const [before, kind] = [kindOf(text.charCodeAt(i - 1)), kindOf(text.charCodeAt(i))]
    if (kind !== before && !(before === CAPITAL && kind === SMALL)) changes++
  }
  return changes / Math.max(1, text.length - 1)
}

const SMALL = 0
const CAPITAL = 1

function kindOf(unit: number): number {
  if (unit >= 97 && unit <= 122) return SMALL
  if (unit >= 65 && unit <= 90) return CAPITAL
  return unit >= 48 && unit <= 57 ? 2 : 3
}
