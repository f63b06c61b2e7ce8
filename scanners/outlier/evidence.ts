/** What the numbers behind outliers are, and which side of them decides. */
import type { EvidenceNote } from '../../src/scanner.js'

export const evidence: Readonly<Record<string, EvidenceNote>> = {
  rows: { meaning: 'rows listed', unit: 'rows', decides: 'at most the share of a class that the option maxShare names' },
  rowsPastTail: { meaning: 'rows beyond the ordinary tail of their class', unit: 'rows' },
  rowsScored: { meaning: 'rows compared', unit: 'rows' },
  highestIsolation: {
    meaning: 'highest isolation of a row: 1 is set apart by few random cuts, 0.5 is ordinary',
    decides: 'above the threshold of its class decides',
  },
  lowestThreshold: {
    meaning: 'where the ordinary tail ends, in the class where it ends first',
    decides: 'set so that few ordinary rows lie above it: the option ordinaryRows',
  },
  classes: { meaning: 'classes that they belong to' },
}
