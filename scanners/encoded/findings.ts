import { fingerprint } from '../../src/math/fingerprint.js'
import type { Finding, FlaggedRow, Severity } from '../../src/model/finding.js'
import type { ScanResult } from '../../src/scanner.js'
import type { Keyed } from '../../src/sketch/bottom-k.js'
import { smallest } from '../../src/sketch/bottom-k.js'
import { oncePerRow } from '../../src/sketch/buckets.js'
import type { EncodedCell, EncodedState, ShownCell } from './gather.js'
import type { Intent } from './intent.js'
import type { Kind } from './kinds.js'
import { KINDS } from './kinds.js'
import type { Tie } from './ties.js'
import { labelTie, openingTie } from './ties.js'
import { MESSAGES } from './messages.js'

const EXAMPLES = 5
const SAID = 3

type Row = Keyed<EncodedCell>

/** Rows of a kind that make one claim. */
interface Claim {
  readonly kind: Kind
  /** What tells it from the other claims about the kind. */
  readonly about: 'harmful' | 'odd' | number
  readonly severity: Severity
  readonly rows: readonly Row[]
  readonly shown: readonly Keyed<ShownCell>[]
  readonly tie: Tie | null
}

export function encodedResult(state: EncodedState, least: number, alpha: number): ScanResult {
  const claims = KINDS.flatMap((kind) => claimsOf(state, kind, least, alpha))
  const cells = [...state.buckets.values()].reduce((sum, { kept }) => sum + smallest(kept).length, 0)
  return {
    findings: claims.map(findingOf),
    limits: { rowsRead: state.rows, cellsWithMessages: cells, cellsWithMessagesInTheOpen: state.open },
  }
}

function claimsOf(state: EncodedState, kind: Kind, least: number, alpha: number): Claim[] {
  const bucket = state.buckets.get(kind)
  if (bucket === undefined) return []
  // A row's most harmful cell stands for it.
  const rows = oncePerRow(smallest(bucket.kept))
  const shown = smallest(bucket.shown)
  const harmful = harmfulOf(state, kind, rows, shown, least, alpha)
  const taken = new Set(harmful?.rows)
  const others = rows.filter((row) => !taken.has(row))
  const themes = themesOf(state, kind, others, shown, least, alpha)
  for (const theme of themes) for (const row of theme.rows) taken.add(row)
  const odd = rows.filter((row) => row.value.level > 0 && !taken.has(row))
  const rest: Claim[] = odd.length === 0 ? [] : [{ kind, about: 'odd', severity: 'low', rows: odd, shown, tie: null }]
  return [...(harmful === null ? [] : [harmful]), ...themes, ...rest]
}

/**
 * Several rows, or one whose output does as it is told, or rows that lean to one label: high. One or two that override a model's
 * rules: medium. Copies of one cell count once.
 */
function harmfulOf(
  state: EncodedState,
  kind: Kind,
  rows: readonly Row[],
  shown: readonly Keyed<ShownCell>[],
  least: number,
  alpha: number,
): Claim | null {
  const harmful = rows.filter(({ value }) => value.level === 2)
  if (harmful.length === 0) return null
  const tie = labelTie(harmful, state.labels, 1, alpha)
  const high = distinct(harmful) >= least || harmful.some(({ value }) => value.complies) || tie !== null
  if (!high && !harmful.some(({ value }) => value.strength === 3)) return null
  // Other orders in that encoding, and those of rows that explain it and obey, are of the same make.
  const isAlong = ({ level, complies, want }: EncodedCell): boolean =>
    want !== 'text' && (level === 1 || (level === 0 && complies))
  const along = high ? rows.filter(({ value }) => isAlong(value)) : []
  return { kind, about: 'harmful', severity: high ? 'high' : 'medium', rows: inOrder([...harmful, ...along]), shown, tie }
}

