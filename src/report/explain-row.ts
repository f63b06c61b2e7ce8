/** All that a written report knows of one row: what `credence explain` shows, as plain data. */
import { CredenceError } from '../errors.js'
import type { ReportJson } from './json-schema.js'
import { safeText } from './safe-text.js'

type FindingJson = ReportJson['findings'][number]

/** A row by the path that the report has for its file, and its 0-based number there. */
export interface ReportRow {
  readonly file: string
  readonly row: number
}

/** What is known of a row beside report.json. */
export interface RowFacts {
  /** Places in the report, from 0, of the findings that name the row, with its score and the label suggested for it in each. */
  readonly findings: readonly { readonly index: number; readonly score: number; readonly suggested: string | null }[]
  /** Why findings may be missing from these; null where all rows of all findings are known. */
  readonly gap: string | null
  /** The last of each reviewer. */
  readonly decisions: readonly RowDecision[]
}

export interface RowDecision {
  readonly reviewer: string
  readonly at: string
  readonly verdict: string | null
  readonly note?: string | undefined
}

/** Strings are untrusted: a report may come from a stranger. */
export interface RowExplanation extends ReportRow {
  readonly findings: readonly {
    /** 1-based place in the report. */
    readonly number: number
    readonly finding: Pick<
      FindingJson,
      'id' | 'message' | 'severity' | 'title' | 'why' | 'advice' | 'change' | 'suppression' | 'rowCount'
    >
    /** Of the row in this finding, in [0, 1], 1 the most suspicious. */
    readonly score: number
    /** The label that the row's content speaks for; null where the finding suggests none. */
    readonly suggested: string | null
    /** The row as the finding quotes it; null where it is not one of its examples. */
    readonly example: FindingJson['examples'][number] | null
  }[]
  readonly gap: string | null
  readonly decisions: readonly RowDecision[]
  readonly context: { readonly version: string; readonly rowsRead: number; readonly truncatedCells: number }
}

const MOST_LISTED = 10

/**
 * The row that `name` says: `FILE:ROW`, where FILE is a path of the report or the end of one, or `row:ROW` where the report has
 * one file. Null where `name` has no such form, as the ids of findings have not.
 * @throws CredenceError `usage`, which lists the files there are
 */
export function findRow({ coverage: { files } }: ReportJson, name: string): ReportRow | null {
  const [, path = '', digits = ''] = /^([^]*):(\d+)$/.exec(name) ?? []
  if (digits === '') return null
  const exact = files.filter((file) => file.path === path)
  const matches = exact.length > 0 ? exact : files.filter((file) => path === '' || file.path.endsWith(`/${path}`))
  const [first, second] = matches.length === 0 && path === 'row' ? files : matches
  if (first === undefined || (second !== undefined && exact.length === 0)) {
    const what = first === undefined ? 'names no file' : 'could be in several files'
    throw new CredenceError('usage', `${JSON.stringify(name)} ${what} of the report, which has:`, { suggestions: listed(files) })
  }
  const row = Number(digits)
  if (!Number.isSafeInteger(row) || (first.declared !== null && row >= first.declared)) {
    throw new CredenceError('usage', `${first.path} has no row ${digits}: it has ${first.declared ?? first.read}, from 0 on`)
  }
  return { file: first.path, row }
}

function listed(files: ReportJson['coverage']['files']): string[] {
  const lines = files.slice(0, MOST_LISTED).map(({ path, read }) => `${safeText(path, 200)}  ${read} rows`)
  return files.length > lines.length ? [...lines, `… and ${files.length - lines.length} more`] : lines
}

/** @param place a row of the report's files */
export function explainRow(report: ReportJson, place: ReportRow, { findings, gap, decisions }: RowFacts): RowExplanation {
  const receipt = report.coverage.files.find(({ path }) => path === place.file)
  return {
    ...place,
    findings: findings.flatMap(({ index, score, suggested }) => {
      const found = report.findings[index]
      if (found === undefined) return []
      const { id, message, severity, title, why, advice, change, suppression, rowCount, examples } = found
      const example = examples.find(({ file, row }) => file === place.file && row === place.row) ?? null
      const finding = { id, message, severity, title, why, advice, rowCount, change, suppression }
      return [{ number: index + 1, finding, score, suggested, example }]
    }),
    gap,
    decisions,
    context: { version: report.tool.version, rowsRead: receipt?.read ?? 0, truncatedCells: receipt?.truncated ?? 0 },
  }
}
