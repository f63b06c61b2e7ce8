/** What is looked for, from the most to the least telling: where two overlap, the earlier kind has the text. */
export const KINDS = [
  'private-key',
  'credential',
  'password',
  'card',
  'iban',
  'national-id',
  'email',
  'phone',
  'ip-address',
  'postal-address',
  'canary',
  'repeated-token',
] as const
export type Kind = (typeof KINDS)[number]

/** One personal or secret value in a text. Never leaves the child process but masked. */
export interface Datum {
  readonly kind: Kind
  /** What of its kind: a vendor, a country's number. */
  readonly type: string
  /** Half-open range of UTF-16 units. */
  readonly start: number
  readonly end: number
  /** As it is compared: without separators and case. */
  readonly value: string
  /** Stands beside a name of a person. */
  readonly named?: boolean
  /** Proves nothing alone: a number without a telling word, a sequence that only repetition makes a canary. */
  readonly weak?: boolean
  /** Of a weak one: whether its check digit holds. */
  readonly checked?: boolean
  /** Of a canary: the words around the sequence. */
  readonly frame?: string
}
