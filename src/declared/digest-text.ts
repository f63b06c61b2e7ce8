/** Digests and sizes as people write them. */
import type { DeclaredSize } from './declaration.js'
import { LONGEST_SHOWN } from './bounds.js'
import { textOf } from './values.js'

const SHA256 = /^(?:sha-?256:)?([0-9a-f]{64})$/i

/** A SHA-256 in lower-case hexadecimal, or what stands there and is none. */
export function sha256Of(value: unknown): { readonly sha256: string | null; readonly malformed: string | null } {
  if (value === undefined || value === null) return { sha256: null, malformed: null }
  const text = textOf(value) ?? JSON.stringify(value)
  const hex = SHA256.exec(text)?.[1]
  return hex === undefined
    ? { sha256: null, malformed: text.slice(0, LONGEST_SHOWN) }
    : { sha256: hex.toLowerCase(), malformed: null }
}

const SIZE = /^(\d{1,15})(?:\.(\d{1,6}))?\s{0,4}(bytes?|[kmgtp]?i?b|)$/i
const PREFIXES = ' kmgtp'

/** `contentSize`: bytes where no unit stands; null for what is no size. */
export function sizeOf(value: unknown): DeclaredSize | null {
  const text = typeof value === 'number' ? String(value) : textOf(value)
  const [, whole, decimals = '', unit = ''] = text === null ? [] : (SIZE.exec(text) ?? [])
  if (text === null || whole === undefined) return null
  const letters = unit.toLowerCase()
  const power = letters.startsWith('byte') || letters === '' || letters === 'b' ? 0 : PREFIXES.indexOf(letters.charAt(0))
  return {
    text,
    value: Number(`${whole}.${decimals}0`),
    decimals: decimals.length,
    power,
    decimal: !letters.includes('i'),
  }
}

/** Whether a file of so many bytes may be declared so: a size in larger units is rounded, up or down. */
export function isSize(bytes: number, { value, decimals, power, decimal }: DeclaredSize): boolean {
  const units = power === 0 ? [1] : [...(decimal ? [1000 ** power] : []), 1024 ** power]
  const step = power === 0 ? 0 : 10 ** -decimals
  return units.some((unit) => Math.abs(bytes / unit - value) <= step * 1.000001)
}
