/** What a file of rules may hold. */
import { z } from 'zod'

/** The most specific first: a row is counted under the family of its weightiest rule, in this order where weights are equal. */
export const FAMILIES = [
  'exfiltration',
  'addressed',
  'tool-call',
  'payload-splitting',
  'fiction',
  'prompt-extraction',
  'override',
  'persona',
  'refusal-suppression',
  'markers',
] as const

export type Family = (typeof FAMILIES)[number]

const text = z.string().min(1).max(2000)

export const ruleSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9/-]{0,79}$/, 'lower-case letters, digits, - and /'),
  title: z.string().min(1).max(120),
  family: z.enum(FAMILIES),
  /** How much a match says, as the share of such texts that are attacks; several rules combine as independent causes do. */
  weight: z.number().gt(0).lt(1),
  /** Where the patterns are looked for: what a model is given, what it would learn to say, or both. */
  where: z.enum(['input', 'output', 'both']).default('input'),
  /** A match speaks to a model by itself. */
  speaks: z.boolean().default(false),
  /** It puts another task in the place of the one at hand, so that a reply to the task at hand is a good one. */
  redirects: z.boolean().default(false),
  /** Literals, case folded, one of which every match has: patterns run around them only. */
  keywords: z.array(z.string().min(1).max(60)).min(1).max(200),
  /** A second such list, one of which every match has as well. */
  with: z.array(z.string().min(1).max(60)).min(1).max(200).optional(),
  /** Most UTF-16 units between the ends of keywords of the two lists. */
  within: z.int().min(1).max(1000).default(160),
  /** RE2 syntax; case-insensitive, `^` and `$` at line ends. */
  patterns: z.array(text).min(1).max(50),
  positive: z.array(text).min(1).max(200),
  negative: z.array(text).min(1).max(200),
})

export const packSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'lower-case letters, digits and -'),
  version: z.union([z.string().min(1).max(40), z.number()]).transform(String),
  rules: z.array(ruleSchema).min(1).max(1000),
})

export type Rule = z.output<typeof ruleSchema>
export type Pack = z.output<typeof packSchema>
