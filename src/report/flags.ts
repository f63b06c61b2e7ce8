import { parquetWriteBuffer } from 'hyparquet-writer'
import type { Report } from '../model/report.js'
import { filePath } from './summary.js'

/**
 * `flags.parquet`: one line per row and finding, in the order of findings, then rows. Columns: `file` (string, the path
 * as in the report), `row` (int64, 0-based physical row of that file), `finding`, `scanner`, `category`, `severity`
 * (strings), `score` (double in [0, 1]), `suggested` (string or null: the label that the row's content speaks for; files
 * written before there was one lack it). Valid with no lines.
 */
export function renderFlags(report: Report): Uint8Array {
  const file: string[] = []
  const row: bigint[] = []
  const finding: string[] = []
  const scanner: string[] = []
  const category: string[] = []
  const severity: string[] = []
  const score: number[] = []
  const suggested: (string | null)[] = []
  for (const found of report.findings) {
    for (const flagged of found.rows) {
      file.push(filePath(report, flagged.file))
      row.push(BigInt(flagged.row))
      finding.push(found.id)
      scanner.push(found.scanner)
      category.push(found.category)
      severity.push(found.severity)
      score.push(flagged.score)
      suggested.push(flagged.suggested ?? null)
    }
  }
  const buffer = parquetWriteBuffer({
    columnData: [
      { name: 'file', data: file, type: 'STRING', nullable: false },
      { name: 'row', data: row, type: 'INT64', nullable: false },
      { name: 'finding', data: finding, type: 'STRING', nullable: false },
      { name: 'scanner', data: scanner, type: 'STRING', nullable: false },
      { name: 'category', data: category, type: 'STRING', nullable: false },
      { name: 'severity', data: severity, type: 'STRING', nullable: false },
      { name: 'score', data: score, type: 'DOUBLE', nullable: false },
      { name: 'suggested', data: suggested, type: 'STRING', nullable: true },
    ],
    createdBy: `credence version ${report.tool.version}`,
  })
  return new Uint8Array(buffer)
}
