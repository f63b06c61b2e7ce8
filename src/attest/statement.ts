/**
 * What an attestation says: an in-toto Statement v1 whose predicate is the test result v0.1. All that the gate asks for beyond
 * that lies in annotations of resource descriptors, where the format leaves room for it: other readers of the format get by.
 */
import { z } from 'zod'

export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1'
export const PREDICATE_TYPE = 'https://in-toto.io/attestation/test-result/v0.1'
export const PAYLOAD_TYPE = 'application/vnd.in-toto+json'

/** Of this page: what the annotations below mean. */
export const ANNOTATIONS_VERSION = 1

export const RESULTS = ['PASSED', 'WARNED', 'FAILED'] as const
export type Result = (typeof RESULTS)[number]

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const short = z.string().max(500)
const count = z.int().min(0)

/** Unknown fields are let be, as the format asks of its readers: so is what a later version adds to the annotations. */
const subjectSchema = z.object({ name: z.string().min(1).max(4096), digest: z.object({ sha256 }) })

const scannerSchema = z.object({
  id: short,
  version: short,
  status: z.enum(['ran', 'skipped', 'failed']),
  /** Rule packs with their versions, `markers 1, persona 1`, of a scanner that has rules. */
  rules: short.optional(),
})

const scanSchema = z.object({
  version: z.literal(ANNOTATIONS_VERSION),
  credence: short,
  verdict: z.enum(['pass', 'review', 'fail', 'incomplete']),
  complete: z.boolean(),
  /** Reasons why the scan is incomplete, and how many there are. */
  incomplete: z.array(short),
  /** Gaps that whoever scanned let pass by name. */
  allowedGaps: count,
  /** Findings that do not count for the verdict: accepted by people, or known before. */
  acceptedFindings: count,
  failOn: short,
  alpha: z.number(),
  seed: z.number(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  rows: count,
  kind: short,
  /** Columns that were read, by what they were read as. */
  columns: z.array(z.object({ role: short, column: short })).max(1000),
  scanners: z.array(scannerSchema).max(1000),
  encoder: z.object({ name: short, sha256 }).nullable(),
})

/** The descriptor that says what scanned; others are of files. */
const toolSchema = z.object({ name: z.literal('credence'), annotations: z.object({ scan: scanSchema }) })

const testNames = z.array(short).max(1000)

const predicateSchema = z.object({
  result: z.enum(RESULTS),
  configuration: z.array(z.object({ name: z.string().optional(), annotations: z.unknown().optional() })).max(100),
  passedTests: testNames,
  warnedTests: testNames,
  failedTests: testNames,
})

export type Subject = z.infer<typeof subjectSchema>
export type AttestedScan = z.infer<typeof scanSchema>

export interface Attested {
  readonly subjects: readonly Subject[]
  readonly result: Result
  readonly passed: readonly string[]
  readonly warned: readonly string[]
  readonly failed: readonly string[]
  readonly scan: AttestedScan
}

/** What is wrong with a payload, or what it says. */
export type Read = { readonly attested: Attested } | { readonly code: 'statement' | 'predicate'; readonly why: string }

const MOST_SUBJECTS = 1_000_000

const headSchema = z.object({
  _type: z.literal(STATEMENT_TYPE),
  subject: z.array(z.unknown()).min(1).max(MOST_SUBJECTS),
  predicateType: z.string().max(500),
  predicate: z.unknown(),
})

/** @param payload signed, which says who wrote it, not that it is sound */
export function readStatement(payload: Buffer): Read {
  const head = headSchema.safeParse(jsonOf(payload))
  if (!head.success) return { code: 'statement', why: `is no in-toto statement v1: ${issueOf(head.error)}` }
  const { predicateType, subject } = head.data
  if (predicateType !== PREDICATE_TYPE) {
    return { code: 'predicate', why: `has the predicate ${JSON.stringify(predicateType)}, not ${PREDICATE_TYPE}` }
  }
  const subjects = z.array(subjectSchema).safeParse(subject)
  if (!subjects.success)
    return { code: 'statement', why: `has a subject without a name and a SHA-256: ${issueOf(subjects.error)}` }
  const predicate = predicateSchema.safeParse(head.data.predicate)
  if (!predicate.success) return { code: 'predicate', why: `has no test result of that version: ${issueOf(predicate.error)}` }
  const { configuration, result, passedTests, warnedTests, failedTests } = predicate.data
  const tools = configuration.filter(({ name }) => name === 'credence')
  const tool = toolSchema.safeParse(tools[0])
  if (!tool.success || tools.length > 1) {
    const why = tool.success ? 'there are several' : issueOf(tool.error)
    return { code: 'predicate', why: `does not say how credence scanned: ${why}` }
  }
  const { scan } = tool.data.annotations
  return { attested: { subjects: subjects.data, result, passed: passedTests, warned: warnedTests, failed: failedTests, scan } }
}

function issueOf({ issues: [issue] }: z.ZodError): string {
  return `at ${issue?.path.join('.') || 'the top'}: ${issue?.message ?? ''}`
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return null
  }
}
