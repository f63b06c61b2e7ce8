/** What is said of flips, and the receipt. */
import { fingerprint } from '../../src/math/fingerprint.js'
import type { Finding, FlaggedRow } from '../../src/model/finding.js'
import type { ScanResult } from '../../src/scanner.js'
import { smallest } from '../../src/sketch/bottom-k.js'
import type { ContentState } from './content.js'
import { chanceOfFlip } from './flip-rate.js'
import { BINS, STEP } from './histogram.js'
import { attackOf, flipsOf, type Flips } from './judge.js'
import type { Margins } from './margins.js'
import { exampleOf, quoted, suspectFinding } from './suspects.js'

export const messages = {
  flipped: {
    title: 'Rows of other labels were given one label, as if picked at random',
    help: 'Rows with this label look like those of another label, as clearly as that label’s own rows do, and their content is a random draw of them. Labelling mistakes gather where labels are hard to tell apart; these do not: the pattern of label flips. Look at the rows and at where they came from; restore or remove them.',
  },
  shuffled: {
    title: 'Labels of some rows look exchanged at random',
    help: 'Rows of two or more labels look like one another’s, and their content is a random draw: labels were mixed up without regard to content, as by a careless annotator, a faulty join or noise added on purpose. Look at the rows; relabel or remove them.',
  },
  suspect: {
    title: 'Rows whose content contradicts their label',
    help: 'A probe that was not taught by these rows is sure of another label (confident learning). In natural data these are mistakes and hard cases: look at the first ones and correct what is wrong.',
  },
} as const

/** Flips that make a finding high: at least so many, */
const MANY = 100
/** and the random draw shown so closely. */
const CLEAR_EFFECT = 0.002
const EXAMPLES = 5

export function resultOf(state: ContentState, margins: Margins): ScanResult {
  const { quality, probe, candidates } = margins
  if (quality.blind !== null) return { findings: [], limits: {}, skipped: quality.blind }
  const flips = flipsOf(margins, state)
  const attack = attackOf(flips)
  const rest = attack === null ? flips : flips.filter((one) => !attack.flips.includes(one))
  const flipped = attack === null ? [] : [flipFinding(attack.flips, state, margins, attack.y)]
  const shuffled = rest.length > 0 ? [flipFinding(rest, state, margins, null)] : []
  const suspects = quality.namesRows ? suspectFinding(state, margins, new Set(flips.map(({ pair }) => pair))) : []
  return {
    findings: [...flipped, ...shuffled, ...suspects],
    limits: {
      probeAccuracy: quality.accuracy,
      commonestLabel: quality.majority,
      probeAccuracyByFold: quality.folds.map((share) => share.toFixed(3)).join(' '),
      labels: probe.labels.length,
      candidatePairs: candidates.length,
    },
  }
}

/** @param y the label that rows were given, or null for labels exchanged in several directions */
function flipFinding(flips: readonly Flips[], state: ContentState, margins: Margins, y: number | null): Finding {
  const { labels } = margins.probe
  const rows = rowsOf(flips, labels, state)
  const count = flips.reduce((sum, one) => sum + one.flips, 0)
  const score = rows.reduce((sum, row) => sum + row.score, 0) / Math.max(1, rows.length)
  const effect = Math.max(...flips.map(({ independence }) => independence.effectAtMost))
  const message = y === null ? 'label/shuffled' : 'label/flipped'
  const clear = count >= MANY && effect <= CLEAR_EFFECT
  const claim = y === null ? 'shuffled' : `flipped\u0000${labels[y]!}`
  return {
    id: `label-${fingerprint(claim)}`,
    scanner: 'label',
    message,
    category: y === null ? 'quality' : 'poisoning',
    severity: y !== null && clear ? 'high' : 'medium',
    score,
    ...(y === null ? wordsOfShuffled(flips, labels, rows.length, score) : wordsOfFlipped(flips, labels, y, rows.length, score)),
    ...(y === null ? {} : { target: `label=${labels[y]!}` }),
    evidence: {
      rows: rows.length,
      estimatedFlips: count,
      looksLike: flips
        .map(({ candidate, flips: about }) => `${about} ${quoted(labels[candidate.y]!)} like ${quoted(labels[candidate.c]!)}`)
        .join(', ')
        .slice(0, 200),
      largestRatio: Math.max(...flips.map(({ rate }) => rate.ratio)),
      largestReverseRatio: Math.max(...flips.map(({ reverse }) => reverse)),
      marginShift: Math.min(...flips.map(({ level }) => level.shift)),
      independenceEffectAtMost: effect,
      probeAccuracy: margins.quality.accuracy,
    },
    rows,
    examples: flips
      .flatMap(({ pair, candidate }) =>
        smallest(state.pairs[pair]!.suspects)
          .slice(0, EXAMPLES)
          .map((item) => ({ key: item.key, example: exampleOf(item.value.example, labels[candidate.c]!, item.key) })),
      )
      .sort((a, b) => a.key - b.key || a.example.file - b.example.file || a.example.row - b.example.row)
      .slice(0, EXAMPLES)
      .map(({ example }) => example),
  }
}

/** A row looks like one label most, so no two pairs list it. */
function rowsOf(flips: readonly Flips[], labels: readonly string[], state: ContentState): FlaggedRow[] {
  return flips
    .flatMap(({ pair, from, rate, candidate: { c } }) =>
      state.pairs[pair]!.rows.filter(({ margin }) => margin >= from).map(({ file, row, margin }) => ({
        file,
        row,
        score: chanceOfFlip(rate, Math.min(margin, BINS * STEP)),
        suggested: labels[c]!,
      })),
    )
    .sort((a, b) => a.file - b.file || a.row - b.row)
}

type Words = Pick<Finding, 'title' | 'why' | 'advice'>

function wordsOfFlipped(flips: readonly Flips[], labels: readonly string[], y: number, rows: number, share: number): Words {
  const given = quoted(labels[y]!)
  const others = listed(flips.map(({ candidate }) => quoted(labels[candidate.c]!)))
  return {
    title: `${rows} rows labelled ${given} look flipped from ${others}`,
    why: `They look like ${others} as clearly as its own rows do, are a random draw of them in content, and hardly any go the other way. ${aboutSo(share)}`,
    advice:
      'Find out who labelled these rows; restore the labels that are plainly wrong, or leave the rows out. One-sided guessing by an annotator looks the same.',
  }
}

function wordsOfShuffled(flips: readonly Flips[], labels: readonly string[], rows: number, share: number): Words {
  const pairs = listed(flips.map(({ candidate: { y, c } }) => `${quoted(labels[y]!)} for ${quoted(labels[c]!)}`))
  return {
    title: `Labels of ${rows} rows look exchanged at random`,
    why: `Rows have ${pairs} although they look like the latter as clearly as its own rows do and are a random draw of them in content. ${aboutSo(share)}`,
    advice:
      'Find out how these labels came about: a careless annotator, a faulty join or noise added on purpose; relabel the rows.',
  }
}

/** In tens: what is natural is known no better. */
function aboutSo(share: number): string {
  const percent = Math.min(90, 10 * Math.round(10 * share))
  return `About ${percent} % of the rows listed, by how their margins lie; the others are hard to label.`
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 4)
  return names.length > shown.length ? `${shown.join(', ')} and ${names.length - shown.length} more` : shown.join(', ')
}
