/** What the numbers behind duplicates are, and which side of them decides. */
import type { EvidenceNote } from '../../src/scanner.js'

export const evidence: Readonly<Record<string, EvidenceNote>> = {
  rows: { meaning: 'rows in the groups', unit: 'rows' },
  groups: { meaning: 'groups of rows that belong together' },
  largest: { meaning: 'rows of the largest group', unit: 'rows' },
  superfluous: { meaning: 'rows that could go if one of each group stayed', unit: 'rows' },
  share: {
    meaning: 'share of all rows, for a leak of the held-out rows',
    unit: 'share',
    decides: 'from an option on it is more severe',
  },
  matches: { meaning: 'which rows match, as file:row' },
  texts: { meaning: 'different texts among the rows' },
  similarity: { meaning: 'mean share of word pairs that a member has in common with the first one', unit: 'share' },
  frame: { meaning: 'the words that the rows have in common' },
  exact: { meaning: 'held-out rows that are the same as a training row', unit: 'rows' },
  near: { meaning: 'held-out rows that are nearly a training row', unit: 'rows' },
  asked: { meaning: 'held-out rows whose prompt alone is that of a training row', unit: 'rows' },
  prompts: { meaning: 'prompts with more than one answer' },
  swapped: { meaning: 'pairs of answers that are preferred both ways' },
  labelled: { meaning: 'texts that carry another label than a near copy' },
  labelShare: { meaning: 'share of the rows with the label that most of them carry', unit: 'share' },
  neighbourShare: {
    meaning: 'share of the 25 nearest other texts that carry that label',
    unit: 'share',
    decides: 'few say that the copies contradict what rows like them carry',
  },
  neighbourLabel: { meaning: 'the label that most of the nearest others carry' },
  log10NeighbourP: {
    meaning: 'probability that an ordinary text of that label has so few of it around itself',
    unit: 'log10',
    decides: 'at most alpha, divided by the clusters tested, says that it is no accident',
  },
  log10SizeP: {
    meaning: 'probability of so large a cluster, by the power law of the others',
    unit: 'log10',
    decides: 'at most alpha says that the data’s own duplication does not explain it',
  },
}
