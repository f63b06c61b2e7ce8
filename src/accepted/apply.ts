/** A report beside what was accepted before it: a baseline, and the file of accepted findings. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { changeOf } from './change.js'
import { readBaseline, type Baseline } from './baseline.js'
import { readIgnoreFile, suppress, type IgnoreEntry } from './ignore-file.js'
import type { Finding } from '../model/finding.js'
import type { Report } from '../model/report.js'
import { readDecisions, settle, type Decision } from '../review/decisions.js'

export interface Accepted {
  readonly baseline: { readonly name: string; readonly content: Baseline } | null
  readonly ignore: readonly IgnoreEntry[] | null
  /** Reviewers who call a finding clean, by its id. */
  readonly cleared: ReadonlyMap<string, readonly string[]>
}

export interface AcceptedFiles {
  /** Null for none. */
  readonly baseline: string | null
  /** `auto`, `off` or a file. */
  readonly ignoreFile: string
  /** Of `credence review`; null for none. */
  readonly decisions: string | null
}

const IGNORE_FILE = '.credenceignore.yaml'

/** Read before a long scan, not after it. @throws CredenceError as the readers of both files do */
export async function readAccepted({ baseline, ignoreFile, decisions }: AcceptedFiles, cwd: string): Promise<Accepted> {
  const usual = resolve(cwd, IGNORE_FILE)
  const ignored =
    ignoreFile === 'auto' ? (existsSync(usual) ? usual : null) : ignoreFile === 'off' ? null : resolve(cwd, ignoreFile)
  return {
    baseline: baseline === null ? null : { name: baseline, content: await readBaseline(resolve(cwd, baseline)) },
    ignore: ignored === null ? null : await readIgnoreFile(ignored),
    cleared: decisions === null ? new Map() : clearedBy(await readDecisions(resolve(cwd, decisions))),
  }
}

/** Findings alone: a row's number says nothing of data that may have changed since. */
function clearedBy(decisions: readonly Decision[]): Map<string, string[]> {
  const cleared = new Map<string, string[]>()
  for (const { target, verdict, decisions: last } of settle(decisions).values()) {
    if (target.kind === 'finding' && verdict === 'clean')
      cleared.set(
        target.id,
        last.map(({ reviewer }) => reviewer),
      )
  }
  return cleared
}

/**
 * @param eachRow scanners of which each row of a finding is a case of its own
 * @param now what "today" is, by the clock of where the scan runs in UTC
 */
export function withAccepted<R extends Report>(report: R, accepted: Accepted, eachRow: ReadonlySet<string>, now: Date): R {
  const beside = accepted.baseline === null ? report : besideBaseline(report, accepted.baseline, eachRow)
  const compared = { ...beside, findings: beside.findings.map((finding) => judged(finding, accepted.cleared)) }
  if (accepted.ignore === null) return compared
  const paths = report.coverage.files.map(({ path }) => path)
  const { findings, receipts } = suppress(compared.findings, accepted.ignore, paths, now.toISOString().slice(0, 10))
  return { ...compared, findings, suppressions: receipts }
}

function judged(finding: Finding, cleared: Accepted['cleared']): Finding {
  const reviewers = cleared.get(finding.id)
  if (reviewers === undefined) return finding
  return { ...finding, suppression: { reason: `judged clean by ${reviewers.join(', ')}`, expires: null } }
}

function besideBaseline<R extends Report>(
  report: R,
  { name, content }: NonNullable<Accepted['baseline']>,
  eachRow: ReadonlySet<string>,
): R {
  const known = new Map(content.findings.map((finding) => [finding.id, finding]))
  const growth = { of: report.coverage.rows.read, before: content.rows, alpha: report.coverage.alpha / Math.max(1, known.size) }
  const findings = report.findings.map((finding): Finding => {
    // Beside the data that it contributes to, that is what counts.
    if (finding.change === 'unchanged') return finding
    const before = known.get(finding.id)
    const rows = finding.rows.length
    if (before === undefined) return { ...finding, change: finding.change ?? 'new' }
    const more = eachRow.has(finding.scanner) && rows > before.rows
    return { ...finding, change: more ? 'updated' : changeOf(finding, before, { rows, ...growth }) }
  })
  const found = new Set(findings.map(({ id }) => id))
  const resolved = content.findings.filter(({ id }) => !found.has(id))
  if (report.comparison !== undefined) return { ...report, findings }
  return {
    ...report,
    findings,
    comparison: {
      with: 'baseline',
      base: name,
      rows: null,
      resolved: resolved.map(({ id, title, severity }) => ({ id, title, severity })),
      shifts: [],
    },
  }
}
