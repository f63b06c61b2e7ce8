/** Which rows each finding names, and which findings name a row. */
import type { ReportJson } from '../report/json-schema.js'
import type { FlagLines } from './data-messages.js'

/** Rows of one finding, ascending by (file, row): one entry of each list for each. `file` is an index into `coverage.files`. */
export interface FindingRows {
  readonly file: Uint32Array
  readonly row: Float64Array
  readonly score: Float64Array
  /** Place among the labels of the index; -1 where none is suggested. */
  readonly suggested: Int32Array
}

export class FlagIndex {
  /** @param findings in the report's order */
  constructor(
    private readonly findings: readonly FindingRows[],
    private readonly labels: readonly string[],
  ) {}

  rowsOf(finding: number): FindingRows {
    return this.findings[finding] ?? NO_ROWS
  }

  /** Where a row lies among those of a finding, or -1. */
  positionOf(finding: number, file: number, row: number): number {
    const { file: files, row: rows } = this.rowsOf(finding)
    let [low, high] = [0, rows.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (files[middle]! < file || (files[middle] === file && rows[middle]! < row)) low = middle + 1
      else high = middle
    }
    return files[low] === file && rows[low] === row ? low : -1
  }

  /** The label suggested for a row of a finding, by its place there; null where there is none. */
  suggested(finding: number, at: number): string | null {
    return this.labels[this.rowsOf(finding).suggested[at] ?? -1] ?? null
  }

  /** Indices of the findings that name a row. */
  findingsOf(file: number, row: number): number[] {
    return [...this.findings.keys()].filter((finding) => this.positionOf(finding, file, row) >= 0)
  }
}

const NO_ROWS: FindingRows = {
  file: new Uint32Array(),
  row: new Float64Array(),
  score: new Float64Array(),
  suggested: new Int32Array(),
}

/** What the report itself lists: the first thousand rows of each finding. */
export function indexOfReport({ findings, coverage }: ReportJson): FlagIndex {
  const files = placesOf(coverage.files.map(({ path }) => path))
  const labels = [...new Set(findings.flatMap(({ rows }) => rows.flatMap(({ suggested }) => suggested ?? [])))]
  const labelPlaces = placesOf(labels)
  return new FlagIndex(
    findings.map(({ rows }) =>
      inOrder({
        file: Uint32Array.from(rows, ({ file }) => files.get(file) ?? NOWHERE),
        row: Float64Array.from(rows, ({ row }) => row),
        score: Float64Array.from(rows, ({ score }) => score),
        suggested: Int32Array.from(rows, ({ suggested }) => (suggested === undefined ? -1 : labelPlaces.get(suggested)!)),
      }),
    ),
    labels,
  )
}

/** All rows. Lines of findings or files that the report does not have are left out. */
export function indexOfFlags({ findings, coverage }: ReportJson, lines: FlagLines): FlagIndex {
  const places = placesOf(findings.map(({ id }) => id))
  const filePlaces = placesOf(coverage.files.map(({ path }) => path))
  const findingOf = lines.findings.map((id) => places.get(id) ?? -1)
  const fileOf = Uint32Array.from(lines.files, (path) => filePlaces.get(path) ?? NOWHERE)
  const counts = findings.map(() => 0)
  for (const name of lines.finding) {
    const finding = findingOf[name]!
    if (finding >= 0) counts[finding]!++
  }
  const groups = counts.map((count) => ({
    file: new Uint32Array(count),
    row: new Float64Array(count),
    score: new Float64Array(count),
    suggested: new Int32Array(count),
  }))
  const filled = findings.map(() => 0)
  for (let i = 0; i < lines.row.length; i++) {
    const finding = findingOf[lines.finding[i]!]!
    const group = groups[finding]
    if (group === undefined) continue
    const at = filled[finding]!++
    group.file[at] = fileOf[lines.file[i]!]!
    group.row[at] = lines.row[i]!
    group.score[at] = lines.score[i]!
    group.suggested[at] = lines.suggested[i]!
  }
  return new FlagIndex(groups.map(inOrder), lines.labels)
}

/** Stands for a file that the report does not have. */
const NOWHERE = 2 ** 32 - 1

function placesOf(names: readonly string[]): ReadonlyMap<string, number> {
  // The first of two that are called the same counts.
  return new Map(names.map((name, i): [string, number] => [name, i]).reverse())
}

/** Without what names no row, and sorted where it is not: reports are, but may come from a stranger. */
function inOrder(rows: FindingRows): FindingRows {
  const { file, row, score, suggested } = rows
  const isRow = (i: number): boolean => file[i] !== NOWHERE && Number.isSafeInteger(row[i]) && row[i]! >= 0
  const isNext = (i: number): boolean => i === 0 || file[i - 1]! < file[i]! || (file[i - 1] === file[i] && row[i - 1]! < row[i]!)
  if (row.every((_, i) => isRow(i) && isNext(i))) return rows
  const order = [...row.keys()].filter(isRow).sort((a, b) => file[a]! - file[b]! || row[a]! - row[b]!)
  return {
    file: Uint32Array.from(order, (i) => file[i]!),
    row: Float64Array.from(order, (i) => row[i]!),
    score: Float64Array.from(order, (i) => score[i]!),
    suggested: Int32Array.from(order, (i) => suggested[i]!),
  }
}
