/** What the numbers behind drift are, and which side of them decides. */
import type { EvidenceNote } from '../../src/scanner.js'

export const evidence: Readonly<Record<string, EvidenceNote>> = {
  rows: {
    meaning: 'rows of the block',
    unit: 'rows',
    decides: 'few enough of their part: an insertion; more: a part of the data',
  },
  shareOfRows: { meaning: 'the same as a share of all rows', unit: 'share' },
  firstRow: { meaning: 'the block’s first row, as file:row' },
  lastRow: { meaning: 'the block’s last row, as file:row' },
  differs: { meaning: 'what sets it apart: share of its rows, and of the others' },
  largestH: {
    meaning: 'the greatest such difference (Cohen’s h)',
    unit: 'signed',
    decides: 'from 0.8 on it is large; from 0.5 worth telling',
  },
  log10AdjustedP: {
    meaning: 'bound on the probability that random order puts so many together, times all places and features tried',
    unit: 'log10',
    decides: 'at most alpha decides',
  },
  restZ: {
    meaning: 'how far the other rows are from random order, in standard errors',
    unit: 'signed',
    decides: 'near 0 or below: they were shuffled, and the block came later; far above: all of it is in some order',
  },
  contentZ: {
    meaning: 'how far its other words are from the rest’s, in standard deviations of windows of its length',
    unit: 'signed',
    decides: 'at most 3.1 says that the rows are else like any rows, as those are that an attacker took from the data',
  },
  labelTold: {
    meaning: 'share of the uncertainty about a row’s label that its position takes away',
    unit: 'share',
    decides: 'from 0.25 on the rows are grouped by label',
  },
  groups: { meaning: 'groups of neighbouring rows that were compared' },
  log10OrderP: { meaning: 'probability of so much in random order', unit: 'log10', decides: 'at most alpha decides' },
  parts: { meaning: 'parts that the data falls into' },
  borders: { meaning: 'where the later parts begin, as file:row, to a cell' },
  changes: { meaning: 'what changes most there' },
  orderZ: {
    meaning: 'how far the whole is from random order, blocks aside, in standard errors',
    unit: 'signed',
    decides: 'far above 0: it is in some order',
  },
}
