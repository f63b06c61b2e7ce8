/** What is known of a row, for a person at a terminal. */
import type { RowExplanation } from './explain-row.js'
import { guardLines, safeText } from './safe-text.js'
import { amount, number } from './summary.js'
import { exampleLine, fieldLines, GAP, LONGEST_FIELD, type Paint, painter, standingText, type TextOptions } from './text-lines.js'

export function rowExplanationText(explanation: RowExplanation, { colour, width }: TextOptions): string {
  const { file, row, findings, gap, decisions, context } = explanation
  const paint = painter(colour)
  const named = findings.length === 0 ? 'no finding names it' : `named by ${amount(findings.length, 'finding')}`
  const lines = [
    `${paint('bold', `Row ${number(row)}`)} of ${safeText(file, LONGEST_FIELD)}: ${named}`,
    ...fieldLines('Row', `0-based; ${amount(context.rowsRead, 'row')} of the file read by credence ${context.version}`, width),
    ...(gap === null ? [] : fieldLines('Missing', gap, width)),
    ...findings.flatMap((found) => ['', ...findingLines(found, width, paint)]),
    '',
    paint('bold', 'Decided'),
    ...decisionLines(decisions, width),
  ]
  return guardLines(`${lines.join('\n')}\n`)
}

function findingLines(
  { number: place, finding, score, suggested, example }: RowExplanation['findings'][number],
  width: number,
  paint: Paint,
): string[] {
  const { severity, title, id, message, why, advice, rowCount } = finding
  const standing = standingText(finding)
  return [
    `${paint('bold', severity.toUpperCase())}  ${paint('bold', safeText(title, LONGEST_FIELD))}`,
    ...fieldLines('Finding', `${place}, ${safeText(id, 80)}, ${safeText(message, 80)}, ${amount(rowCount, 'row')}`, width),
    ...fieldLines('Score', `${score.toFixed(3)} for this row, of 1`, width),
    ...(suggested === null ? [] : fieldLines('Label', `looks like ${JSON.stringify(suggested)}`, width)),
    ...(standing === '' ? [] : fieldLines('State', standing, width)),
    ...fieldLines('Why', why, width),
    ...fieldLines('Next', advice, width),
    ...(example === null ? [`${GAP}the report quotes other rows of this finding`] : [exampleLine(example, '', width, paint)]),
  ]
}

function decisionLines(decisions: RowExplanation['decisions'], width: number): string[] {
  if (decisions.length === 0) return [`${GAP}nothing yet (see: credence review)`]
  return decisions.flatMap(({ reviewer, verdict, note, at }) => {
    const said = `${verdict ?? 'no verdict'} at ${at}${note === undefined ? '' : `: ${note}`}`
    return fieldLines(safeText(reviewer, 40), said, width)
  })
}
