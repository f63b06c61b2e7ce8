/** What the numbers behind personal data are, and which side of them decides. */
import type { EvidenceNote } from '../../src/scanner.js'

export const evidence: Readonly<Record<string, EvidenceNote>> = {
  rows: {
    meaning: 'rows that hold such values',
    unit: 'rows',
    decides: 'cards, accounts and identity numbers are high from a few rows on',
  },
  distinctValues: { meaning: 'different values in them; estimated where there are more than are kept' },
  types: { meaning: 'rows by what the values are' },
  mostCopies: {
    meaning: 'rows with the value that comes most often',
    unit: 'rows',
    decides:
      'the more copies, the likelier a model gives it back; contacts are medium and passwords and canaries high from ten on',
  },
  mostCopied: { meaning: 'that value, masked' },
  valuesWithName: { meaning: 'values that stand beside a name', decides: 'many: a list of people, medium' },
  frame: { meaning: 'the words before the sequence that comes most often' },
  bareNumbers: { meaning: 'different numbers without a telling word that a card could have' },
  bareWithLuhn: { meaning: 'of these, numbers with a valid check digit' },
  log10LuhnP: {
    meaning: 'probability that so many of other numbers have one',
    unit: 'log10',
    decides: 'below alpha: they are cards',
  },
}
