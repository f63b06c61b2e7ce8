/** What a report was compared with, and what became of accepted findings, in lines. Text may hold untrusted values. */
import type { Comparison, Report } from '../model/report.js'
import type { ReportJson } from './json-schema.js'
import type { ReceiptLine } from './receipt.js'
import { number } from './summary.js'

const MOST_LISTED = 10

const NOT_ALONE =
  'the contribution was not looked at by itself: that takes 100 rows at least, a quarter of the data at most, and a scanner that few rows among many escape'

/** Whether the contribution was looked at by itself; null where there is none, as beside a baseline. */
export function aloneText(alone: Comparison['alone']): string | null {
  if (alone === undefined) return null
  if (alone === null) return NOT_ALONE
  return `the ${number(alone.rows)} rows of the contribution were looked at by themselves as well, by ${alone.scanners.join(', ') || 'no scanner'}`
}

export function comparisonOf({ comparison, suppressions = [] }: Report | ReportJson): readonly ReceiptLine[] {
  const lines: ReceiptLine[] = []
  if (comparison !== undefined) {
    const { base, with: kind, rows, shifts, resolved } = comparison
    const alone = aloneText(comparison.alone)
    lines.push({ name: 'With', text: kind === 'baseline' ? `the findings accepted in ${base}` : base })
    if (rows !== null) {
      const moved = rows.moved > 0 ? `, of which ${number(rows.moved)} moved` : ''
      const told = `${number(rows.added)} added, ${number(rows.changed)} changed, ${number(rows.removed)} removed`
      lines.push({ name: 'Rows', text: `${told}, ${number(rows.unchanged)} as before${moved}` })
    }
    if (alone !== null) lines.push({ name: 'Alone', text: alone })
    lines.push(...few(shifts, ({ text }) => ({ name: 'Shift', text })))
    lines.push(...few(resolved, ({ severity, title }) => ({ name: 'Resolved', text: `${severity}: ${title}` })))
  }
  // Those in use need no word: their findings are shown as accepted.
  const stale = suppressions.filter(({ state }) => state !== 'used')
  const stand = few(stale, ({ entry, state, expires }) => ({
    name: state === 'expired' ? 'Expired' : 'Unused',
    text: `${entry}${state === 'expired' ? `, on ${expires ?? ''}` : ''}: remove it from the file of accepted findings`,
  }))
  return [...lines, ...stand]
}

function few<T>(those: readonly T[], line: (one: T) => ReceiptLine): ReceiptLine[] {
  const rest = those.length - MOST_LISTED
  return [...those.slice(0, MOST_LISTED).map(line), ...(rest > 0 ? [{ name: '', text: `and ${number(rest)} more` }] : [])]
}
