/** The rows of a report's files, read where they are. */
import { CredenceError, fromErrorRecord } from '../errors.js'
import type { ReadLimits } from '../model/read-limits.js'
import type { OpenedFile } from '../read/file-opener.js'
import type { PlannedUnit } from '../read/format.js'
import type { DataRequest, RawRow } from './data-messages.js'
import type { DataReader } from './data-reader.js'
import type { Located } from './locate-data.js'

/** Small pieces: of each at least one is read to show a row. */
const SHARD_BYTES = 2 ** 18
/** UTF-16 units of a cell or a turn that are shown: more is no reading for a person. */
const LONGEST_TEXT = 100_000

export class ReviewData {
  private readonly opened = new Map<number, Promise<OpenedFile>>()

  constructor(
    private readonly files: readonly Located[],
    private readonly reader: DataReader,
    private readonly limits: ReadLimits,
  ) {}

  /** Why a file's rows cannot be read; null where they can, as far as is known. */
  problem(file: number): string | null {
    const located = this.files[file]
    return located === undefined ? 'the report does not list the file' : located.reason
  }

  /** Opens a file before its first rows are asked for. */
  prepare(file: number): void {
    // Whoever asks for its rows is told what is wrong with it.
    this.open(file).catch(() => undefined)
  }

  /** Rows of a file by number, those that are there. @throws CredenceError where the file cannot be read */
  async rows(file: number, numbers: readonly number[]): Promise<ReadonlyMap<number, RawRow>> {
    const { file: opened, units } = await this.open(file)
    const byUnit = new Map<PlannedUnit, number[]>()
    for (const row of new Set(numbers)) {
      const planned = units.findLast((unit) => unit.firstRow <= row)
      if (planned === undefined || (planned.rows !== null && row >= planned.firstRow + planned.rows)) continue
      byUnit.set(planned, [...(byUnit.get(planned) ?? []), row])
    }
    if (byUnit.size === 0) return new Map()
    const parts = [...byUnit].map(([planned, rows]) => ({ planned, rows }))
    const request: DataRequest = { kind: 'rows', file: opened, parts, longest: LONGEST_TEXT, limits: this.limits }
    const rows = (await this.reader.ask(request)) as readonly RawRow[]
    return new Map(rows.map((row) => [row.row, row]))
  }

  /** Numbers of the rows of a file in which the pattern occurs, ascending. @throws CredenceError as {@link rows} */
  async holding(file: number, { source, flags }: RegExp): Promise<Float64Array> {
    const { file: opened, units } = await this.open(file)
    const request: DataRequest = { kind: 'search', file: opened, units, pattern: { source, flags }, limits: this.limits }
    return (await this.reader.search(request)) as Float64Array
  }

  private async open(file: number): Promise<OpenedFile> {
    const located = this.files[file]
    if (located?.source == null) throw new CredenceError('not-found', this.problem(file) ?? '')
    let opening = this.opened.get(file)
    if (opening === undefined) {
      const request: DataRequest = { kind: 'open', with: [located.source, SHARD_BYTES, this.limits] }
      this.opened.set(file, (opening = this.reader.ask(request) as Promise<OpenedFile>))
      // A process that was lost may do better the next time.
      opening.catch(() => this.opened.delete(file))
    }
    const opened = await opening
    if (opened.units.length === 0 && opened.file.error !== null) throw fromErrorRecord(opened.file.error)
    return opened
  }
}
