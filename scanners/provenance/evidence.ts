/** What the facts behind a gap or a contradiction in provenance are, and which side of them decides. */
import type { EvidenceNote } from '../../src/scanner.js'

export const evidence: Readonly<Record<string, EvidenceNote>> = {
  role: { meaning: 'what is missing' },
  rows: { meaning: 'rows that this is about', unit: 'rows' },
  of: { meaning: 'rows that they were looked for in', unit: 'rows' },
  share: {
    meaning: 'share of those rows',
    unit: 'share',
    decides: 'where many rows share an id, ids name groups, and a repeated one says nothing',
  },
  listed: { meaning: 'of the rows, those listed in the report', unit: 'rows' },
  files: { meaning: 'files that this is about' },
  parts: { meaning: 'columns of row groups, or whole files, whose bytes differ from their checksum' },
  declaredFiles: { meaning: 'files with a declared SHA-256' },
  declared: { meaning: 'SHA-256 that a sidecar declares for the first such file', decides: 'any difference decides' },
  actual: { meaning: 'SHA-256 of its bytes' },
  missing: { meaning: 'columns of the other files that these lack' },
  extra: { meaning: 'columns that only these have' },
  columns: { meaning: 'columns whose types differ' },
  ids: { meaning: 'ids that stand for more than one content' },
  texts: { meaning: 'texts with more than one label' },
  complete: {
    meaning: 'whether all rows were compared',
    decides: 'beyond the option maxCandidates only those with the smallest hashes are',
  },
  form: {
    meaning: 'what the digest is of, elsewhere',
    decides: 'the form that more rows than the option digestShare match',
  },
  tried: { meaning: 'rows whose digest was compared with the known forms of content', unit: 'rows' },
  forms: { meaning: 'forms of content that were tried' },
  flaggedRowsOfSource: { meaning: 'rows of the poisoning finding that come from this source', unit: 'rows' },
  flaggedRows: {
    meaning: 'rows of the poisoning finding whose source is given',
    unit: 'rows',
    decides: 'most of them come from this source',
  },
  shareOfAllRows: {
    meaning: 'share of all rows that this source gives',
    unit: 'share',
    decides: 'what chance is reckoned with',
  },
  log10AdjustedP: {
    meaning: 'probability that chance gives the source so many, times the findings and sources tried',
    unit: 'log10',
    decides: 'at most alpha decides',
  },
  finding: { meaning: 'the poisoning finding' },
}
