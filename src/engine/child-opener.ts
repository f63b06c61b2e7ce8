import { fileURLToPath } from 'node:url'
import { BoundedChild } from './bounded-child.js'
import type { OpenReply, OpenRequest } from './open-messages.js'
import { CredenceError, fromErrorRecord, toErrorRecord, type ErrorRecord } from '../errors.js'
import { unopened, type FileOpener, type FileSample, type FirstRows, type OpenedFile } from '../read/file-opener.js'

const CHILD = fileURLToPath(new URL('./open-child.js', import.meta.url))

export interface Bounds {
  /** For each look into a file. */
  readonly deadlineMs: number
  /** Resident bytes of the process. */
  readonly memoryBytes: number
}

/**
 * Opens files in a child process: a footer that never ends or takes all memory costs that file, whose error says so, and
 * the next file is opened by another process.
 */
export class ChildOpener implements FileOpener {
  private child: BoundedChild<OpenReply> | null = null
  private settle: ((reply: OpenReply) => void) | null = null

  /** @param signal ends the child and rejects what is asked */
  constructor(
    private readonly bounds: Bounds,
    private readonly signal?: AbortSignal,
  ) {}

  async open(...args: Parameters<FileOpener['open']>): Promise<OpenedFile> {
    const [source] = args
    const reply = await this.ask({ kind: 'open', with: args })
    return reply.kind === 'done' ? (reply.value as OpenedFile) : unopened(source, within(reply.error, source.path))
  }

  async sample(...args: Parameters<FileOpener['sample']>): Promise<FileSample> {
    const reply = await this.ask({ kind: 'sample', with: args })
    return reply.kind === 'done' ? (reply.value as FileSample) : { profiles: null, error: within(reply.error, args[0].path) }
  }

  async firstRows(...args: Parameters<FileOpener['firstRows']>): Promise<FirstRows> {
    const reply = await this.ask({ kind: 'firstRows', with: args })
    if (reply.kind === 'done') return reply.value as FirstRows
    throw fromErrorRecord(within(reply.error, args[0].path))
  }

  close(): void {
    this.child?.end()
    this.child = null
  }

  private async ask(request: OpenRequest): Promise<OpenReply> {
    this.signal?.throwIfAborted()
    const child = (this.child ??= this.start())
    const reply = await new Promise<OpenReply>((resolve) => {
      const timer = setTimeout(() => {
        const message = `looking into the file took longer than ${this.bounds.deadlineMs / 1000} s`
        this.lose(new CredenceError('worker', message, { suggestions: ['raise --task-timeout'] }))
      }, this.bounds.deadlineMs)
      const stop = (): void => {
        this.lose(new CredenceError('worker', 'the scan has ended'))
      }
      this.signal?.addEventListener('abort', stop)
      this.settle = (answer) => {
        clearTimeout(timer)
        this.signal?.removeEventListener('abort', stop)
        resolve(answer)
      }
      child.send(request)
    })
    this.settle = null
    this.signal?.throwIfAborted()
    return reply
  }

  private start(): BoundedChild<OpenReply> {
    return new BoundedChild<OpenReply>(CHILD, this.bounds.memoryBytes, {
      message: (reply) => this.settle?.(reply),
      lost: (cause) => {
        this.lose(cause)
      },
    })
  }

  private lose(cause: CredenceError): void {
    this.close()
    this.settle?.({ kind: 'error', error: toErrorRecord(cause) })
  }
}

/** What happened to a process says nothing of the file that it was busy with. */
function within(error: ErrorRecord, path: string): ErrorRecord {
  if (error.place.file !== undefined) return error
  return { ...error, message: `${path}: ${error.message}`, place: { ...error.place, file: path } }
}
