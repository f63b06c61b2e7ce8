import { fingerprint } from '../../src/math/fingerprint.js'
import type { Example, Finding, FlaggedRow } from '../../src/model/finding.js'
import type { ScanResult } from '../../src/scanner.js'
import { smallest } from '../../src/sketch/bottom-k.js'
import type { OutlierModel, View } from './fit.js'
import { VIEWS } from './fit.js'
import type { OutlierOptions } from './options.js'
import type { GroupScores, ScoreState } from './score.js'
import { MAX_ROWS } from './score.js'
import { MIN_ROWS, rankPercentile, tailThreshold } from './tail.js'

const EXAMPLES = 5

const WHY: Readonly<Record<View, string>> = {
  meaning: 'Their embeddings are set apart by far fewer random cuts than the tail of the other rows leads one to expect.',
  looks:
    'Their length, characters or words are set apart by far fewer random cuts than the tail of the other rows leads one to expect.',
}

/** A group's rows past the end of its ordinary tail, most isolated first. */
interface Far {
  readonly label: string | null
  readonly threshold: number
  readonly past: number
  readonly rows: readonly (FlaggedRow & { readonly isolation: number })[]
  readonly examples: readonly { readonly isolation: number; readonly example: Example }[]
}

/** At most one finding a view: outliers of all classes together. */
export function outlierResult(state: ScoreState, model: OutlierModel, options: OutlierOptions): ScanResult {
  const views = VIEWS.filter((view) => view !== 'meaning' || model.axes.count > 0)
  const scored = state.looks.reduce((sum, { rows }) => sum + rows, 0)
  const judged = state.looks.filter(({ rows }) => rows >= MIN_ROWS)
  const expected = options.ordinaryRows / Math.max(1, views.length * judged.length)
  const findings = views.flatMap((view) => {
    const far = state[view].flatMap((group, g) => farRows(group, model.groups[g]!.label, expected, options.maxShare))
    return far.length === 0 ? [] : [tailFinding(view, far, scored)]
  })
  const limits: Record<string, number | string> = {
    rowsScored: scored,
    rowsInTooSmallGroups: scored - judged.reduce((sum, { rows }) => sum + rows, 0),
    groups: judged.length,
    principalDirections: model.axes.count,
  }
  if (model.tooManyClasses) limits['classes'] = 'too many labels to be classes: all rows compared with all'
  return { findings, limits }
}

function farRows(group: GroupScores, label: string | null, expected: number, maxShare: number): Far[] {
  const threshold = tailThreshold(group.histogram, expected)
  if (threshold === null) return []
  const past = smallest(group.top).filter(({ key }) => -key > threshold)
  if (past.length === 0) return []
  const most = Math.min(MAX_ROWS, Math.max(1, Math.floor(group.rows * maxShare)))
  const rows = past
    .slice(0, most)
    .map(({ key, file, row }, i) => ({ file, row, score: rankPercentile(i + 1, group.rows), isolation: -key }))
  const examples = smallest(group.shown)
    .slice(0, rows.length)
    .map(({ key, value }) => ({ isolation: -key, example: value }))
  return [{ label, threshold, past: past.length, rows, examples }]
}

function tailFinding(view: View, far: readonly Far[], scored: number): Finding {
  const rows = uniqueRows(far.flatMap((group) => group.rows))
  const classes = far.flatMap(({ label }) => (label === null ? [] : [JSON.stringify(label.slice(0, 20))]))
  const highest = Math.max(...far.map((group) => group.rows[0]?.isolation ?? 0))
  const message = `outlier/${view}`
  return {
    id: `outlier-${fingerprint(message)}`,
    scanner: 'outlier',
    message,
    category: 'quality',
    severity: 'low',
    score: highest,
    title: `${rows.length} ${rows.length === 1 ? 'row is' : 'rows are'} unlike the rest of ${classes.length > 0 ? 'their class' : 'the data'} in ${view}`,
    why: WHY[view],
    advice:
      'Look at a few: broken, foreign-language and off-topic rows end up here, and being unusual is no sign of poison by itself.',
    evidence: {
      rows: rows.length,
      rowsPastTail: far.reduce((sum, { past }) => sum + past, 0),
      rowsScored: scored,
      highestIsolation: highest,
      lowestThreshold: Math.min(...far.map(({ threshold }) => threshold)),
      classes: classes.length === 0 ? 'all rows together' : classes.join(', ').slice(0, 200),
    },
    rows,
    examples: far
      .flatMap(({ examples }) => examples)
      .sort((a, b) => b.isolation - a.isolation || a.example.file - b.example.file || a.example.row - b.example.row)
      .slice(0, EXAMPLES)
      .map(({ example }) => example),
  }
}

/** In (file, row) order; of a chat's turns the highest score stands for the row. */
function uniqueRows(rows: readonly FlaggedRow[]): FlaggedRow[] {
  const sorted = rows
    .map(({ file, row, score }) => ({ file, row, score }))
    .sort((a, b) => a.file - b.file || a.row - b.row || b.score - a.score)
  return sorted.filter(({ file, row }, i) => file !== sorted[i - 1]?.file || row !== sorted[i - 1]?.row)
}
