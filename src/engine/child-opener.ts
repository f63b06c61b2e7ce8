import { fileURLToPath } from 'node:url'
import { AskedChild, type Bounds } from './asked-child.js'
import type { OpenRequest } from './open-messages.js'
import { fromErrorRecord, type ErrorRecord } from '../errors.js'
import { unopened, type FileOpener, type FileSample, type FirstRows, type OpenedFile } from '../read/file-opener.js'

const CHILD = fileURLToPath(new URL('./open-child.js', import.meta.url))

/**
 * Opens files in a child process: a footer that never ends or takes all memory costs that file, whose error says so, and
 * the next file is opened by another process.
 */
export class ChildOpener implements FileOpener {
  private readonly child: AskedChild<OpenRequest>

  /** @param signal ends the child and rejects what is asked */
  constructor(bounds: Bounds, signal?: AbortSignal) {
    this.child = new AskedChild(CHILD, bounds, signal)
  }

  async open(...args: Parameters<FileOpener['open']>): Promise<OpenedFile> {
    const [source] = args
    const reply = await this.child.ask({ kind: 'open', with: args })
    return reply.kind === 'done' ? (reply.value as OpenedFile) : unopened(source, within(reply.error, source.path))
  }

  async sample(...args: Parameters<FileOpener['sample']>): Promise<FileSample> {
    const reply = await this.child.ask({ kind: 'sample', with: args })
    return reply.kind === 'done' ? (reply.value as FileSample) : { profiles: null, error: within(reply.error, args[0].path) }
  }

  async firstRows(...args: Parameters<FileOpener['firstRows']>): Promise<FirstRows> {
    const reply = await this.child.ask({ kind: 'firstRows', with: args })
    if (reply.kind === 'done') return reply.value as FirstRows
    throw fromErrorRecord(within(reply.error, args[0].path))
  }

  close(): void {
    this.child.close()
  }
}

/** What happened to a process says nothing of the file that it was busy with. */
function within(error: ErrorRecord, path: string): ErrorRecord {
  if (error.place.file !== undefined) return error
  return { ...error, message: `${path}: ${error.message}`, place: { ...error.place, file: path } }
}
