// What is measured of a method on a set whose poisoned rows are known.

/** Severities at which a finding of category `poisoning` counts as an alarm and its rows as flagged. */
export const SERIOUS = new Set(['medium', 'high', 'critical'])

/** The lowest false-positive rate at which methods are compared: below it one row more or less decides. */
export const LEAST_FPR = 0.001

/** Rows in order of falling score, as [end, positives, negatives] per group of equal scores: totals up to its end. */
function operatingPoints(scores, truth) {
  const order = Array.from(scores.keys()).sort((a, b) => scores[b] - scores[a])
  const points = []
  let [positives, negatives] = [0, 0]
  order.forEach((row, place) => {
    if (truth[row]) positives++
    else negatives++
    if (place === order.length - 1 || scores[order[place + 1]] !== scores[row]) points.push({ positives, negatives })
  })
  return points
}

/**
 * Average precision, Σ (Rₖ − Rₖ₋₁) Pₖ over distinct scores: the area under the precision-recall curve as scikit-learn has it.
 * @param truth 1 where a row is poisoned
 * @returns null when no row is poisoned
 */
export function averagePrecision(scores, truth) {
  const total = truth.reduce((sum, planted) => sum + planted, 0)
  if (total === 0) return null
  let [area, before] = [0, 0]
  for (const { positives, negatives } of operatingPoints(scores, truth)) {
    area += ((positives - before) / total) * (positives / (positives + negatives))
    before = positives
  }
  return area
}

/**
 * Recall where the false-positive rate is `fpr`: rows of equal scores are taken in random order, so that within them recall
 * grows in proportion.
 */
export function recallAt(fpr, scores, truth) {
  const total = truth.reduce((sum, planted) => sum + planted, 0)
  if (total === 0) return null
  const allowed = fpr * (truth.length - total)
  let last = { positives: 0, negatives: 0 }
  for (const point of operatingPoints(scores, truth)) {
    if (point.negatives > allowed) {
      const part = (allowed - last.negatives) / (point.negatives - last.negatives)
      return (last.positives + part * (point.positives - last.positives)) / total
    }
    last = point
  }
  return 1
}

/** Recall and false-positive rate of the rows that a method flags, and the area under its precision-recall curve. */
export function measure(scores, flags, truth) {
  let [planted, hits, alarms] = [0, 0, 0]
  truth.forEach((poisoned, row) => {
    if (poisoned) planted++
    if (!flags[row]) return
    if (poisoned) hits++
    else alarms++
  })
  return {
    recall: planted === 0 ? null : hits / planted,
    fpr: alarms / (truth.length - planted),
    auprc: averagePrecision(scores, truth),
  }
}

/** A text as people compare triggers: letters and digits, whatever the case. */
export const plain = (text) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/**
 * Share of the planted triggers that a finding names, up to case and punctuation; null when there is none to name. A trigger
 * of several words may be named by one finding that lists them.
 */
export function triggersNamed(planted, findings) {
  const triggers = planted == null ? [] : [planted].flat().map(plain).filter(Boolean)
  if (triggers.length === 0) return null
  const named = new Set(
    findings.flatMap(({ trigger }) => {
      const words = trigger == null ? [] : [trigger].flat().map(plain)
      return [...words, words.join(' ')]
    }),
  )
  return triggers.filter((trigger) => named.has(trigger)).length / triggers.length
}

/** 1 at the given rows. */
export function indicator(length, rows) {
  const marks = new Uint8Array(length)
  for (const row of rows) marks[row] = 1
  return marks
}
