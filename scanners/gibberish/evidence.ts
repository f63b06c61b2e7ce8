/** What the numbers behind gibberish are, and which side of them decides. */
import type { EvidenceNote } from '../../src/scanner.js'

export const evidence: Readonly<Record<string, EvidenceNote>> = {
  rows: {
    meaning: 'rows with the gibberish',
    unit: 'rows',
    decides: 'the options highRows and tailRows say how many make the finding more severe',
  },
  rowsOfRandomCharacters: { meaning: 'of these, stretches of random characters', unit: 'rows' },
  rowsOfWordsInNoOrder: {
    meaning: 'of these, stretches of known words in no order',
    unit: 'rows',
    decides: 'the weaker evidence, as lists and headings look alike',
  },
  phraseStands: { meaning: 'where the phrase stands' },
  log10AdjustedP: {
    meaning: 'probability that chance gives so many rows the phrase, times the phrases tried',
    unit: 'log10',
    decides: 'at most alpha decides: the rows have the phrase in common for a reason',
  },
  bitsPerLetter: {
    meaning: 'surprise of the gibberish for each letter',
    unit: 'bits',
    decides: 'near that of random letters decides',
  },
  ordinaryBitsPerLetter: { meaning: 'surprise of ordinary text of this data set', unit: 'bits' },
  randomBitsPerLetter: { meaning: 'surprise of random letters', unit: 'bits' },
  longest: {
    meaning: 'size of the longest stretch: letters, pairs of words for word order, characters or words for repetition',
    decides: 'long stretches are not accidents of spelling',
  },
}
