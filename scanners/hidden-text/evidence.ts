/** What the numbers behind hidden text are, and which side of them decides. */
import type { EvidenceNote } from '../../src/scanner.js'

export const evidence: Readonly<Record<string, EvidenceNote>> = {
  rows: { meaning: 'rows that hold such characters or markup', unit: 'rows' },
  rowsWhereItHides: {
    meaning: 'of these, rows where it hides or changes words',
    unit: 'rows',
    decides: 'most of the rows: an attempt to hide; none or few: a leftover of pages and conversions',
  },
  characters: { meaning: 'which characters' },
  says: { meaning: 'what is hidden, once it is brought to light' },
  rowsWithLabel: { meaning: 'of the rows, those with the label they lean to', unit: 'rows' },
  labelShare: { meaning: 'share of all rows that have that label', unit: 'share', decides: 'what chance is reckoned with' },
  log10LabelP: {
    meaning: 'probability that chance gives so many rows that label, times the labels tried',
    unit: 'log10',
    decides: 'at most alpha decides: hidden text that comes with one label is high, not medium',
  },
}
