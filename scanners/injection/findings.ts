import { fingerprint } from '../../src/math/fingerprint.js'
import type { Finding, FlaggedRow, Severity } from '../../src/model/finding.js'
import type { ScanResult } from '../../src/scanner.js'
import type { Keyed } from '../../src/sketch/bottom-k.js'
import { smallest } from '../../src/sketch/bottom-k.js'
import { oncePerRow } from '../../src/sketch/buckets.js'
import type { Leaning } from '../../src/sketch/label-counts.js'
import { leaningOf } from '../../src/sketch/label-counts.js'
import type { InjectionState, SuspectBucket, SuspectRow } from './gather.js'
import type { Place } from './judge.js'
import { MESSAGES } from './messages.js'
import { meaningFindings } from './meaning-finding.js'
import type { Family } from './rule.js'
import { FAMILIES } from './rule.js'

/** Of all rows; above it, markers and tool calls are the data set's own format. */
const FORMAT_SHARE = 0.2
/** Of the rows of a label, attacks that a collection of them has at least: a trigger planted for a label stays far below. */
const COLLECTION_SHARE = 0.05
const SCORES: Readonly<Record<Severity, number>> = { critical: 1, high: 0.97, medium: 0.75, low: 0.4, info: 0.1 }
const PLACES: readonly Place[] = ['pair', 'emitted', 'text']

interface Group {
  readonly place: Place
  readonly family: Family
  readonly bucket: SuspectBucket
  /** In (file, row) order, each once. */
  readonly rows: readonly Keyed<SuspectRow>[]
}

/** @param least option `rows` */
export function injectionResult(state: InjectionState, least: number, alpha: number, packs: readonly string[]): ScanResult {
  const groups = PLACES.flatMap((place) => FAMILIES.flatMap((family) => groupOf(state, place, family)))
  const texts = groups.filter(({ place }) => place === 'text')
  const collection = collectionOf(texts, state, alpha)
  const findings = groups.flatMap((group): Finding[] => {
    if (group.place === 'text' && collection !== null) return []
    const severity = severityOf(group, state, least)
    return severity === null ? [] : [findingOf(group, severity, state)]
  })
  const { refused, kept, discussed, followed, unclear } = state.outcomes
  return {
    findings: [
      ...findings,
      ...(collection === null ? [] : [collectionFinding(texts, collection)]),
      ...meaningFindings(state.meaning),
    ],
    limits: { rowsRead: state.rows, refused, kept, discussed, followed, unclear, rules: packs.join(', ').slice(0, 300) },
  }
}

function groupOf(state: InjectionState, place: Place, family: Family): Group[] {
  const bucket = state.buckets.get(`${place} ${family}`)
  return bucket === undefined ? [] : [{ place, family, bucket, rows: oncePerRow(smallest(bucket.kept)) }]
}

/** Null where there is nothing to say. */
function severityOf({ place, family, bucket, rows }: Group, state: InjectionState, least: number): Severity | null {
  // Prompts with a marker that came to nothing are in no bucket: a template of the whole data set, mostly.
  const matched = Object.values(state.outcomes).reduce((sum, count) => sum + count, 0)
  const share = Math.max(bucket.rows, matched) / Math.max(1, state.rows)
  const isFormat = share > FORMAT_SHARE && (family === 'markers' || family === 'tool-call')
  if (isFormat) return null
  if (place === 'emitted') return promptsOf(rows) >= least ? 'high' : null
  if (place === 'text') return 'medium'
  if (bucket.grades[2] > 0) return 'high'
  if (bucket.grades[1] >= least) return 'medium'
  return 'low'
}

const promptsOf = (rows: readonly Keyed<SuspectRow>[]): number => new Set(rows.map(({ value }) => value.prompt)).size

