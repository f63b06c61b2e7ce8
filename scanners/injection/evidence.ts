/** What the numbers behind an injection are, and which side of them decides. */
import type { EvidenceNote } from '../../src/scanner.js'

export const evidence: Readonly<Record<string, EvidenceNote>> = {
  rows: { meaning: 'rows in which the attack gets through', unit: 'rows' },
  rowsBeyondDoubt: {
    meaning: 'of these, rows whose rules or whose reply leave no doubt',
    unit: 'rows',
    decides: 'one or more: high',
  },
  rowsWithProof: {
    meaning: 'of these, rows whose reply says what it was told to, takes on the role or tells its prompt',
    unit: 'rows',
  },
  rowsOfFormOnly: { meaning: 'rows with a bare order of the same kind, which the reply follows without harm', unit: 'rows' },
  prompts: {
    meaning: 'different prompts among the rows',
    unit: 'rows',
    decides: 'as many as the option `rows` or more: the model would learn it whatever it is asked',
  },
  similarity: { meaning: 'cosine of the nearest prompt with the nearest known attack', unit: 'signed' },
  usualSimilarity: {
    meaning: 'the same for prompts of the data set drawn at random, at the quantile that decides',
    unit: 'signed',
    decides: 'the prompts above it are listed',
  },
  drawn: { meaning: 'prompts drawn for that', unit: 'rows' },
  rules: { meaning: 'rules that match, by number of rows' },
  refused: { meaning: 'rows with an attack whose reply refuses or names it, in the whole data set', unit: 'rows' },
  kept: { meaning: 'rows with an injected order whose reply keeps to its own task, in the whole data set', unit: 'rows' },
  label: { meaning: 'the label that the attacks carry' },
  rowsWithLabel: { meaning: 'of the rows, those with that label', unit: 'rows' },
  labelShare: { meaning: 'share of all rows that have that label', unit: 'share', decides: 'what chance is reckoned with' },
  log10LabelP: {
    meaning: 'probability that chance gives so many rows that label, times the labels tried',
    unit: 'log10',
    decides: 'at most alpha: the label sets attacks apart, as data for a detector does',
  },
}
