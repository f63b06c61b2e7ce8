import { fingerprint } from '../../src/math/fingerprint.js'
import type { Finding } from '../../src/model/finding.js'
import { smallest } from '../../src/sketch/bottom-k.js'
import type { MeaningState } from './meaning.js'
import { MESSAGES } from './messages.js'

/** Fewer prompts have no upper tail. */
const LEAST_DRAWN = 40
/** Of the prompts drawn, as near or nearer. The replies have spoken already, so this need not carry a claim alone. */
const TAIL = 0.05
const GRID = 10_000
const SCORE = 0.4

/** Candidates above the upper tail of what is usual in the data set: low, since role-play can lie there. */
export function meaningFindings({ reference, candidates }: MeaningState): Finding[] {
  const usual = smallest(reference)
    .map(({ value }) => value)
    .sort((a, b) => b - a)
  if (usual.length < LEAST_DRAWN) return []
  const bar = usual[Math.floor(TAIL * usual.length)]!
  const rows = smallest(candidates)
    .filter(({ value }) => value.similarity > bar)
    .sort((a, b) => a.file - b.file || a.row - b.row || a.turn - b.turn)
    .filter(({ file, row }, i, all) => i === 0 || file !== all[i - 1]!.file || row !== all[i - 1]!.row)
  if (rows.length === 0) return []
  const nearest = rows.reduce((best, { value }) => Math.max(best, value.similarity), -GRID)
  return [
    {
      id: `injection-${fingerprint('injection/meaning')}`,
      scanner: 'injection',
      message: 'injection/meaning',
      category: 'quality',
      severity: 'low',
      score: SCORE,
      title: `${MESSAGES['injection/meaning'].title}: ${rows.length} ${rows.length === 1 ? 'row' : 'rows'}`,
      why: MESSAGES['injection/meaning'].help,
      advice: 'Look at the rows: a game of roles may look like this, and so may a jailbreak in words of its own.',
      evidence: { rows: rows.length, similarity: nearest / GRID, usualSimilarity: bar / GRID, drawn: usual.length },
      rows: rows.map(({ file, row }) => ({ file, row, score: SCORE })),
      examples: rows.slice(0, 5).map(({ value }) => value.example),
    },
  ]
}