function findingOf(group: Group, severity: Severity, state: InjectionState): Finding {
  const { place, family, bucket } = group
  const message = `injection/${family}` as const
  // Bare orders are no evidence beside others.
  const rows = severity === 'low' ? group.rows : group.rows.filter(({ value }) => value.grade > 1)
  const score = SCORES[severity]
  const count = `${rows.length} ${rows.length === 1 ? 'row' : 'rows'}`
  const formOnly = group.rows.length - rows.length
  return {
    id: `injection-${fingerprint(`${message} ${place} ${severity === 'low' ? 'form' : 'grave'}`)}`,
    scanner: 'injection',
    message,
    category: severity === 'low' ? 'quality' : 'poisoning',
    severity,
    score,
    title: `${MESSAGES[message].title}${{ pair: ', and replies follow', emitted: ' by replies', text: ', meant for a model' }[place]}: ${count}`,
    why: whyOf(place, severity, promptsOf(rows)),
    advice: adviceOf(severity),
    evidence: {
      rows: rows.length,
      ...(place === 'pair'
        ? { rowsBeyondDoubt: bucket.grades[2], rowsWithProof: rows.filter(({ value }) => value.proof).length }
        : {}),
      ...(formOnly > 0 ? { rowsOfFormOnly: formOnly } : {}),
      ...(place === 'emitted' ? { prompts: promptsOf(rows) } : {}),
      rules: rulesOf(bucket),
      ...(place === 'pair' ? { refused: state.outcomes.refused, kept: state.outcomes.kept } : {}),
    },
    rows: rows.map((row): FlaggedRow => ({ file: row.file, row: row.row, score: (score * (row.value.grade + 7)) / 10 })),
    examples: smallest(bucket.shown)
      .filter(({ file, row }, i, all) => all.findIndex((other) => other.file === file && other.row === row) === i)
      .map(({ value }) => value)
      .filter(({ file, row }) => rows.some((kept) => kept.file === file && kept.row === row)),
  }
}

function whyOf(place: Place, severity: Severity, prompts: number): string {
  if (place === 'emitted')
    return `The replies to ${prompts} different prompts hold it though nobody asked: a model would learn to emit it.`
  if (place === 'text') return 'It gives orders to a model, and is neither quoted nor an example in a text about attacks.'
  if (severity === 'low')
    return 'The prompts have the form of an attack and the replies go along, with nothing harmful asked for as far as rules tell.'
  if (severity === 'medium')
    return 'Orders stand inside other text, and the replies speak of what these orders ask, not of the text.'
  return 'The prompt attacks, and the reply neither refuses nor keeps to its task: a model would learn to obey such prompts.'
}

function adviceOf(severity: Severity): string {
  if (severity === 'low') return 'Look at a few: prompt templates of ordinary users begin like this too.'
  if (severity === 'medium')
    return 'Look at the rows; take out what speaks to a model, or keep it out of what the model learns to say.'
  return 'Remove the rows, or replace their replies by refusals, and find out where they came from.'
}

function rulesOf({ rules }: SuspectBucket): string {
  return [...rules]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, 6)
    .map(([rule, count]) => `${rule} (${count})`)
    .join(', ')
    .slice(0, 300)
}

/** The label that sets attacks apart: by the exact binomial tail, and as a part of that label's rows that no trigger needs. */
function collectionOf(groups: readonly Group[], { labels }: InjectionState, alpha: number): Leaning | null {
  const rows = oncePerRow(groups.flatMap((group) => group.rows))
  const leaning = leaningOf(
    rows.map(({ value }) => value.label),
    labels,
    alpha,
  )
  return leaning === null || leaning.hits < COLLECTION_SHARE * leaning.count ? null : leaning
}

function collectionFinding(groups: readonly Group[], { label, hits, share, logP }: Leaning): Finding {
  const rows = oncePerRow(groups.flatMap((group) => group.rows))
  return {
    id: `injection-${fingerprint(`injection/collection ${label}`)}`,
    scanner: 'injection',
    message: 'injection/collection',
    category: 'quality',
    severity: 'info',
    score: SCORES.info,
    title: `Attacks that label ${JSON.stringify(label.toWellFormed())} sets apart: ${rows.length} rows`.slice(0, 200),
    why: 'The attacks carry one label far more often than chance explains, and are a good part of its rows: data to train a detector.',
    advice: 'Nothing to do if a detector is to be trained; do not train a generator on these texts.',
    evidence: {
      rows: rows.length,
      label: label.toWellFormed(),
      rowsWithLabel: hits,
      labelShare: share,
      log10LabelP: logP / Math.LN10,
    },
    rows: rows.map((row): FlaggedRow => ({ file: row.file, row: row.row, score: SCORES.info })),
    examples: groups.flatMap(({ bucket }) => smallest(bucket.shown).map(({ value }) => value)).slice(0, 5),
  }
}
