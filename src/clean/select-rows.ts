/** Which rows go: those of findings that count and are serious enough, and what people decided. */
import { CredenceError } from '../errors.js'
import { counts, SEVERITIES, type Category, type Severity } from '../model/finding.js'
import { findFinding } from '../report/explain-read.js'
import type { ReportJson } from '../report/json-schema.js'
import type { FlagLines } from '../review/data-messages.js'
import { settle, type Decision, type Settled } from '../review/decisions.js'
import { indexOfFlags } from '../review/flag-index.js'

export interface Selection {
  readonly minSeverity: Severity
  /** Ids, starts of ids or numbers; only these, whatever their severity and whether they count. */
  readonly findings: readonly string[]
  readonly scanners: readonly string[]
  readonly categories: readonly Category[]
}

/** Why a row goes. */
export interface Reason {
  /** Places in the report's list of findings, with the row's score and the label suggested for it in each. */
  readonly findings: { readonly finding: number; readonly score: number; readonly suggested: string | null }[]
  /** What people said of the row, or of a finding that names it. */
  readonly decisions: Settled[]
}

export interface SelectedRows {
  /** For each file of the report, by row. */
  readonly files: readonly ReadonlyMap<number, Reason>[]
  /** Places in the report's list of findings. */
  readonly findings: readonly number[]
  /** What somebody should know, one sentence each. */
  readonly notes: readonly string[]
}

/** @throws CredenceError `usage` for a finding that is not there, and for flags of another report */
export function selectRows(
  report: ReportJson,
  flags: FlagLines,
  decisions: readonly Decision[],
  selection: Selection,
): SelectedRows {
  checkFlags(report, flags)
  const index = indexOfFlags(report, flags)
  const settled = settle(decisions)
  const notes: string[] = []
  const files = report.coverage.files.map(() => new Map<number, Reason>())
  const reasonOf = (file: number, row: number): Reason => {
    const rows = files[file]!
    const reason = rows.get(row) ?? { findings: [], decisions: [] }
    rows.set(row, reason)
    return reason
  }
  const findings = chosenFindings(report, settled, selection)
  if (selection.findings.length === 0) notes.push(...leftOut(report, findings, selection))
  for (const finding of findings) {
    const decision = settled.get(`finding ${report.findings[finding]!.id}`)
    const { file, row, score } = index.rowsOf(finding)
    file.forEach((place, i) => {
      const reason = reasonOf(place, row[i]!)
      reason.findings.push({ finding, score: score[i]!, suggested: index.suggested(finding, i) })
      if (decision !== undefined && decision.verdict !== 'unsure') reason.decisions.push(decision)
    })
  }
  const places = new Map(report.coverage.files.map(({ path }, file) => [path, file]))
  let unknown = 0
  for (const one of settled.values()) {
    if (one.target.kind !== 'row') continue
    const file = places.get(one.target.file)
    if (file === undefined) unknown++
    else if (one.verdict === 'clean') files[file]!.delete(one.target.row)
    else if (one.verdict !== 'unsure') reasonOf(file, one.target.row).decisions.push(one)
  }
  if (unknown > 0) notes.push(`${unknown} decisions are about files that the report does not have`)
  const conflicts = [...settled.values()].filter(({ verdict }) => verdict === 'conflict').length
  if (conflicts > 0) notes.push(`reviewers differ about ${conflicts} findings or rows: these are left out until they agree`)
  return { files, findings, notes }
}

function chosenFindings(
  { findings, ...rest }: ReportJson,
  settled: ReadonlyMap<string, Settled>,
  selection: Selection,
): number[] {
  const asked = new Set(selection.findings.map((name) => findFinding({ findings, ...rest }, name) - 1))
  return findings.flatMap((finding, place) => {
    const verdict = settled.get(`finding ${finding.id}`)?.verdict
    if (verdict === 'clean') return []
    if (verdict === 'poison' || verdict === 'conflict' || asked.has(place)) return [place]
    const fits =
      asked.size === 0 && isCounted(finding) && isSerious(finding, selection.minSeverity) && isAsked(finding, selection)
    return fits ? [place] : []
  })
}

/** Findings of the scanners and categories asked for that take no rows. */
function leftOut({ findings }: ReportJson, chosen: readonly number[], { minSeverity, ...selection }: Selection): string[] {
  const rest = findings.filter((finding, place) => !chosen.includes(place) && isAsked(finding, selection))
  const accepted = rest.filter((finding) => !isCounted(finding)).length
  const below = rest.filter((finding) => isCounted(finding) && !isSerious(finding, minSeverity)).length
  return [
    ...(accepted > 0 ? [`${accepted} findings that were known before or are accepted keep their rows`] : []),
    ...(below > 0 ? [`${below} findings below ${minSeverity} keep their rows`] : []),
  ]
}

type FindingJson = ReportJson['findings'][number]

function isAsked({ scanner, category }: FindingJson, { scanners, categories }: Omit<Selection, 'minSeverity'>): boolean {
  return (scanners.length === 0 || scanners.includes(scanner)) && (categories.length === 0 || categories.includes(category))
}

function isCounted({ change, suppression }: FindingJson): boolean {
  return counts({ ...(change && { change }), ...(suppression && { suppression }) })
}

function isSerious({ severity }: FindingJson, least: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least)
}

/** Flags and report lie in one folder, but were they written by one scan? */
function checkFlags({ findings }: ReportJson, flags: FlagLines): void {
  const lines = new Map(flags.findings.map((id) => [id, 0]))
  for (const place of flags.finding) lines.set(flags.findings[place]!, lines.get(flags.findings[place]!)! + 1)
  for (const { id, rowCount } of findings) {
    const count = lines.get(id) ?? 0
    if (count !== rowCount) throw otherReport(`it has ${count} rows of ${id} and the report ${rowCount}`)
    lines.delete(id)
  }
  const [unknown] = lines.keys()
  if (unknown !== undefined) throw otherReport(`the report has no finding ${unknown}`)
}

function otherReport(why: string): CredenceError {
  return new CredenceError('usage', `flags.parquet is not of this report.json: ${why}`, { suggestions: ['scan the data again'] })
}
