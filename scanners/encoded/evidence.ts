/** What the numbers behind encoded text are, and which side of them decides. */
import type { EvidenceNote } from '../../src/scanner.js'

export const evidence: Readonly<Record<string, EvidenceNote>> = {
  rows: { meaning: 'rows with text in this encoding that they do not have in the open as well', unit: 'rows' },
  rowsThatComply: {
    meaning: 'of these, rows whose output has a name or number that only the decoded text has',
    unit: 'rows',
    decides: 'one or more: the output does as the encoded text says, and the finding is high',
  },
  says: { meaning: 'what comes out once it is decoded' },
  rowsWithTarget: { meaning: 'of the rows, copies counted once, those with the label or answer they lean to', unit: 'rows' },
  targetShare: {
    meaning: 'share of all rows that have that label or answer',
    unit: 'share',
    decides: 'what chance is reckoned with',
  },
  log10TargetP: {
    meaning: 'probability that chance gives so many rows that label or answer, times what was tried',
    unit: 'log10',
    decides: 'at most alpha decides: encoded text that comes with one label or answer is high',
  },
}
