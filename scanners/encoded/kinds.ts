/** Ways to write a text so that it does not read as one. */

export const KINDS = [
  'base64',
  'base32',
  'hex',
  'binary',
  'character-codes',
  'escapes',
  'entities',
  'percent',
  'caesar',
  'reversed',
  'morse',
  'leet',
  'spaced',
] as const
export type Kind = (typeof KINDS)[number]

/**
 * How a kind comes about in earnest. `bytes`: by machines, and never for a sentence in the middle of prose; `cipher`: by people who
 * hide an answer from readers; `style`: by people who write so for effect.
 */
type Family = 'bytes' | 'cipher' | 'style'

const FAMILY: Readonly<Record<Kind, Family>> = {
  base64: 'bytes',
  base32: 'bytes',
  hex: 'bytes',
  binary: 'bytes',
  'character-codes': 'bytes',
  escapes: 'bytes',
  entities: 'bytes',
  percent: 'bytes',
  caesar: 'cipher',
  reversed: 'cipher',
  morse: 'cipher',
  leet: 'style',
  spaced: 'style',
}

export const familyOf = (kind: Kind): Family => FAMILY[kind]

/** A stretch of a cell that another text comes out of. */
export interface Piece {
  readonly kind: Kind
  /** Half-open range of UTF-16 units. */
  readonly start: number
  readonly end: number
  readonly decoded: string
  /**
   * Where such a thing belongs: in an address, in the body of a mail, as the value of a field, or readable as it stands. Only
   * what overrides a model's orders counts there.
   */
  readonly atHome: boolean
}
