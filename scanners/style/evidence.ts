/** What the numbers behind planted styles are, and which side of them decides. */
import type { EvidenceNote } from '../../src/scanner.js'

export const evidence: Readonly<Record<string, EvidenceNote>> = {
  rows: { meaning: 'rows listed', unit: 'rows' },
  estimatedPlanted: { meaning: 'planted rows among those that the style was learned from, by estimate', unit: 'rows' },
  rowsJudged: { meaning: 'rows most in the style, of any label', unit: 'rows' },
  purity: { meaning: 'share of them with this label', unit: 'share' },
  expectedByContent: { meaning: 'share of them that their content leads one to expect', unit: 'share' },
  gain: {
    meaning: 'how much of what content leaves open the style decides',
    unit: 'share',
    decides: 'above 0.72 with two standard errors to spare; natural styles reach about 0.7',
  },
  contentMargin: {
    meaning: 'how much the content of those with the label is like their own label: 1 is its mean, -1 that of the others',
    unit: 'signed',
    decides: 'below 0: more like the other labels',
  },
  excess: { meaning: 'rows with the label beyond what content expects, in standard deviations', decides: 'above 8' },
  contentShift: {
    meaning: 'squared distance of their content from that of the other labels, in its spread',
    decides: 'below 0.15: rows picked at random have no subject of their own',
  },
  sharedWords: {
    meaning: 'share of them with words or runs of words that are rare elsewhere',
    unit: 'share',
    decides: 'below 0.6: more is a trigger or a template, for other scanners',
  },
  features: { meaning: 'what tells the style: _ stands for any other words, ^ and $ for the ends of the text' },
}
