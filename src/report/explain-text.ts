/** An explanation for a person at a terminal: words, then a table, then rows and what they were judged with. */
import type { EvidenceLine, Explanation } from './explain.js'
import { valueText } from './explain-value.js'
import { guardLines, safeText } from './safe-text.js'
import { amount, number } from './summary.js'
import {
  exampleLine,
  fieldLines,
  GAP,
  LONGEST_FIELD,
  type Paint,
  painter,
  standingText,
  type TextOptions,
  wrap,
} from './text-lines.js'

const LONGEST_CELL = 300
const MOST_TRIGGERS = 5
const MOST_LIMITS = 12

export function explanationText(explanation: Explanation, { colour, width }: TextOptions): string {
  const paint = painter(colour)
  const lines = [
    ...headLines(explanation, width, paint),
    '',
    paint('bold', 'Evidence'),
    ...tableLines(explanation, width, paint),
    '',
    paint('bold', 'Rows'),
    ...rowLines(explanation, width, paint),
    '',
    paint('bold', 'Judged with'),
    ...contextLines(explanation, width),
  ]
  return guardLines(`${lines.join('\n')}\n`)
}

function headLines({ number: place, finding, scanner, context }: Explanation, width: number, paint: Paint): string[] {
  const { severity, title, message, id, category, score, why, advice, target } = finding
  const standing = standingText(finding)
  const level = paint('bold', severity.toUpperCase())
  const field = (name: string, text: string): string[] => fieldLines(name, text, width)
  const triggers = [finding.trigger ?? []].flat()
  const more = triggers.length > MOST_TRIGGERS ? ` or ${number(triggers.length - MOST_TRIGGERS)} more` : ''
  const spoken = triggers.slice(0, MOST_TRIGGERS).map((trigger) => JSON.stringify(trigger))
  const known = scanner === null ? 'unknown to this version' : `version ${scanner.version}, ${scanner.title}`
  return [
    `${level}  ${paint('bold', safeText(title, LONGEST_FIELD))}`,
    ...field('Finding', `${place}, ${safeText(id, 80)}, ${safeText(message, 80)}, ${category}, score ${score.toFixed(3)}`),
    ...field('Scanner', `${safeText(finding.scanner, 80)} (${known}); report by credence ${safeText(context.version, 40)}`),
    ...(standing === '' ? [] : field('State', standing)),
    ...field('Why', why),
    ...(spoken.length === 0 ? [] : field('Trigger', spoken.join(' or ') + more)),
    ...(target === undefined ? [] : field('Target', target)),
    ...field('Next', advice),
  ]
}

/** Three columns: what it is, its value, what decides. Cells wrap within their columns. */
function tableLines({ evidence, moreEvidence }: Explanation, width: number, paint: Paint): string[] {
  if (evidence.length === 0) return [`${GAP}none given`]
  const cells = evidence.map((line) => [nameOf(line), line.shown, line.decides ?? ''].map((text) => safeText(text, LONGEST_CELL)))
  const widest = (column: number, most: number): number =>
    Math.min(most, Math.max('value'.length, ...cells.map((row) => row[column]?.length ?? 0)))
  const valueWidth = widest(1, 24)
  const nameWidth = widest(0, Math.floor((width - valueWidth) * 0.42))
  const widths = [nameWidth, valueWidth, Math.max(20, width - nameWidth - valueWidth - 3 * GAP.length)]
  const lines = cells.flatMap((row) => {
    const wrapped = row.map((text, column) => wrap(text, widths[column] ?? 20))
    return Array.from({ length: Math.max(...wrapped.map((parts) => parts.length)) }, (_, i) => {
      const [name = '', value = '', decides = ''] = wrapped.map((parts) => parts[i] ?? '')
      const shown = `${GAP}${name.padEnd(nameWidth)}${GAP}${paint('bold', value)}${' '.repeat(Math.max(0, valueWidth - value.length))}`
      return decides === '' ? shown.trimEnd() : `${shown}${GAP}${paint('dim', decides)}`
    })
  })
  lines.unshift(
    paint(
      'dim',
      `${GAP}${'what'.padEnd(nameWidth)}${GAP}${'value'.padEnd(valueWidth)}${GAP}which side decides, and what it says`,
    ),
  )
  return moreEvidence > 0 ? [...lines, `${GAP}… and ${number(moreEvidence)} more in the report`] : lines
}

function nameOf({ key, meaning }: EvidenceLine): string {
  return meaning ?? `${key} (not explained by this version)`
}

function rowLines({ rows: { count, first }, examples }: Explanation, width: number, paint: Paint): string[] {
  if (count === 0 && first.length === 0) return [`${GAP}the whole data set`]
  const byFile = new Map<string, number[]>()
  for (const { file, row } of first) byFile.set(file, [...(byFile.get(file) ?? []), row])
  const places = [...byFile].map(([file, rows]) => `${safeText(file, 200)}: ${rows.join(', ')}`).join('; ')
  const several = new Set([...byFile.keys(), ...examples.map(({ file }) => file)]).size > 1
  const more = count > first.length ? `, and ${number(count - first.length)} more` : ''
  return [
    ...wrap(`${amount(count, 'row')}, 0-based: ${places}${more}`, width - GAP.length).map((line) => GAP + line),
    ...examples.map((example) => exampleLine(example, several ? `${safeText(example.file, 60)} ` : '', width, paint)),
  ]
}

function contextLines({ context }: Explanation, width: number): string[] {
  const { alpha, seed, encoder, rowsRead } = context
  const { nStar, tests, ...others } = context.limits
  const rest = Object.entries(others)
    .slice(0, MOST_LIMITS)
    .map(([key, value]) => `${safeText(inWords(key), 60)} ${safeText(valueText(value), 100)}`)
  const field = (name: string, text: string): string[] => fieldLines(name, text, width)
  const digest = encoder === null ? '' : ` (sha256 ${safeText(encoder.sha256, 12)}) on ${safeText(encoder.device, 40)}`
  return [
    ...field('alpha', `${alpha}: probability of any false alarm of a scanner on clean data`),
    ...(tests === undefined ? [] : field('Tests', `${safeText(valueText(tests), 100)} pairs tried, over which alpha is split`)),
    ...(nStar === undefined
      ? []
      : field('n*', `${safeText(valueText(nStar), 100)} rows: a smaller group cannot be told from chance by counts alone`)),
    ...field('Encoder', encoder === null ? 'none used' : `${safeText(encoder.name, 100)}${digest}`),
    ...field('Seed', `${seed}`),
    ...field('Read', amount(rowsRead, 'row')),
    ...(rest.length === 0 ? [] : field('Limits', rest.join(', '))),
  ]
}

/** `rowsListedPerFinding` as `rows listed per finding`. */
function inWords(key: string): string {
  return key.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
