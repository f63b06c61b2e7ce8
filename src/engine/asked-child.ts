import { BoundedChild } from './bounded-child.js'
import { CredenceError, toErrorRecord, type ErrorRecord } from '../errors.js'

export interface Bounds {
  /** For each request. */
  readonly deadlineMs: number
  /** Resident bytes of the process. */
  readonly memoryBytes: number
}

export type ChildReply =
  { readonly kind: 'done'; readonly value: unknown } | { readonly kind: 'error'; readonly error: ErrorRecord }

/**
 * A child process that answers requests, one at a time: a file that takes all time or memory costs that request, whose
 * answer says so, and the next is answered by another process. The script is one of `answering.ts`.
 */
export class AskedChild<Request extends object> {
  private child: BoundedChild<ChildReply> | null = null
  private settle: ((reply: ChildReply) => void) | null = null

  /** @param signal ends the child and rejects what is asked */
  constructor(
    private readonly script: string,
    private readonly bounds: Bounds,
    private readonly signal?: AbortSignal,
  ) {}

  /** Starts the process before the first request, which then finds it ready. */
  warm(): void {
    this.child ??= this.start()
  }

  close(): void {
    this.child?.end()
    this.child = null
  }

  async ask(request: Request): Promise<ChildReply> {
    this.signal?.throwIfAborted()
    const child = (this.child ??= this.start())
    const reply = await new Promise<ChildReply>((resolve) => {
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

  private start(): BoundedChild<ChildReply> {
    return new BoundedChild<ChildReply>(this.script, this.bounds.memoryBytes, {
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
