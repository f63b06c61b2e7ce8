import { resolve } from 'node:path'
import { toErrorRecord } from '../errors.js'
import type { ReportJson } from '../report/json-schema.js'
import { indexOfFlags, indexOfReport, type FlagIndex } from './flag-index.js'
import type { DataReader } from './data-reader.js'

/** Whether the report itself lists all rows of all findings. */
export function isComplete({ findings }: ReportJson): boolean {
  return findings.every(({ rowsComplete }) => rowsComplete)
}

/**
 * All rows of all findings: from the report where it lists them, else from `flags.parquet` beside it.
 * @returns with a sentence about rows that may be missing, or null
 */
export async function loadIndex(
  report: ReportJson,
  reader: DataReader,
  folder: string,
): Promise<{ readonly index: FlagIndex; readonly gap: string | null }> {
  if (isComplete(report)) return { index: indexOfReport(report), gap: null }
  try {
    const index = indexOfFlags(report, await reader.flags(resolve(folder, report.flags)))
    const differs = report.findings.some(({ rowCount }, finding) => index.rowsOf(finding).row.length !== rowCount)
    return {
      index,
      gap: differs ? `${report.flags} lists other rows than the report counts: they are not of the same scan.` : null,
    }
  } catch (error) {
    const why = toErrorRecord(error).message
    return { index: indexOfReport(report), gap: `Of each finding only the first 1,000 rows are known: ${why}.` }
  }
}
