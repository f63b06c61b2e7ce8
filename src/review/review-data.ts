/** The rows of a report's files, read where they are in child processes that may be lost. */
import { fileURLToPath } from 'node:url'
import pLimit from 'p-limit'
import { AskedChild, type Bounds } from '../engine/asked-child.js'
import { CredenceError, fromErrorRecord } from '../errors.js'
import type { ReadLimits } from '../model/read-limits.js'
import type { OpenedFile } from '../read/file-opener.js'
import type { PlannedUnit } from '../read/format.js'
import type { DataRequest, FlagLines, RawRow } from './data-messages.js'
import type { Located } from './locate-data.js'

const CHILD = fileURLToPath(new URL('./data-child.js', import.meta.url))
/** Small pieces: of each at least one is read to show a row. */
const SHARD_BYTES = 2 ** 18
/** UTF-16 units of a cell or a turn that are shown: more is no reading for a person. */
const LONGEST_TEXT = 100_000

export class ReviewData {
  /** Rows are answered while a search goes on. */
  private readonly reading: AskedChild<DataRequest>
  private readonly searching: AskedChild<DataRequest>
  private readonly inReading = pLimit(1)
  private readonly inSearching = pLimit(1)
  private readonly opened = new Map<number, Promise<OpenedFile>>()

  constructor(
    private readonly files: readonly Located[],
    bounds: Bounds,
    private readonly limits: ReadLimits,
  ) {
    this.reading = new AskedChild(CHILD, bounds)
    this.searching = new AskedChild(CHILD, bounds)
  }

  /** Why a file's rows cannot be read; null where they can, as far as is known. */
  problem(file: number): string | null {
    const located = this.files[file]
    return located === undefined ? 'the report does not list the file' : located.reason
  }

  close(): void {
    this.reading.close()
    this.searching.close()
  }

  /** Lines of `flags.parquet`. @throws CredenceError `not-found`, `format`, `limit`, … */
  async flags(path: string): Promise<FlagLines> {
    return (await this.ask({ kind: 'flags', path })) as FlagLines
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
    const rows = (await this.ask(request)) as readonly RawRow[]
    return new Map(rows.map((row) => [row.row, row]))
  }

  /** Numbers of the rows of a file in which the pattern occurs, ascending. @throws CredenceError as {@link rows} */
  async holding(file: number, { source, flags }: RegExp): Promise<Float64Array> {
    const { file: opened, units } = await this.open(file)
    const request: DataRequest = { kind: 'search', file: opened, units, pattern: { source, flags }, limits: this.limits }
    return (await this.inSearching(() => answerOf(this.searching, request))) as Float64Array
  }

  private async open(file: number): Promise<OpenedFile> {
    const located = this.files[file]
    if (located?.source == null) throw new CredenceError('not-found', this.problem(file) ?? '')
    let opening = this.opened.get(file)
    if (opening === undefined) {
      const request: DataRequest = { kind: 'open', with: [located.source, SHARD_BYTES, this.limits] }
      this.opened.set(file, (opening = this.ask(request) as Promise<OpenedFile>))
      // A process that was lost may do better the next time.
      opening.catch(() => this.opened.delete(file))
    }
    const opened = await opening
    if (opened.units.length === 0 && opened.file.error !== null) throw fromErrorRecord(opened.file.error)
    return opened
  }

  private ask(request: DataRequest): Promise<unknown> {
    return this.inReading(() => answerOf(this.reading, request))
  }
}

async function answerOf(child: AskedChild<DataRequest>, request: DataRequest): Promise<unknown> {
  const reply = await child.ask(request)
  if (reply.kind === 'done') return reply.value
  throw fromErrorRecord(reply.error)
}
