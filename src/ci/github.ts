/** A scan's outcome in GitHub Actions: one comment, the job summary, annotations, outputs. */
import { appendFile } from 'node:fs/promises'
import { asCredenceError, CredenceError } from '../errors.js'
import { type Annotation, annotationsOf } from '../report/annotations.js'
import { renderComment, renderNoReport } from '../report/comment.js'
import type { ReportJson } from '../report/json-schema.js'
import { atOrAbove, type Threshold } from '../report/summary.js'
import { writeComment } from './comment-api.js'
import { readRun, type Run } from './environment.js'

/** GitHub takes 65,536 characters. */
const LONGEST_COMMENT = 64_000
/** UTF-16 units, of at most three bytes each: GitHub takes 1 MiB of all steps' summaries of a job. */
const LONGEST_SUMMARY = 250_000

export interface Outcome {
  /** Null where the scan wrote none. */
  readonly report: ReportJson | null
  readonly exitCode: number
  readonly failOn: Threshold
  /** Tells several scans of a pull request apart: letters, digits, spaces and `._-`; empty where there is one. */
  readonly name: string
  /** Folder of the report, and the SARIF file in it, as the next steps will name them. */
  readonly folder: string
  readonly sarif: string | null
}

export interface Told {
  readonly annotations: readonly Annotation[]
  readonly comment: 'created' | 'updated' | 'none'
}

/**
 * A comment that cannot be written is no reason to fail: the job summary says the same, and why there is no comment.
 * @throws CredenceError `usage` for variables that GitHub would not set so, `io` when its files cannot be written
 */
export async function tellGitHub(outcome: Outcome, env: Readonly<Record<string, string | undefined>>): Promise<Told> {
  const run = await readRun(env)
  const { comment, why } = await comments(run, outcome)
  const remarks = why === null ? [] : [`No comment was written: ${why}.`]
  const { report, failOn } = outcome
  await append(run.summaryFile, text(outcome, LONGEST_SUMMARY, remarks))
  await append(run.outputFile, outputs(outcome, comment))
  const annotations = report === null ? [noReport(outcome)] : annotationsOf(report, failOn)
  const missing = remarks.map((message): Annotation => ({ level: 'notice', title: 'credence', message }))
  return { annotations: [...annotations, ...missing], comment }
}

async function comments(run: Run, outcome: Outcome): Promise<{ readonly comment: Told['comment']; readonly why: string | null }> {
  if (run.pullRequest === null) return { comment: 'none', why: null }
  if (run.api === null) return { comment: 'none', why: run.why }
  const marker = `<!-- credence-report${outcome.name === '' ? '' : `: ${outcome.name}`} -->`
  const body = `${marker}\n${text(outcome, LONGEST_COMMENT - marker.length - 1, [])}`
  try {
    return { comment: await writeComment(run.api, run.pullRequest, marker, body), why: null }
  } catch (error) {
    return { comment: 'none', why: asCredenceError(error, 'io').message }
  }
}

function text({ report, exitCode, failOn, name }: Outcome, longest: number, remarks: readonly string[]): string {
  if (report === null) return renderNoReport(exitCode, { name, remarks })
  return renderComment(report, { failOn, name, longest, remarks })
}

const noReport = ({ exitCode }: Outcome): Annotation => ({
  level: 'error',
  title: 'credence: no report',
  message: `the scan ended with exit code ${exitCode}; its log says why`,
})

function outputs({ report, exitCode, failOn, folder, sarif }: Outcome, comment: Told['comment']): string {
  const values: Readonly<Record<string, string | number>> = {
    verdict: report?.verdict ?? 'none',
    findings: report?.findings.length ?? 0,
    serious: report === null ? 0 : atOrAbove(report.findings, failOn).length,
    'flagged-rows': report?.summary.flaggedRows ?? 0,
    report: folder,
    sarif: sarif ?? '',
    'exit-code': exitCode,
    comment,
  }
  return Object.entries(values)
    .map(([name, value]) => outputLine(name, String(value)))
    .join('')
}

/** One line sets one output: a value that brought its own line end would set others. */
function outputLine(name: string, value: string): string {
  if (/[\r\n]/.test(value)) throw new CredenceError('usage', `the output ${name} cannot hold a line end`)
  return `${name}=${value}\n`
}

async function append(file: string | null, content: string): Promise<void> {
  if (file === null) return
  await appendFile(file, content).catch((error: unknown) => {
    throw asCredenceError(error, 'io', { file })
  })
}
