import type { CleanResult } from '../clean/clean-options.js'
import { safeText } from '../report/safe-text.js'

const LONGEST_LINE = 300
const MOST_FILES = 20
const thousands = new Intl.NumberFormat('en-US')
const rows = (count: number): string => `${thousands.format(count)} row${count === 1 ? '' : 's'}`

/** What a clean did, or would do, in a few lines. */
export function cleanText(result: CleanResult): string {
  const { findings, files, notes, mode, out, receipt } = result
  const { read, kept, removed, redacted, relabelled } = result.rows
  const edits = (count: number): string => `, ${thousands.format(count)} ${mode === 'redact' ? 'redacted' : 'relabelled'}`
  const edited = mode === 'redact' || mode === 'relabel' ? edits(redacted + relabelled) : ''
  const lines = [
    `${receipt === null ? 'Dry run' : 'Wrote'}: of ${rows(read)}, ${thousands.format(kept)} kept${edited}, ${thousands.format(removed)} ${
      mode === 'drop' ? 'dropped' : 'quarantined'
    }`,
    ...(findings.length === 0 ? ['no finding is selected'] : ['Findings']),
    ...findings.map(({ id, severity, rowCount, title }) => `  ${severity}  ${rows(rowCount)}  ${id}  ${title}`),
    'Files',
    ...files
      .slice(0, MOST_FILES)
      .map(
        ({ path, read, kept, edited }) =>
          `  ${path}: ${thousands.format(kept)} of ${rows(read)}${edited > 0 ? edits(edited) : ''}`,
      ),
    ...(files.length > MOST_FILES ? [`  … and ${files.length - MOST_FILES} more`] : []),
    ...notes.map((note) => `note: ${note}`),
    receipt === null ? `nothing was written; the same command with --write writes to ${out}` : `the receipt is ${out}/clean.json`,
  ]
  return lines.map((line) => safeText(line, LONGEST_LINE)).join('\n')
}
