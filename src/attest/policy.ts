/** What a gate asks of an attestation beyond the right key and the right data: a YAML file. */
import { parseDocument } from 'yaml'
import { z } from 'zod'
import { readBounded } from './bounded-file.js'
import { RESULTS } from './statement.js'
import { compareVersions } from './versions.js'
import { CredenceError } from '../errors.js'

const MOST_BYTES = 2 ** 20

const SECONDS: Readonly<Record<string, number>> = { m: 60, h: 3600, d: 86_400, w: 604_800 }

// All scalars are read as text: YAML would make 1.1 of the version 1.10.
const text = z.string().min(1).max(500)
const yes = z.enum(['true', 'false']).transform((value) => value === 'true')
const version = text.refine((value) => compareVersions(value, value) === 0, 'expected a version such as 1 or 0.2.0')
const age = text.transform((value, context) => {
  const ms = durationMs(value)
  if (ms === null) context.addIssue('expected an age such as 30d, 12h or 90m')
  return ms ?? 0
})
const share = text.transform((value, context) => {
  const number = /^\d?\.?\d{1,12}$/.test(value) ? Number(value) : NaN
  if (!(number > 0 && number <= 1)) context.addIssue('expected a number between 0 and 1')
  return number
})

const policySchema = z.strictObject({
  version: z.literal('1'),
  results: z.array(z.enum(RESULTS)).min(1).default(['PASSED']),
  maxAge: age.optional(),
  minimumVersions: z
    .strictObject({
      credence: version.optional(),
      scanners: z.record(text, version).optional(),
      rules: z.record(text, version).optional(),
    })
    .default({}),
  requiredScanners: z.array(text).default([]),
  encoders: z
    .array(z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in hexadecimal'))
    .min(1)
    .optional(),
  minimumAlpha: share.optional(),
  allowGaps: yes.default(false),
  allowAcceptedFindings: yes.default(false),
  allowSymlinks: yes.default(false),
  ignore: z.array(text).default([]),
})

export type Policy = z.output<typeof policySchema>

/** Where there is no policy file. */
export const DEFAULT_POLICY: Policy = policySchema.parse({ version: '1' })

/** @throws CredenceError `not-found`, `usage` with the key that is wrong, `limit`, `io` */
export async function readPolicy(path: string): Promise<Policy> {
  const document = parseDocument((await readBounded(path, MOST_BYTES)).toString('utf8'), { schema: 'failsafe' })
  const [fault] = [...document.errors, ...document.warnings]
  if (fault !== undefined) throw new CredenceError('usage', `${path}: ${fault.message.split('\n')[0] ?? ''}`)
  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: 0 })
  } catch (error) {
    throw new CredenceError('usage', `${path}: aliases are not allowed`, { cause: error })
  }
  const parsed = policySchema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new CredenceError('usage', `${path}: at ${issue?.path.join('.') || 'the top'}: ${issue?.message ?? ''}`, {
    suggestions: ['docs/attest.md lists what a policy can ask'],
  })
}

/** `30d` in milliseconds; null for what is no age. */
export function durationMs(age: string): number | null {
  const match = /^(\d{1,6})([mhdw])$/.exec(age)
  return match === null ? null : Number(match[1]) * SECONDS[match[2]!]! * 1000
}
