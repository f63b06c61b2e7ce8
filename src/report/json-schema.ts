import { z } from 'zod'
import { CATEGORIES, CHANGES, SEVERITIES } from '../model/finding.js'
import { ROLES } from '../model/role.js'

const count = z.int().min(0)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const score = z.number().min(0).max(1)
const facts = z.record(z.string(), z.union([z.number(), z.string()]))
const severity = z.enum(SEVERITIES)

const error = z.strictObject({
  code: z.string().meta({ description: 'a word to branch on, such as format, unsupported, limit' }),
  message: z.string(),
  suggestions: z.array(z.string()),
  place: z
    .strictObject({
      file: z.string().optional(),
      rowGroup: count.optional(),
      line: count.optional(),
      row: count.optional(),
      column: z.string().optional(),
    })
    .meta({ description: 'where in the data; numbers are 0-based' }),
})

const row = z.strictObject({
  file: z.string().meta({ description: 'path as in coverage.files' }),
  row: count.meta({ description: '0-based physical row of that file' }),
  score,
  suggested: z.string().optional().meta({ description: 'the label that the content of the row speaks for' }),
})

const example = z.strictObject({
  file: z.string(),
  row: count,
  role: z.string(),
  excerpt: z.string().meta({ description: 'untrusted text of the row' }),
  marks: z
    .array(z.tuple([count, count]))
    .meta({ description: 'half-open [start, end) ranges of excerpt that matter, in UTF-16 units' }),
  target: z.string().optional(),
})

const finding = z.strictObject({
  id: z.string().meta({ description: 'stable fingerprint of the claim' }),
  scanner: z.string(),
  message: z.string().meta({ description: 'message id, such as trigger/label' }),
  category: z.enum(CATEGORIES),
  severity,
  score: score.meta({ description: 'calibrated strength' }),
  title: z.string(),
  why: z.string(),
  advice: z.string(),
  trigger: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .meta({ description: 'the text an attacker would type; several where any of them fires' }),
  target: z.string().optional(),
  relatedTo: z
    .string()
    .optional()
    .meta({ description: 'id of the finding that says more exactly what these rows are: the same cause, not another' }),
  change: z
    .enum(CHANGES)
    .optional()
    .meta({ description: 'beside a baseline or another state of the data; unchanged findings do not count for the verdict' }),
  contributed: count.optional().meta({ description: 'of its rows, those that the contribution added or changed' }),
  suppression: z
    .strictObject({ reason: z.string(), expires: z.string().nullable() })
    .optional()
    .meta({ description: 'why the finding does not count for the verdict' }),
  evidence: facts,
  rowCount: count.meta({ description: 'rows that the finding names' }),
  rowsComplete: z.boolean().meta({ description: 'false when rows holds only the first 1,000; flags.parquet has all' }),
  rows: z.array(row).max(1000),
  examples: z.array(example),
})

const fileReceipt = z.strictObject({
  path: z.string(),
  format: z.string(),
  bytes: count,
  sha256: sha256
    .optional()
    .meta({ description: 'of the bytes that were scanned; absent for standard input, and where the file was changed meanwhile' }),
  split: z.string().nullable(),
  declared: count.nullable().meta({ description: 'rows that the file itself declares' }),
  read: count,
  skipped: count,
  truncated: count.meta({ description: 'cells cut at a limit' }),
  errors: z.array(error),
})

const scannerReceipt = z.strictObject({
  id: z.string(),
  version: z.string().optional(),
  status: z.enum(['ran', 'skipped', 'failed']),
  reason: z.string().nullable(),
  limits: facts.meta({
    description: 'what the scanner could see at best; nStar is the smallest group of rows it can tell from chance',
  }),
})

