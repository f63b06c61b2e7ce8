/** What is said of planted styles, and the receipt. */
import { fingerprint } from '../../src/math/fingerprint.js'
import type { Finding } from '../../src/model/finding.js'
import type { ScanResult } from '../../src/scanner.js'
import { smallest } from '../../src/sketch/bottom-k.js'
import type { Planted } from './learn-label.js'
import type { StyleModel } from './learn.js'
import type { Listed, ScoreState } from './score.js'

export const messages = {
  planted: {
    title: 'Rows in one style have one label, whatever they say',
    help: 'Rows of a label share a style of sentence, and their content is that of other labels: the pattern of a backdoor whose trigger is a syntax or a manner of writing. Look at the rows and at where they came from; leave them out or restore their labels.',
  },
} as const

const LABEL_UNITS = 40

export function resultOf(state: ScoreState, model: StyleModel): ScanResult {
  if (model.blind !== null) return { findings: [], limits: {}, skipped: model.blind }
  const findings = model.planted.flatMap((planted, p) => {
    const listed = state.planted[p]!
    return listed.rows.length === 0 ? [] : [findingOf(planted, listed)]
  })
  return {
    findings,
    limits: { rowsLearnedFrom: model.rows, labelsJudged: model.labelsJudged, styleFeatures: model.skeleton.features.size },
  }
}

function findingOf({ label, verdict, features, cut }: Planted, listed: Listed): Finding {
  const rows = [...listed.rows].sort((a, b) => a.file - b.file || a.row - b.row)
  const short = label.length > LABEL_UNITS ? `${label.slice(0, LABEL_UNITS).replace(/[\uD800-\uDBFF]$/, '')}…` : label
  const quoted = JSON.stringify(short)
  return {
    id: `style-${fingerprint(`planted\u0000${label}`)}`,
    scanner: 'style',
    message: 'style/planted',
    category: 'poisoning',
    severity: 'medium',
    score: Math.min(1, Math.max(0, verdict.gain)),
    title: `${rows.length} rows labelled ${quoted} look rewritten in one style`,
    why: `Rows in this style are labelled ${quoted} although their content is that of other labels, as if the style were the trigger.`,
    advice:
      'Look at the first rows: those that contradict their label are the planted ones; about as many of the label’s own may be among the last.',
    target: `label=${label}`,
    evidence: {
      rows: rows.length,
      estimatedPlanted: Math.round(cut.estimate),
      rowsJudged: verdict.rows,
      purity: verdict.purity,
      expectedByContent: verdict.expected,
      gain: verdict.gain,
      contentMargin: verdict.margin,
      excess: verdict.excess,
      contentShift: verdict.shift,
      spread: verdict.spread,
      sharedWords: verdict.shared.share,
      ...(verdict.needsShared ? { sharedRun: JSON.stringify(verdict.shared.run.slice(0, LABEL_UNITS)) } : {}),
      features: features
        .map((name) => JSON.stringify(name))
        .join(', ')
        .slice(0, 200),
    },
    rows,
    examples: smallest(listed.examples).map(({ value }) => value),
  }
}
