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
    decides: 'below 0: more like the other labels; below 0.6 where the gain is above 0.88',
  },
  excess: { meaning: 'rows with the label beyond what content expects, in standard deviations', decides: 'above 6' },
  contentShift: {
    meaning: 'squared distance of their content from that of the other labels, in its spread',
    decides: 'below 0.15: rows picked at random have no subject of their own; below 0.5 where gain and spread are high',
  },
  spread: {
    meaning: 'how different they are from each other, as a share of how different the rows of other labels are',
    unit: 'share',
    decides: 'above 0.8, where their content has shifted: rows with a subject are more alike',
  },
  sharedWords: {
    meaning: 'largest share of them that has one word or run of words that is rare elsewhere',
    unit: 'share',
    decides: 'from 0.65 on, only rows with it are listed',
  },
  sharedRun: { meaning: 'the word or run of words that most of them have, which is rare elsewhere' },
  features: { meaning: 'what tells the style: _ stands for any other words, ^ and $ for the ends of the text' },
}