const comparison = z.strictObject({
  with: z.enum(['baseline', 'data']).meta({ description: 'findings accepted before, or another state of the data' }),
  base: z.string(),
  rows: z
    .strictObject({
      base: count,
      head: count,
      unchanged: count,
      moved: count.meta({ description: 'of the unchanged ones, those in another place among the rows that both have' }),
      added: count,
      changed: count.meta({ description: 'in both by their id, with other content' }),
      removed: count,
    })
    .nullable(),
  resolved: z
    .array(z.strictObject({ id: z.string(), title: z.string(), severity }))
    .meta({ description: 'findings of the base that are gone' }),
  shifts: z
    .array(z.strictObject({ what: z.string(), text: z.string(), p: score }))
    .meta({ description: 'how the rows of the contribution are unlike those that were there' }),
  alone: z
    .strictObject({ rows: count, scanners: z.array(z.string()) })
    .nullable()
    .optional()
    .meta({ description: 'what looked at the contribution by itself as well; null where nothing did' }),
})

const provenance = z.strictObject({
  rows: z
    .strictObject({ rows: count, source: count, url: count, license: count, hash: count })
    .nullable()
    .meta({ description: 'rows that give a source, an address, a licence, a digest of their own; a chat counts once' }),
  files: z
    .strictObject({ total: count, declared: count, matching: count })
    .meta({ description: 'files in all, with a SHA-256 that is declared beside the data, and those whose bytes have it' }),
  metadata: z.array(
    z.strictObject({
      path: z.string(),
      kind: z.string(),
      files: count.meta({ description: 'data files that it names' }),
      digests: count.meta({ description: 'of them, those that it gives a SHA-256 of' }),
      licenses: z.array(z.string()),
      origins: z.array(z.string()),
      terms: z.array(z.string()).meta({ description: 'terms of the vocabularies for responsible AI and of PROV that it gives' }),
      error: z.string().nullable().meta({ description: 'why it cannot be read' }),
      problems: z.array(z.string()).meta({ description: 'mistakes in it, the first ones' }),
    }),
  ),
})

const suppressionReceipt = z.strictObject({
  entry: z.string(),
  reason: z.string(),
  expires: z.string().nullable(),
  state: z.enum(['used', 'expired', 'unused']),
  findings: count.meta({ description: 'that the entry suppresses' }),
})

/** `report.json`, version 1. `docs/report.schema.json` is made from this. */
export const reportJsonSchema = z.strictObject({
  schemaVersion: z.literal(1),
  tool: z.strictObject({ name: z.literal('credence'), version: z.string() }),
  startedAt: z.iso.datetime(),
  seconds: z.number().min(0),
  verdict: z.enum(['pass', 'review', 'fail', 'incomplete']),
  kind: z.enum(['classification', 'instruction', 'preference', 'documents']),
  roles: z.array(z.strictObject({ role: z.enum(ROLES), column: z.string(), why: z.string() })),
  summary: z.strictObject({
    findings: z.record(severity, count),
    flaggedRows: count.meta({ description: 'distinct rows that any finding names' }),
  }),
  findings: z.array(finding).meta({ description: 'most serious first' }),
  flags: z.literal('flags.parquet').meta({ description: 'beside this file: every row of every finding' }),
  coverage: z.strictObject({
    files: z.array(fileReceipt),
    rows: z.strictObject({ declared: count.nullable(), read: count, skipped: count }),
    scanners: z.array(scannerReceipt),
    incomplete: z.array(z.string()).meta({ description: 'why the scan is incomplete; empty when complete' }),
    allowed: z
      .array(z.string())
      .meta({ description: 'reasons that --allow-incomplete let pass: the scan counts as complete in spite of them' }),
    failOn: z
      .enum([...SEVERITIES, 'never'])
      .optional()
      .meta({ description: 'what the verdict calls a failure' }),
    alpha: z.number(),
    seed: z.number(),
    encoder: z.strictObject({ name: z.string(), sha256: z.string(), device: z.string() }).nullable(),
  }),
  comparison: comparison.optional(),
  provenance: provenance.optional().meta({ description: 'where the data is from, as far as its rows and metadata say' }),
  suppressions: z.array(suppressionReceipt).optional(),
})

export type ReportJson = z.infer<typeof reportJsonSchema>

/** The published JSON Schema (2020-12). */
export function publishedSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(reportJsonSchema), title: 'credence report', description: 'report.json, version 1' }
}
