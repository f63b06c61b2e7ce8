/** From what the surveys came to, and the findings, to what pictures are drawn from: flagged rows are known after the scan alone. */
import { smallest, bottomK, offer } from '../sketch/bottom-k.js'
import type { Finding } from '../model/finding.js'
import type {
  ClassPicture,
  MapPicture,
  Missing,
  Pictures,
  Point,
  SourceCount,
  SourcePicture,
  WordPicture,
} from '../model/pictures.js'
import { MAP_BYTES, mapSurvey, NO_CLASS, POSITION_REACH, type MapTable } from './map.js'
import { findRow, placeHash, type RowTable } from './row-bytes.js'
import { SOURCE_BYTES, sourceBytes, sourceSurvey, type SourceTable } from './sources.js'
import { wordSurvey } from './words.js'

/** Rows of the sample that a map shows: more would cover each other. */
const MOST_POINTS = 3000
/** Of a finding. */
const MOST_FLAGGED = 1000
/** Findings whose rows are shown apart. */
const MOST_FINDINGS = 5
const MOST_CLASSES = 8
const BINS = 48
const MOST_SOURCES = 12

/** Surveys that pictures need; the map's only where a scanner needs embeddings anyway, since they are most of a scan's work. */
export function pictureSurveys(embedding: boolean): readonly string[] {
  return [...(embedding ? [mapSurvey.id] : []), wordSurvey.id, sourceSurvey.id]
}

/**
 * @param values what the surveys came to, by id; absent or null where they came to nothing
 * @param reasons why surveys were not made, by id
 */
export function picturesOf(
  values: ReadonlyMap<string, unknown>,
  reasons: ReadonlyMap<string, string>,
  findings: readonly Finding[],
): Pictures {
  const missing = (id: string, otherwise: string): Missing => ({ missing: reasons.get(id) ?? otherwise })
  const map = (values.get(mapSurvey.id) ?? null) as MapTable | null
  const words = (values.get(wordSurvey.id) ?? null) as WordPicture | null
  const sources = (values.get(sourceSurvey.id) ?? null) as SourceTable | null
  const noMap = missing(mapSurvey.id, 'no scanner that ran looks at the content of rows')
  return {
    map: map === null ? noMap : mapPicture(map, findings),
    classes: map === null ? noMap : map.classes.length < 2 ? NO_CLASSES : classPicture(map, findings),
    words: words ?? missing(wordSurvey.id, 'the data has no labels, or too many to be classes'),
    sources: sources === null ? missing(sourceSurvey.id, 'there are too many sources') : sourcePicture(sources, findings),
  }
}

const NO_CLASSES: Missing = { missing: 'the data has no labels, or too many to be classes' }

function mapPicture({ variance, rows }: MapTable, findings: readonly Finding[]): MapPicture {
  const sample = bottomK<Point>(MOST_POINTS)
  rows.files.forEach(({ rows: numbers, bytes }, file) => {
    numbers.forEach((row, i) => {
      offer(sample, placeHash(file, row), file, row, 0, () => pointAt(bytes, i * MAP_BYTES))
    })
  })
  const seen = new Set<string>()
  const flagged: MapPicture['flagged'][number][] = []
  for (const finding of findings) {
    const fresh = finding.rows.filter(({ file, row }) => firstTime(seen, file, row))
    if (fresh.length === 0) continue
    const points = placesOf(rows, fresh)
      .slice(0, MOST_FLAGGED)
      .map(({ bytes, at }) => pointAt(bytes, at))
    flagged.push({ finding: finding.id, points, rows: fresh.length })
    if (flagged.length === MOST_FINDINGS) break
  }
  const all = rows.files.reduce((sum, { rows: { length } }) => sum + length, 0)
  return { variance, rows: smallest(sample).map(({ value }) => value), of: all * 2 ** rows.level, flagged }
}

function pointAt(bytes: Uint8Array, at: number): Point {
  return [bytes[at]!, bytes[at + 1]!]
}

function firstTime(seen: Set<string>, file: number, row: number): boolean {
  const key = `${file} ${row}`
  return !seen.has(key) && seen.add(key).has(key)
}

interface Place {
  readonly bytes: Uint8Array
  readonly at: number
}

function placesOf(table: RowTable, rows: readonly { readonly file: number; readonly row: number }[]): Place[] {
  return rows.flatMap(({ file, row }): Place[] => {
    const at = findRow(table, file, row)
    return at < 0 ? [] : [{ bytes: table.files[file]!.bytes, at }]
  })
}

/** Rows that any finding names, each once. */
function flaggedPlaces(table: RowTable, findings: readonly Finding[]): Place[] {
  const seen = new Set<string>()
  return placesOf(
    table,
    findings.flatMap(({ rows }) => rows.filter(({ file, row }) => firstTime(seen, file, row))),
  )
}

function classPicture({ classes, rows }: MapTable, findings: readonly Finding[]): ClassPicture {
  const counted = classes.map((known) => ({ ...known, flagged: 0, bins: noBins(), flaggedBins: noBins() }))
  const binOf = (byte: number): number => Math.floor((byte * BINS) / 256)
  for (const { rows: numbers, bytes } of rows.files) {
    for (let i = 0; i < numbers.length; i++) {
      const bins = counted[bytes[i * MAP_BYTES + 3] ?? NO_CLASS]?.bins
      if (bins !== undefined) bins[binOf(bytes[i * MAP_BYTES + 2]!)]! += 1
    }
  }
  for (const { bytes, at } of flaggedPlaces(rows, findings)) {
    const known = counted[bytes[at + 3] ?? NO_CLASS]
    if (known === undefined) continue
    known.flagged++
    known.flaggedBins[binOf(bytes[at + 2]!)]! += 1
  }
  return {
    from: -POSITION_REACH,
    to: POSITION_REACH,
    classes: counted.slice(0, MOST_CLASSES),
    others: Math.max(0, counted.length - MOST_CLASSES),
    oneIn: 2 ** rows.level,
  }
}

function noBins(): number[] {
  return new Array<number>(BINS).fill(0)
}

function sourcePicture({ by, counts, rows }: SourceTable, findings: readonly Finding[]): SourcePicture {
  const flagged = new Map<string, number>()
  for (const { bytes, at } of flaggedPlaces(rows, findings)) {
    const key = String(bytes.slice(at, at + SOURCE_BYTES))
    flagged.set(key, (flagged.get(key) ?? 0) + 1)
  }
  const all = [...counts]
    .map(([name, count]): SourceCount => ({ name, rows: count, flagged: flagged.get(String(sourceBytes(name))) ?? 0 }))
    .sort((a, b) => b.rows - a.rows || (a.name < b.name ? -1 : 1))
  // A source with few rows matters where many of them are flagged.
  const most = new Set([...all].sort((a, b) => b.flagged - a.flagged).slice(0, MOST_SOURCES / 2))
  for (const source of all) if (most.size < MOST_SOURCES) most.add(source)
  const others = all.filter((source) => !most.has(source))
  const sum = (key: 'rows' | 'flagged'): number => others.reduce((total, source) => total + source[key], 0)
  return {
    by,
    sources: all.filter((source) => most.has(source)),
    others: { sources: others.length, rows: sum('rows'), flagged: sum('flagged') },
    oneIn: 2 ** rows.level,
  }
}
