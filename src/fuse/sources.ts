/** Does one source hold most of what the scanners found? One more pass over the data, once it is known which rows those are. */
import { fingerprint } from '../math/fingerprint.js'
import { hash32 } from '../math/random.js'
import { logBinomialTail } from '../math/stats.js'
import { SEVERITIES, type Finding } from '../model/finding.js'
import type { RowBatch } from '../model/row-batch.js'

/** Rows of all sources are counted by hash bucket, in fixed memory: a shared bucket makes a share look larger, never smaller. */
const BUCKETS = 2 ** 16
/** Fewer rows than this say nothing about where they come from. */
const LEAST_ROWS = 8
/** "Most" of the rows. */
const LEAST_SHARE = 0.5

/** The scanner that it is reported under, and whose registry entry explains it. */
export const REPORTED_BY = 'provenance'
const MESSAGE = 'provenance/one-source'

/** Flagged rows by file, and what the finding was about. Plain data. */
export interface Suspicion {
  readonly findings: readonly { readonly id: string; readonly title: string }[]
  /** By file: row → index into `findings`. */
  readonly rows: ReadonlyMap<number, ReadonlyMap<number, readonly number[]>>
}

interface Place {
  readonly file: number
  readonly row: number
}

/** Rows of each source: in all, and by finding. */
export interface SourceCounts {
  rows: number
  readonly total: Float64Array
  readonly flagged: readonly Map<string, Place[]>[]
}

/** The rows of serious poisoning findings; null when there are none to trace. */
export function suspicionOf(findings: readonly Finding[]): Suspicion | null {
  const serious = findings.filter(
    ({ category, severity, rows }) =>
      category === 'poisoning' && SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf('medium') && rows.length >= LEAST_ROWS,
  )
  if (serious.length === 0) return null
  const rows = new Map<number, Map<number, number[]>>()
  serious.forEach((finding, index) => {
    for (const { file, row } of finding.rows) {
      const inFile = rows.get(file) ?? new Map<number, number[]>()
      rows.set(file, inFile)
      inFile.set(row, [...(inFile.get(row) ?? []), index])
    }
  })
  return { findings: serious.map(({ id, title }) => ({ id, title })), rows }
}

export function emptySourceCounts(suspicion: Suspicion): SourceCounts {
  return { rows: 0, total: new Float64Array(BUCKETS), flagged: suspicion.findings.map(() => new Map<string, Place[]>()) }
}

export function countSources(counts: SourceCounts, batch: RowBatch, suspicion: Suspicion): void {
  const inFile = suspicion.rows.get(batch.file)
  for (let i = 0; i < batch.length; i++) {
    // A chat's turns are one row.
    if (batch.turns[i] !== 0) continue
    const source = batch.columns.source?.[i] ?? null
    counts.rows++
    if (source === null) continue
    const bucket = bucketOf(source)
    counts.total[bucket] = counts.total[bucket]! + 1
    for (const finding of inFile?.get(batch.rows[i]!) ?? [])
      addPlaces(counts.flagged[finding]!, source, [{ file: batch.file, row: batch.rows[i]! }])
  }
}

export function mergeSourceCounts(into: SourceCounts, from: SourceCounts): SourceCounts {
  into.rows += from.rows
  for (let i = 0; i < BUCKETS; i++) into.total[i] = into.total[i]! + from.total[i]!
  from.flagged.forEach((sources, finding) => {
    for (const [source, places] of sources) addPlaces(into.flagged[finding]!, source, places)
  })
  return into
}

/**
 * A finding for each that one source holds most of, and more of than its size explains: an exact binomial tail below
 * `alpha` over all findings and sources tried.
 */
export function concentrations(counts: SourceCounts, suspicion: Suspicion, alpha: number): Finding[] {
  const tests = Math.max(
    1,
    counts.flagged.reduce((sum, sources) => sum + sources.size, 0),
  )
  return suspicion.findings.flatMap((finding, index) => {
    const sources = counts.flagged[index]!
    const flagged = [...sources.values()].reduce((sum, places) => sum + places.length, 0)
    const [source, places] = [...sources].sort(([a, m], [b, n]) => n.length - m.length || (a < b ? -1 : 1))[0] ?? ['', []]
    const rows = places.length
    const share = counts.total[bucketOf(source)]! / Math.max(1, counts.rows)
    const logTail = logBinomialTail(flagged, rows, share) + Math.log(tests)
    if (flagged < LEAST_ROWS || rows < LEAST_SHARE * flagged || logTail > Math.log(alpha)) return []
    return [concentration(finding, source, places, { flagged, share, logTail })]
  })
}

function concentration(
  { id, title }: Suspicion['findings'][number],
  source: string,
  places: readonly Place[],
  { flagged, share, logTail }: { flagged: number; share: number; logTail: number },
): Finding {
  const rows = places.length
  const score = 1 - Math.exp(Math.min(0, logTail))
  const name = JSON.stringify(source.length > 100 ? `${source.slice(0, 100)}…` : source)
  return {
    id: `provenance-${fingerprint(`${id}\u0000${source}`)}`,
    scanner: REPORTED_BY,
    message: MESSAGE,
    category: 'provenance',
    severity: 'medium',
    score,
    title: `Source ${name} holds ${rows} of the ${flagged} rows of a poisoning finding`,
    why: `It gives ${(100 * share).toFixed(1)} % of all rows but ${((100 * rows) / flagged).toFixed(0)} % of those of ${id} (${title}).`,
    advice: 'Find out who contributed this source, and look at the rest of its rows before using any of them.',
    evidence: {
      flaggedRowsOfSource: rows,
      flaggedRows: flagged,
      shareOfAllRows: share,
      log10AdjustedP: logTail / Math.LN10,
      finding: id,
    },
    rows: [...places].sort((a, b) => a.file - b.file || a.row - b.row).map((place) => ({ ...place, score })),
    examples: [],
  }
}

function addPlaces(sources: Map<string, Place[]>, source: string, places: readonly Place[]): void {
  const known = sources.get(source)
  if (known) for (const place of places) known.push(place)
  else sources.set(source, [...places])
}

function bucketOf(source: string): number {
  return hash32(source) & (BUCKETS - 1)
}
