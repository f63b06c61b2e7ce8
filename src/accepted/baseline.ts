/** Findings that were accepted as they are: later scans say what is new beside them. */
import { existsSync } from 'node:fs'
import writeFileAtomic from 'write-file-atomic'
import { z } from 'zod'
import { asCredenceError, CredenceError } from '../errors.js'
import { SEVERITIES, type Severity } from '../model/finding.js'
import { readSmall } from './small-file.js'

const VERSION = 1

const baselineSchema = z.strictObject({
  version: z.literal(VERSION),
  tool: z.string(),
  createdAt: z.iso.datetime(),
  rows: z.int().min(0).meta({ description: 'of the data set that was scanned' }),
  findings: z.array(
    z.strictObject({
      id: z.string(),
      message: z.string(),
      severity: z.enum(SEVERITIES),
      title: z.string(),
      rows: z.int().min(0).meta({ description: 'that the finding named; 0 for a claim about the whole data set' }),
    }),
  ),
})

/** `credence.baseline.json`. */
export type Baseline = z.infer<typeof baselineSchema>

/** What a written report says of its findings. */
export interface Accepting {
  readonly tool: { readonly version: string }
  readonly coverage: { readonly rows: { readonly read: number }; readonly incomplete: readonly string[] }
  readonly findings: readonly {
    readonly id: string
    readonly message: string
    readonly severity: Severity
    readonly title: string
    readonly rowCount: number
    readonly suppression?: unknown
  }[]
}

/**
 * All findings but those that are suppressed anyway, by id: the file differs only where they do.
 * @param refused ids of findings that people have judged to be more than that
 */
export function baselineOf({ tool, coverage, findings }: Accepting, refused: readonly string[], now: Date): Baseline {
  const kept = findings.filter(({ id, suppression }) => suppression === undefined && !refused.includes(id))
  return {
    version: VERSION,
    tool: tool.version,
    createdAt: now.toISOString(),
    rows: coverage.rows.read,
    findings: kept
      .map(({ id, message, severity, title, rowCount }) => ({ id, message, severity, title, rows: rowCount }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
  }
}

/** @throws CredenceError `not-found`, `usage` for what is no baseline, `io` */
export async function readBaseline(path: string): Promise<Baseline> {
  const text = await readSmall(path)
  const value = parsed(text)
  const baseline = baselineSchema.safeParse(value)
  if (baseline.success) return baseline.data
  const [issue] = baseline.error.issues
  const where = issue?.path.join('.') || 'the top'
  throw new CredenceError('usage', `${path} is not a baseline of this credence: at ${where}: ${issue?.message ?? ''}`, {
    suggestions: ['write one with: credence baseline REPORT'],
  })
}

/** @throws CredenceError `usage` where the file is there and must not be overwritten, `io` */
export async function writeBaseline(path: string, baseline: Baseline, force: boolean): Promise<void> {
  if (!force && existsSync(path)) {
    throw new CredenceError('usage', `${path} exists already`, { suggestions: ['overwrite it with --force'] })
  }
  await writeFileAtomic(path, `${JSON.stringify(baseline, null, 2)}\n`).catch((error: unknown) => {
    throw asCredenceError(error, 'io', { file: path })
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
