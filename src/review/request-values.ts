/** What the page may ask, checked: whoever sends it. */
import { z } from 'zod'
import { CredenceError } from '../errors.js'
import type { DecideRequest } from './api.js'
import { LONGEST_NOTE, VERDICTS } from './decisions.js'

const index = z.int().min(0)

const decideSchema = z.strictObject({
  target: z.union([z.strictObject({ finding: index }), z.strictObject({ file: index, row: index })]),
  verdict: z.enum(VERDICTS).nullable(),
  note: z.string().max(LONGEST_NOTE),
  /** The finding that was looked at. */
  finding: index.nullable(),
})

/** @throws CredenceError `usage` */
export function decisionOf(body: unknown): DecideRequest & { readonly finding: number | null } {
  const parsed = decideSchema.safeParse(body)
  if (parsed.success) return parsed.data
  throw new CredenceError('usage', `no decision: ${parsed.error.issues[0]?.message ?? ''}`)
}

/** @throws CredenceError `usage` for what is no whole number from 0 */
export function numberOf(query: URLSearchParams, name: string): number {
  const text = query.get(name) ?? ''
  const value = Number(text)
  if (/^\d{1,16}$/.test(text) && Number.isSafeInteger(value)) return value
  throw new CredenceError('usage', `${name}: expected a whole number`)
}
