/** `.credenceignore.yaml`: findings that people have accepted, each with a reason and a day until which it holds. */
import picomatch from 'picomatch'
import { parseDocument } from 'yaml'
import { z } from 'zod'
import { CredenceError } from '../errors.js'
import type { Finding, Suppression } from '../model/finding.js'
import type { SuppressionReceipt } from '../model/report.js'
import { readSmall } from './small-file.js'

const text = z.string().trim().min(1)

const entrySchema = z
  .strictObject({
    finding: text.optional().meta({ description: 'id of a finding, as reports show it' }),
    rule: text.optional().meta({ description: 'message id such as privacy/email, or a pattern such as privacy/*' }),
    path: text.optional().meta({ description: 'pattern of data files; a finding in any other file still counts' }),
    reason: text,
    expires: z.iso.date('expected a day such as 2027-01-31'),
  })
  .refine(({ finding, rule }) => (finding === undefined) !== (rule === undefined), 'expected either finding or rule')
  .refine(({ finding, path }) => finding === undefined || path === undefined, 'path goes with rule, not with finding')

export type IgnoreEntry = z.infer<typeof entrySchema>

/** @throws CredenceError `not-found`, `usage` with the entry and what is wrong with it, `io` */
export async function readIgnoreFile(path: string): Promise<readonly IgnoreEntry[]> {
  const document = parseDocument(await readSmall(path), { schema: 'failsafe' })
  const [fault] = document.errors
  if (fault !== undefined) throw new CredenceError('usage', `${path}: ${fault.message.split('\n')[0] ?? ''}`)
  const parsed = z.array(entrySchema).safeParse(document.toJS() ?? [])
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const [entry, ...rest] = issue?.path ?? []
  const where = typeof entry === 'number' ? `entry ${entry + 1}${rest.length > 0 ? `, ${rest.join('.')}` : ''}: ` : ''
  throw new CredenceError('usage', `${path}: ${where}${issue?.message ?? ''}`, {
    suggestions: ['each entry has finding or rule (with path where wanted), a reason, and expires: YYYY-MM-DD'],
  })
}

export interface Ignored {
  readonly findings: readonly Finding[]
  readonly receipts: readonly SuppressionReceipt[]
}

/**
 * @param paths of the data set's files, by index
 * @param today `2027-01-31`; an entry holds on its last day
 */
export function suppress(
  findings: readonly Finding[],
  entries: readonly IgnoreEntry[],
  paths: readonly string[],
  today: string,
): Ignored {
  const counts = entries.map(() => 0)
  const tests = entries.map((entry) => (entry.expires < today ? null : testOf(entry, paths)))
  const suppressed = findings.map((finding): Finding => {
    const at = tests.findIndex((test) => test?.(finding) ?? false)
    const entry = entries[at]
    if (entry === undefined) return finding
    counts[at]!++
    return { ...finding, suppression: { reason: entry.reason, expires: entry.expires } satisfies Suppression }
  })
  const receipts = entries.map((entry, i): SuppressionReceipt => {
    const state = tests[i] === null ? 'expired' : counts[i]! > 0 ? 'used' : 'unused'
    return { entry: nameOf(entry), reason: entry.reason, expires: entry.expires, state, findings: counts[i]! }
  })
  return { findings: suppressed, receipts }
}

/** A finding is suppressed as a whole: one row in a file that the entry does not name is enough for it to count. */
function testOf({ finding: id, rule, path }: IgnoreEntry, paths: readonly string[]): (finding: Finding) => boolean {
  if (id !== undefined) return (finding) => finding.id === id
  const isRule = picomatch(rule ?? '')
  const isPath = path === undefined ? () => true : picomatch(path, { dot: true })
  const all = paths.map((_, file) => file)
  return ({ message, rows }) => {
    const files = rows.length === 0 ? all : [...new Set(rows.map(({ file }) => file))]
    return isRule(message) && files.every((file) => isPath((paths[file] ?? '').replace(/^\.\//, '')))
  }
}

function nameOf({ finding, rule, path }: IgnoreEntry): string {
  return finding ?? `${rule ?? ''}${path === undefined ? '' : ` in ${path}`}`
}
