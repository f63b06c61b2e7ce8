import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { FromChild, Job, TaskMessage, ToChild } from './messages.js'
import type { DeviceName } from '../embed/encoder.js'
import { CredenceError, fromErrorRecord } from '../errors.js'

export type TaskDone = Extract<FromChild, { kind: 'mapped' | 'finished' }>

interface Worker {
  readonly child: ChildProcess
  /** Set while a task runs. */
  settle: ((result: TaskDone | CredenceError) => void) | null
  onRows: (rows: number) => void
  stderr: string
}

const CHILD = fileURLToPath(new URL('./child.js', import.meta.url))
// V8's heap only: typed arrays lie outside it. Enough for any sound shard; a malformed file must not take the machine.
const HEAP_MB = 2048

/** Child processes that run tasks. A child that dies or outlasts its deadline is replaced; the pool and the scan live on. */
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

  /** @throws CredenceError `worker` when the child dies or the deadline passes; the child's own error otherwise */
  async run(task: TaskMessage, onRows: (rows: number) => void): Promise<TaskDone> {
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
      worker.settle = (outcome) => {
        clearTimeout(timer)
        resolve(outcome)
      }
      worker.onRows = onRows
      worker.child.send(task)
    })
    worker.settle = null
    if (result instanceof CredenceError) {
      if (result.code === 'worker') this.discard(worker)
      else this.idle.push(worker)
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
    this.all.delete(worker)
    const at = this.idle.indexOf(worker)
    if (at >= 0) this.idle.splice(at, 1)
    worker.child.kill('SIGKILL')
  }

  private spawn(): Worker {
    const child = fork(CHILD, [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [`--max-old-space-size=${HEAP_MB}`],
    })
    const worker: Worker = { child, settle: null, onRows: () => undefined, stderr: '' }
    this.all.add(worker)
    child.stderr?.on('data', (chunk: Buffer) => {
      worker.stderr = (worker.stderr + chunk.toString('utf8')).slice(-2000)
    })
    child.on('message', (message: FromChild) => {
      if (message.kind === 'rows') worker.onRows(message.rows)
      else if (message.kind === 'encoder') this.encoderOpened(message.device, message.notes)
      else worker.settle?.(message.kind === 'error' ? fromErrorRecord(message.error) : message)
    })
    const died = (what: string): void => {
      this.all.delete(worker)
      const at = this.idle.indexOf(worker)
      if (at >= 0) this.idle.splice(at, 1)
      worker.settle?.(new CredenceError('worker', `a process ${what}${lastWords(worker.stderr)}`))
    }
    child.on('error', (error) => {
      died(`failed: ${error.message}`)
    })
    child.on('exit', (code, signal) => {
      died(signal === null ? `ended with code ${code ?? '?'}` : `was ended by ${signal}`)
    })
    child.send({ kind: 'job', job: this.job } satisfies ToChild)
    return worker
  }
}

/** The line of a dying process that says why. */
function lastWords(stderr: string): string {
  const line = stderr.split('\n').find((text) => /FATAL ERROR|Error:/.test(text))
  return line === undefined ? '' : `: ${line.trim().slice(0, 200)}`
}
