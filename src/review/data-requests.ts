/** The data as a review looks at it: single rows, rows that hold a phrase, flagged rows. For the process that may be lost. */
import { toCell } from '../read/cell.js'
import { readTurns } from '../read/chat.js'
import { readRaw } from '../read/data-file.js'
import { discoverFiles } from '../read/discover.js'
import { openHere } from '../read/file-opener.js'
import type { RawBatch, ReadLog } from '../read/format.js'
import { DEFAULT_READ_LIMITS } from '../model/read-limits.js'
import { CredenceError, fromErrorRecord } from '../errors.js'
import type { DataRequest, FlagLines, RawCell, RawRow } from './data-messages.js'

type RequestOf<Kind extends DataRequest['kind']> = Extract<DataRequest, { readonly kind: Kind }>

const BATCH_ROWS = 256

const emptyLog = (): ReadLog => ({ skipped: 0, truncated: 0, errors: [] })

export async function rowsAt({ file, parts, longest, limits }: RequestOf<'rows'>): Promise<RawRow[]> {
  const found: RawRow[] = []
  for (const { planned, rows } of parts) {
    const wanted = new Set(rows)
    const last = Math.max(...rows)
    for await (const batch of readRaw(file, planned, null, BATCH_ROWS, limits, emptyLog())) {
      for (const [i, row] of batch.rows.entries()) if (wanted.has(row)) found.push({ row, cells: cellsOf(batch, i, longest) })
      if ((batch.rows.at(-1) ?? 0) >= last) break
    }
  }
  return found
}

function cellsOf({ columns }: RawBatch, i: number, longest: number): RawCell[] {
  return Object.entries(columns).map(([column, values]) => {
    let cut = 0
    const turns = turnsOf(values[i]).map(({ speaker, text }) => {
      const shown = text.slice(0, longest).toWellFormed()
      cut += text.length - shown.length
      return { speaker, text: shown }
    })
    return { column, turns, cut }
  })
}

function turnsOf(value: unknown): readonly { readonly speaker: string | null; readonly text: string }[] {
  const chat = readTurns(value)
  if (chat !== null) return chat.turns.map(({ speaker, text }) => ({ speaker, text: text ?? '' }))
  return [{ speaker: null, text: toCell(value) ?? '' }]
}

export async function rowsHolding({ file, units, pattern, limits }: RequestOf<'search'>): Promise<Float64Array> {
  const phrase = new RegExp(pattern.source, pattern.flags.replace('g', ''))
  const found: number[] = []
  for (const planned of units) {
    for await (const { columns, rows } of readRaw(file, planned, null, BATCH_ROWS, limits, emptyLog())) {
      const cells = Object.values(columns)
      for (const [i, row] of rows.entries())
        if (cells.some((values) => turnsOf(values[i]).some(({ text }) => phrase.test(text)))) found.push(row)
    }
  }
  return Float64Array.from(found)
}

const FLAG_COLUMNS = ['file', 'row', 'finding', 'score'] as const
/** Files that were written before there was one lack it. */
const LABEL_COLUMN = 'suggested'
const SHARD_BYTES = 16 * 2 ** 20
/** 28 bytes each. */
const MOST_FLAGS = 5e7

/** @throws CredenceError `not-found`, `format` for what is no flags.parquet, … */
export async function readFlags({ path }: RequestOf<'flags'>): Promise<FlagLines> {
  const [source] = (await discoverFiles([path], '/', null)).files
  if (source?.format !== 'parquet') throw notFlags(path)
  const { file, units } = await openHere.open({ ...source, partitions: {} }, SHARD_BYTES, DEFAULT_READ_LIMITS)
  if (file.error !== null) throw fromErrorRecord(file.error)
  const names = new Set(file.schema.columns.map(({ name }) => name))
  if (!FLAG_COLUMNS.every((name) => names.has(name))) throw notFlags(path)
  const lines = new FlagCollector(file.schema.declaredRows ?? 0)
  const columns = [...FLAG_COLUMNS, LABEL_COLUMN]
  for (const planned of units)
    for await (const batch of readRaw(file, planned, columns, 4096, DEFAULT_READ_LIMITS, emptyLog())) lines.add(batch)
  return lines.finish()
}

function notFlags(path: string): CredenceError {
  return new CredenceError('format', `${path} is no flags.parquet of credence`, { place: { file: path } })
}

class FlagCollector {
  private readonly files = new Names()
  private readonly findings = new Names()
  private readonly labels = new Names()
  private readonly lines: Pick<FlagLines, 'file' | 'finding' | 'row' | 'score' | 'suggested'>
  private length = 0

  /** @param most lines, as the file declares */
  constructor(most: number) {
    if (most > MOST_FLAGS) throw new CredenceError('limit', `flags.parquet declares ${most} lines, the limit is ${MOST_FLAGS}`)
    this.lines = {
      file: new Uint32Array(most),
      finding: new Uint32Array(most),
      row: new Float64Array(most),
      score: new Float64Array(most),
      suggested: new Int32Array(most),
    }
  }

  add({ length, columns }: RawBatch): void {
    const { file = [], finding = [], row = [], score = [], [LABEL_COLUMN]: labels = [] } = columns
    for (let i = 0; i < length; i++) {
      this.lines.file[this.length] = this.files.indexOf(file[i])
      this.lines.finding[this.length] = this.findings.indexOf(finding[i])
      this.lines.row[this.length] = Number(row[i])
      this.lines.score[this.length] = Number(score[i])
      this.lines.suggested[this.length] = labels[i] == null ? -1 : this.labels.indexOf(labels[i])
      this.length++
    }
  }

  finish(): FlagLines {
    const { length } = this
    const { file, finding, row, score, suggested } = this.lines
    return {
      files: this.files.list,
      findings: this.findings.list,
      labels: this.labels.list,
      file: file.subarray(0, length),
      finding: finding.subarray(0, length),
      row: row.subarray(0, length),
      score: score.subarray(0, length),
      suggested: suggested.subarray(0, length),
    }
  }
}

class Names {
  readonly list: string[] = []
  private readonly places = new Map<string, number>()

  indexOf(value: unknown): number {
    const name = toCell(value) ?? ''
    const known = this.places.get(name)
    if (known !== undefined) return known
    this.places.set(name, this.list.length)
    return this.list.push(name) - 1
  }
}
