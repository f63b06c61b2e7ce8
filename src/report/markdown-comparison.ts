import type { Report } from '../model/report.js'
import { comparisonOf } from './comparison.js'
import type { ReportJson } from './json-schema.js'
import { prose } from './markdown-text.js'

/** What a report was compared with, and what became of accepted findings, as a list; empty where there is neither. */
export function comparisonLines(report: Report | ReportJson): readonly string[] {
  const lines = comparisonOf(report).map(({ name, text }) => `- ${name === '' ? '' : `**${name}**: `}${prose(text)}`)
  return lines.length === 0 ? [] : ['Compared:', '', ...lines]
}
