/** What the numbers behind flipped labels are, and which side of them decides. */
import type { EvidenceNote } from '../../src/scanner.js'

export const evidence: Readonly<Record<string, EvidenceNote>> = {
  rows: { meaning: 'rows listed', unit: 'rows' },
  estimatedFlips: {
    meaning: 'about how many rows were flipped',
    unit: 'rows',
    decides: 'many make the finding more severe; some of them look like no label clearly and cannot be listed',
  },
  looksLike: { meaning: 'of these, by label given and label that the content looks like' },
  largestRatio: {
    meaning: 'rows that look flipped for each row of the other label that kept its label',
    unit: 'share',
    decides: 'where it is large, it is rather the other label that is the odd one',
  },
  largestReverseRatio: {
    meaning: 'the same the other way round, at most',
    unit: 'share',
    decides: 'clearly smaller speaks for flips to one label, about as large for labels mixed up',
  },
  marginShift: {
    meaning: 'how clearly these rows look like the other label, against its own rows, in standard deviations',
    unit: 'signed',
    decides: 'near 0 or above decides: rows that are hard to label lie far below',
  },
  independenceEffectAtMost: {
    meaning: 'how far their content is from a random draw of the other label’s rows, as a share of the spread, at most (95 %)',
    unit: 'signed',
    decides: 'at most 0.004 decides, or 0.012 where flips are many: labelling mistakes gather in a subject, flips do not',
  },
  commonest: { meaning: 'commonest contradictions, by label given and label that the content looks like' },
  highestSelfConfidence: {
    meaning: 'highest probability of their own label that the probe gives any of these rows',
    unit: 'share',
    decides: 'low decides: the probe is sure of another label',
  },
  probeAccuracy: {
    meaning: 'share of rows whose label a probe not taught by them tells from their content',
    unit: 'share',
    decides: 'must clearly beat always guessing the commonest label, or the scanner says nothing',
  },
}
