/** Whether the probe can tell the labels apart at all, and well enough to name single rows. */
import type { MarginState } from './margins.js'
import { MOST_LABELS, type Probe } from './probe.js'

/** Share of the errors of always guessing the commonest label that the probe must avoid. */
const LEAST_SKILL = 0.1
/** And standard errors by which it must do better. */
const LEAST_Z = 3
/** From here on a single row is worth a look when the probe contradicts its label. */
export const SKILL_FOR_ROWS = 0.7

export interface Quality {
  readonly rows: number
  /** Cross-fitted accuracy, and that of each fold. */
  readonly accuracy: number
  readonly folds: readonly number[]
  /** Share of the commonest label. */
  readonly majority: number
  /** Whether single rows may be named. */
  readonly namesRows: boolean
  /** Why nothing can be said; null when something can. */
  readonly blind: string | null
}

export function qualityOf({ rows, right }: MarginState, { labels, counts }: Probe): Quality {
  const all = rows.reduce((sum, count) => sum + count, 0)
  const accuracy = right.reduce((sum, count) => sum + count, 0) / Math.max(1, all)
  const majority = Math.max(0, ...counts) / Math.max(1, all)
  const error = Math.sqrt((majority * (1 - majority)) / Math.max(1, all))
  const skill = skillOf(accuracy, majority)
  const better = skill >= LEAST_SKILL && accuracy - majority >= LEAST_Z * error
  return {
    rows: all,
    accuracy,
    folds: Array.from(rows, (count, f) => right[f]! / Math.max(1, count)),
    majority,
    namesRows: better && skill >= SKILL_FOR_ROWS,
    blind: labels.length === 0 ? noClasses() : better ? null : chance(accuracy, majority),
  }
}

/** Share of the errors of always guessing the commonest label that a probe avoids. */
export function skillOf(accuracy: number, majority: number): number {
  return (accuracy - majority) / Math.max(1e-9, 1 - majority)
}

const noClasses = (): string => `there are not 2 to ${MOST_LABELS} labels`
const chance = (accuracy: number, majority: number): string =>
  `the content does not tell the labels apart: a probe is right in ${percent(accuracy)} of rows it was not taught by, always guessing the commonest label in ${percent(majority)}`
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
