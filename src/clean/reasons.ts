/** The lines that say, row by row, what a clean did and why. */
import type { FilePlan } from './plan-file.js'
import type { ReportJson } from '../report/json-schema.js'
import { safeJson } from '../report/safe-text.js'

/** Of `quarantine-reasons.jsonl`, about one file: why each row that it lost went, in the order of the quarantine file. */
export function* reasonLines({ findings }: ReportJson, { file, rows, reasons, unedited }: FilePlan): Generator<string> {
  for (const [place, row] of rows.named.entries()) {
    const reason = reasons.get(row)
    const note = unedited.get(row)
    yield safeJson(
      {
        file: file.scanned.path,
        row,
        quarantineRow: place,
        ...(note === undefined ? {} : { note }),
        findings: (reason?.findings ?? []).map(({ finding, score, suggested }) => {
          const { id, scanner, message, category, severity, title } = findings[finding]!
          const label = suggested === null ? {} : { suggested }
          return { id, scanner, message, category, severity, score, title, ...label }
        }),
        decisions: (reason?.decisions ?? []).map(({ target, verdict, decisions }) => ({
          about: target.kind,
          verdict,
          by: decisions.map(({ reviewer, at, verdict, note }) => ({
            reviewer,
            at,
            verdict,
            ...(note === undefined ? {} : { note }),
          })),
        })),
      },
      0,
    )
  }
}

/** Of `relabelled.jsonl`, about one file: the rows that have another label now, in their order. */
export function* relabelledLines({ findings }: ReportJson, { file, rows, edited, reasons }: FilePlan): Generator<string> {
  if (rows.edit?.kind !== 'relabel') return
  for (const [place, { row, before }] of edited.entries()) {
    const named = (reasons.get(row)?.findings ?? []).map(({ finding }) => findings[finding]!.id)
    yield safeJson({ file: file.scanned.path, row, from: before, to: rows.edit.labels[place], findings: named }, 0)
  }
}
