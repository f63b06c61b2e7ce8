/** `clean.json`: what a clean did, to what, and why; enough to say later what a data set was derived from. */
import { z } from 'zod'
import { CATEGORIES, SEVERITIES } from '../model/finding.js'

export const MODES = ['quarantine', 'drop', 'relabel', 'redact'] as const
export type Mode = (typeof MODES)[number]

const count = z.int().min(0)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

const output = z.strictObject({
  path: z.string().meta({ description: 'below the folder of clean.json' }),
  bytes: count,
  sha256,
  rows: count,
})

export const receiptSchema = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal('clean'),
  tool: z.strictObject({ name: z.literal('credence'), version: z.string() }),
  at: z.iso.datetime(),
  operation: z.strictObject({
    mode: z.enum(MODES),
    minSeverity: z.enum(SEVERITIES),
    findings: z.array(z.string()).meta({ description: 'ids of the findings whose rows were taken' }),
    scanners: z.array(z.string()),
    categories: z.array(z.enum(CATEGORIES)),
  }),
  report: z.strictObject({
    startedAt: z.string().meta({ description: 'of the scan' }),
    version: z.string().meta({ description: 'of the credence that scanned' }),
    verdict: z.string(),
    reportSha256: sha256,
    flagsSha256: sha256,
    decisionsSha256: sha256.nullable(),
  }),
  rows: z
    .strictObject({ read: count, kept: count, removed: count, redacted: count, relabelled: count })
    .meta({ description: 'redacted and relabelled ones are among those kept' }),
  wasDerivedFrom: z
    .array(z.strictObject({ path: z.string(), bytes: count, sha256, rows: count, kept: output, quarantined: output.nullable() }))
    .meta({ description: 'the files that were scanned, and what came of each' }),
  reasons: output.nullable().meta({ description: 'quarantine-reasons.jsonl: a line for each row that was removed' }),
  relabelled: output.nullable().meta({ description: 'relabelled.jsonl: a line for each row that has another label now' }),
  notes: z
    .array(z.string())
    .meta({ description: 'what somebody should know: findings left out, and what could not be kept as it was' }),
})

export type Receipt = z.infer<typeof receiptSchema>
