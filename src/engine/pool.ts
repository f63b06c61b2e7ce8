import { fileURLToPath } from 'node:url'
import { BoundedChild, LostProcess } from './bounded-child.js'
import type { FromChild, Job, TaskMessage, ToChild } from './messages.js'
import type { DeviceName } from '../embed/encoder.js'
import { CredenceError, fromErrorRecord } from '../errors.js'

export type TaskDone = Extract<FromChild, { kind: 'mapped' | 'finished' }>

interface Worker {
  readonly child: BoundedChild<FromChild>
  /** Set while a task runs. */
  settle: ((result: TaskDone | CredenceError) => void) | null
  onRows: (rows: number) => void
  /** Called when it is through with a shard of its task. */
  onShard: () => void
  onAsk: () => readonly number[]
}

const nothing = (): readonly number[] => []

/** How often a task is begun whose process is ended from outside. */
const ATTEMPTS = 3

const CHILD = fileURLToPath(new URL('./child.js', import.meta.url))

/** Child processes that run tasks. A child that dies, outlasts its deadline or grows too large is replaced; the pool and the scan live on. */
export class Pool {
  /** Where the children's encoder runs, once one has opened it. */
  device: DeviceName | null = null
  private readonly idle: Worker[] = []
  private readonly all = new Set<Worker>()
  private closed = false

  constructor(
    private readonly job: Job,
    private readonly deadlineMs: number,
    private readonly onNotice: (line: string) => void,
  ) {}

  /** Starts a child ahead of its first task, so that its start-up overlaps other work. */
  warm(count: number): void {
    while (this.idle.length < count) this.idle.push(this.spawn())
  }

  /**
   * @param onAsk gives a task that maps more shards, none for its end. It is to add them to the task's own: after a child that was
   * ended from outside, another one begins with them all
   * @throws CredenceError `worker` when the child dies or the deadline passes, `limit` when it takes too much memory; else the child's own
   */
  async run(task: TaskMessage, onRows: (rows: number) => void, onAsk = nothing): Promise<TaskDone> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(task, onRows, onAsk)
      } catch (error) {
        // What a task does to its process it does again; what was done to it may be over.
        if (!(error instanceof LostProcess) || attempt === ATTEMPTS || this.closed) throw error
      }
    }
  }

  private async attempt(task: TaskMessage, onRows: (rows: number) => void, onAsk: Worker['onAsk']): Promise<TaskDone> {
    // A task may have waited for its turn while another one ended the scan.
    if (this.closed) throw new CredenceError('worker', 'the scan has ended')
    const worker = this.idle.pop() ?? this.spawn()
    const result = await new Promise<TaskDone | CredenceError>((resolve) => {
      const timer = setTimeout(() => {
        resolve(
          new CredenceError('worker', `a task took longer than ${this.deadlineMs / 1000} s`, {
            suggestions: ['raise --task-timeout'],
          }),
        )
      }, this.deadlineMs)
      // Each shard has the whole time.
      worker.onShard = () => timer.refresh()
      worker.settle = (outcome) => {
        clearTimeout(timer)
        resolve(outcome)
      }
      worker.onRows = onRows
      worker.onAsk = onAsk
      worker.child.send(task)
    })
    worker.settle = null
    if (result instanceof CredenceError) {
      // A child that was lost is no longer among them; one whose task failed takes the next.
      if (result.code === 'worker') this.discard(worker)
      else if (this.all.has(worker)) this.idle.push(worker)
      throw result
    }
    this.idle.push(worker)
    return result
  }

  /** Ends all children; no other is started. */
  close(): void {
    this.closed = true
    for (const worker of [...this.all]) this.discard(worker)
  }

  /** All children choose alike: the first speaks for them. */
  private encoderOpened(device: DeviceName, notes: readonly string[]): void {
    if (this.device !== null) return
    this.device = device
    notes.forEach(this.onNotice)
  }

  private discard(worker: Worker): void {
    this.drop(worker)
    worker.child.end()
    // Where a task still runs, nobody else would tell it that its process is gone.
    worker.settle?.(new CredenceError('worker', 'the scan has ended'))
    // Nothing more is heard of it: whoever waits for its task is told here.
    worker.settle?.(new CredenceError('worker', 'the process was ended'))
  }

  private drop(worker: Worker): void {
    this.all.delete(worker)
    const at = this.idle.indexOf(worker)
    if (at >= 0) this.idle.splice(at, 1)
  }

  private spawn(): Worker {
    const child = new BoundedChild<FromChild>(CHILD, this.job.taskMemory, {
      message: (message) => {
        if (message.kind === 'rows') worker.onRows(message.rows)
        else if (message.kind === 'shard') worker.onShard()
        else if (message.kind === 'ask') child.send({ kind: 'more', shards: worker.onAsk() } satisfies ToChild)
        else if (message.kind === 'encoder') this.encoderOpened(message.device, message.notes)
        else worker.settle?.(message.kind === 'error' ? fromErrorRecord(message.error) : message)
      },
      lost: (cause) => {
        this.drop(worker)
        worker.settle?.(cause)
      },
    })
    const worker: Worker = { child, settle: null, onRows: () => undefined, onShard: () => undefined, onAsk: nothing }
    this.all.add(worker)
    child.send({ kind: 'job', job: this.job } satisfies ToChild)
    return worker
  }
}