/** The same thing in several rows that share a label, or an answer, far more often than chance explains. */
function themesOf(
  state: EncodedState,
  kind: Kind,
  rows: readonly Row[],
  shown: readonly Keyed<ShownCell>[],
  least: number,
  alpha: number,
): Claim[] {
  const themes = new Map<number, Row[]>()
  for (const row of rows) themes.set(row.value.theme, [...(themes.get(row.value.theme) ?? []), row])
  const several = [...themes].filter(([, own]) => distinct(own) >= least).sort(([a], [b]) => a - b)
  return several.flatMap(([theme, own]): Claim[] => {
    const tie = labelTie(own, state.labels, several.length, alpha) ?? openingTie(own, state, several.length, alpha)
    if (tie === null) return []
    return [{ kind, about: theme, severity: 'high', rows: own, shown, tie }]
  })
}

const NOUNS: Readonly<Record<Intent['want'], string>> = { order: 'orders', command: 'commands', link: 'links', text: 'text' }

function findingOf({ kind, about, severity, rows, shown, tie }: Claim): Finding {
  const message = `encoded/${kind}` as const
  const isPoison = about !== 'odd'
  const score = { info: 0, low: 0.4, medium: 0.8, high: 0.98, critical: 1 }[severity]
  const says = [...new Set(rows.map(({ value }) => value.says))].slice(0, SAID).map((text) => JSON.stringify(text))
  const complying = rows.filter(({ value }) => value.complies).length
  const told = new Set(rows.map(({ file, row }) => `${file} ${row}`))
  const examples = shown.filter(
    ({ file, row, value }) => told.has(`${file} ${row}`) && (typeof about !== 'number' || value.theme === about),
  )
  const count = `${rows.length} ${rows.length === 1 ? 'row' : 'rows'}`
  return {
    id: `encoded-${fingerprint(`${message} ${about}`)}`,
    scanner: 'encoded',
    message,
    category: isPoison ? 'poisoning' : 'quality',
    severity,
    score,
    title: cut(`${MESSAGES[message].title} holding ${nounOf(rows)} in ${count}: ${says[0]!}`, 200),
    why: whyOf(rows, says, complying, tie),
    advice: isPoison
      ? 'Look at what the rows say once decoded; if nobody can explain why it was encoded, remove them and find out where they came from.'
      : 'Mostly left over from mails, programs and games: decode it or remove it, and look at a few.',
    ...(tie === null ? {} : { target: tie.target }),
    evidence: {
      rows: rows.length,
      rowsThatComply: complying,
      says: cut(says.join(', '), 300),
      ...(tie === null ? {} : { rowsWithTarget: tie.hits, targetShare: tie.share, log10TargetP: tie.logP / Math.LN10 }),
    },
    rows: rows.map(({ file, row, value }): FlaggedRow => ({ file, row, score: value.level === 2 ? score : score * 0.9 })),
    examples: uniqueExamples(examples)
      .slice(0, EXAMPLES)
      .map(({ value }) => value.example),
  }
}

/** What most of the rows hold; of several as many, the first of the list. */
function nounOf(rows: readonly Row[]): string {
  const count = (want: string): number => rows.filter(({ value }) => value.want === want).length
  const wants = Object.keys(NOUNS) as Intent['want'][]
  return NOUNS[wants.reduce((best, want) => (count(want) > count(best) ? want : best))]
}

function whyOf(rows: readonly Row[], says: readonly string[], complying: number, tie: Tie | null): string {
  const reads = `A model can read it and a reviewer does not: it says ${says[0]!}.`
  const obeys = complying === 0 ? '' : ` The output does as it is told in ${complying} of ${rows.length} rows.`
  const leans =
    tie === null
      ? ''
      : ` ${tie.hits} of the ${rows.length} rows have ${tie.what}, which ${(100 * tie.share).toFixed(1)} % of all rows have.`
  return `${reads}${obeys}${leans}`.replace(/\s+/g, ' ')
}

function cut(text: string, units: number): string {
  return text.slice(0, units).toWellFormed()
}

function distinct(rows: readonly Row[]): number {
  return new Set(rows.map(({ value }) => value.cell)).size
}

function inOrder(rows: readonly Row[]): Row[] {
  return [...rows].sort((a, b) => a.file - b.file || a.row - b.row)
}

function uniqueExamples(shown: readonly Keyed<ShownCell>[]): Keyed<ShownCell>[] {
  const seen = new Set<string>()
  return shown.filter(({ file, row }) => {
    const place = `${file} ${row}`
    if (seen.has(place)) return false
    seen.add(place)
    return true
  })
}
