/** The child processes that a review's files are read in: they may be lost. */
import { fileURLToPath } from 'node:url'
import pLimit from 'p-limit'
import { AskedChild, type Bounds } from '../engine/asked-child.js'
import { fromErrorRecord } from '../errors.js'
import type { DataRequest, FlagLines } from './data-messages.js'

const CHILD = fileURLToPath(new URL('./data-child.js', import.meta.url))

export class DataReader {
  /** Rows are answered while a search goes on. */
  private readonly reading: AskedChild<DataRequest>
  private readonly searching: AskedChild<DataRequest>
  private readonly inReading = pLimit(1)
  private readonly inSearching = pLimit(1)

  /** Its process starts at once: the first page waits for it. */
  constructor(bounds: Bounds) {
    this.reading = new AskedChild(CHILD, bounds)
    this.searching = new AskedChild(CHILD, bounds)
    this.reading.warm()
  }

  close(): void {
    this.reading.close()
    this.searching.close()
  }

  /** @throws CredenceError whatever the file causes */
  ask(request: DataRequest): Promise<unknown> {
    return this.inReading(() => answerOf(this.reading, request))
  }

  /** Beside what is asked. @throws CredenceError as {@link ask} */
  search(request: DataRequest): Promise<unknown> {
    return this.inSearching(() => answerOf(this.searching, request))
  }

  /** Lines of `flags.parquet`, beside what is asked: large ones take a while. @throws CredenceError `not-found`, `format`, `limit`, … */
  async flags(path: string): Promise<FlagLines> {
    return (await this.search({ kind: 'flags', path })) as FlagLines
  }
}

async function answerOf(child: AskedChild<DataRequest>, request: DataRequest): Promise<unknown> {
  const reply = await child.ask(request)
  if (reply.kind === 'done') return reply.value
  throw fromErrorRecord(reply.error)
}
