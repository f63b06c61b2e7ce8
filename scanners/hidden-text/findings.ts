import { fingerprint } from '../../src/math/fingerprint.js'
import type { Finding, FlaggedRow, Severity } from '../../src/model/finding.js'
import type { ScanResult } from '../../src/scanner.js'
import type { Keyed } from '../../src/sketch/bottom-k.js'
import { smallest } from '../../src/sketch/bottom-k.js'
import { oncePerRow } from '../../src/sketch/buckets.js'
import type { Leaning } from '../../src/sketch/label-counts.js'
import { leaningOf } from '../../src/sketch/label-counts.js'
import type { Kind } from './characters.js'
import { KINDS, nameOf } from './characters.js'
import type { HiddenBucket, HiddenRow, HiddenState, ShownRow } from './gather.js'
import { MESSAGES } from './messages.js'

const EXAMPLES = 5
const SAID = 3
/** Of a character's rows; below it the character is a leftover of some source, and the grave rows are accidents of it. */
const GRAVE_SHARE = 0.5
/** Hardly any innocent use, so one row is enough. */
const AT_ONCE: ReadonlySet<Kind> = new Set(['tag', 'selector', 'bidi'])
/** Pages have comments and logs have colours: without a row that is grave, that is only worth knowing. */
const HARMLESS: ReadonlySet<Kind> = new Set(['markup', 'ansi'])

/** Buckets that make one claim. */
interface Group {
  readonly kind: Kind
  readonly grave: boolean
  readonly codes: readonly number[]
  readonly rows: readonly Keyed<HiddenRow>[]
  readonly shown: readonly Keyed<ShownRow>[]
}

export function hiddenResult(state: HiddenState, least: number, alpha: number): ScanResult {
  const findings = KINDS.flatMap((kind) => groupsOf(state, kind, least).map((group) => findingOf(group, state, alpha)))
  const hidden = [...state.buckets.values()].reduce((sum, { rows }) => sum + rows, 0)
  return { findings, limits: { rowsRead: state.rows, cellsWithHiddenText: hidden } }
}

/** Of a kind: the characters that are grave in most of their rows, and the rest. */
function groupsOf(state: HiddenState, kind: Kind, least: number): Group[] {
  const buckets = [...state.buckets].filter(([key]) => key.startsWith(`${kind} `)).sort(([a], [b]) => (a < b ? -1 : 1))
  const isGrave = ([, { rows, graveRows }]: [string, HiddenBucket]): boolean =>
    graveRows > 0 && (AT_ONCE.has(kind) || graveRows >= GRAVE_SHARE * rows)
  const groups = [
    groupOf(kind, true, buckets.filter(isGrave)),
    groupOf(
      kind,
      false,
      buckets.filter((bucket) => !isGrave(bucket)),
    ),
  ].filter(({ rows }) => rows.length > 0)
  return groups.map((group) =>
    group.grave && !AT_ONCE.has(kind) && group.rows.length < least ? { ...group, grave: false } : group,
  )
}

function groupOf(kind: Kind, grave: boolean, buckets: readonly [string, HiddenBucket][]): Group {
  return {
    kind,
    grave,
    codes: buckets.map(([key]) => Number(key.split(' ')[1])).filter((code) => code > 0),
    rows: oncePerRow(buckets.flatMap(([, { kept }]) => smallest(kept))),
    shown: oncePerRow(buckets.flatMap(([, { shown }]) => smallest(shown))).sort(
      (a, b) => a.key - b.key || a.file - b.file || a.row - b.row,
    ),
  }
}

function findingOf(group: Group, state: HiddenState, alpha: number): Finding {
  const { kind, grave, codes, rows, shown } = group
  const message = `hidden-text/${kind}` as const
  const labels = rows.map(({ value }) => value.label)
  const leaning = grave ? leaningOf(labels, state.labels, alpha) : null
  const harmless = HARMLESS.has(kind) && !rows.some(({ value }) => value.grave)
  const slight = harmless ? 'info' : 'low'
  const severity: Severity = !grave ? slight : AT_ONCE.has(kind) || leaning !== null ? 'high' : 'medium'
  const score = { info: 0.1, low: 0.4, medium: 0.8, high: 0.98 }[severity]
  const names = codes.map(nameOf).join(', ')
  const says = [...new Set(shown.map(({ value }) => value.says).filter((text) => text !== ''))].slice(0, SAID)
  const what = MESSAGES[message].title
  return {
    id: `hidden-text-${fingerprint(`${message} ${grave ? 'grave' : 'left over'}`)}`,
    scanner: 'hidden-text',
    message,
    category: grave ? 'poisoning' : 'quality',
    severity,
    score,
    title: `${what} in ${rows.length} ${rows.length === 1 ? 'row' : 'rows'}${names === '' ? '' : `: ${names}`}`.slice(0, 200),
    why: whyOf(group, leaning, says),
    advice: grave
      ? 'Look at what the rows say once it is brought to light; if nobody can explain it, remove them and find out where they came from.'
      : 'Mostly left over from pages and conversions: clean it, and look at a few.',
    ...(leaning === null ? {} : { target: `label=${leaning.label}` }),
    evidence: {
      rows: rows.length,
      rowsWhereItHides: rows.filter(({ value }) => value.grave).length,
      ...(names === '' ? {} : { characters: names.slice(0, 200) }),
      ...(says.length === 0
        ? {}
        : {
            says: says
              .map((text) => JSON.stringify(text))
              .join(', ')
              .slice(0, 300)
              .toWellFormed(),
          }),
      ...(leaning === null
        ? {}
        : { rowsWithLabel: leaning.hits, labelShare: leaning.share, log10LabelP: leaning.logP / Math.LN10 }),
    },
    rows: rows.map(({ file, row, value }): FlaggedRow => ({ file, row, score: value.grave ? score : score * 0.9 })),
    examples: shown.slice(0, EXAMPLES).map(({ value }) => value.example),
  }
}

function whyOf({ kind, grave, rows }: Group, leaning: Leaning | null, says: readonly string[]): string {
  const reads = says.length === 0 ? '' : ` It reads ${JSON.stringify(says[0])}.`
  const label =
    leaning === null
      ? ''
      : ` ${leaning.hits} of the ${rows.length} rows have label ${JSON.stringify(leaning.label)}, which ${(100 * leaning.share).toFixed(0)} % of all rows have.`
  const start = grave ? 'People do not see it, and a model does.' : MESSAGES[`hidden-text/${kind}`].help
  return `${start}${reads}${label}`.replace(/\n/g, ' ')
}
