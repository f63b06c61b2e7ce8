import { join } from 'node:path'
import type { Bounds } from '../engine/asked-child.js'
import { locateReport } from '../report/explain-read.js'
import type { ReportRow, RowFacts } from '../report/explain-row.js'
import type { ReportJson } from '../report/json-schema.js'
import { DataReader } from './data-reader.js'
import { DECISIONS_FILE, latestOf, readDecisionsIfAny, targetKey } from './decisions.js'
import { loadIndex } from './load-index.js'

/**
 * What lies beside a report about one of its rows: the flags of all findings, and what people decided.
 * @param path of the report or its folder
 * @throws CredenceError `usage` for a file of decisions that holds something else, `io`
 */
export async function rowFacts(report: ReportJson, path: string, place: ReportRow, bounds: Bounds): Promise<RowFacts> {
  const { folder } = await locateReport(path)
  const reader = new DataReader(bounds)
  try {
    const { index, gap } = await loadIndex(report, reader, folder)
    const file = report.coverage.files.findIndex((known) => known.path === place.file)
    const findings = index.findingsOf(file, place.row).map((finding) => {
      const at = index.positionOf(finding, file, place.row)
      return { index: finding, score: index.rowsOf(finding).score[at] ?? 0, suggested: index.suggested(finding, at) }
    })
    const { decisions } = await readDecisionsIfAny(join(folder, DECISIONS_FILE))
    const latest = latestOf(decisions).get(targetKey({ kind: 'row', ...place }))
    return { findings, gap, decisions: [...(latest?.values() ?? [])] }
  } finally {
    reader.close()
  }
}
