import { fork, type ChildProcess } from 'node:child_process'
import { UNWATCHED, watchMemory, type MemoryWatch } from './child-memory.js'
import { CredenceError } from '../errors.js'

// V8's heap only: typed arrays lie outside it. Enough for any sound shard; a malformed file must not take the machine.
// Less than 2048: from there on V8 lets a heap grow fourfold before it cleans up, below twofold at most.
const MOST_HEAP_MB = 2000
/** And no more than this share of the child's memory: V8 cleans up only as its own limit comes near. */
const HEAP_SHARE = 0.75

/** Nothing that a process does to itself ends it so: somebody did, or a machine that ran out of memory. */
const FROM_OUTSIDE: ReadonlySet<NodeJS.Signals | null> = new Set(['SIGKILL', 'SIGTERM', 'SIGHUP', 'SIGINT'])

/** A process that was ended from outside: its task may well succeed in another one. */
export class LostProcess extends CredenceError {}

/** What any of our children may say of itself. */
export interface MemoryMessage {
  readonly kind: 'memory'
  readonly bytes: number
}

export interface ChildEvents<Message> {
  message(this: void, message: Message): void
  /** Called once, when the process has ended or was ended for its memory: code `worker`, or `limit`. */
  lost(this: void, cause: CredenceError): void
}

/**
 * What glibc's malloc is told; other allocators know nothing of it. By default it learns from each large array that is freed to
 * take the next one from its heaps, one for each thread, which go back to the system only from their ends.
 */
const ALLOCATION = { MALLOC_MMAP_THRESHOLD_: String(4 * 2 ** 20), MALLOC_ARENA_MAX: '2' }

/** A child process with a bound on its memory. It may be given anything to read: the worst that it can do is to be lost. */
export class BoundedChild<Message extends { readonly kind: string }> {
  private readonly child: ChildProcess
  private readonly watch: MemoryWatch
  private stderr = ''
  private isLost = false

  /**
   * @param script compiled module that takes messages
   * @param memoryBytes resident bytes of the whole process
   */
  constructor(
    script: string,
    private readonly memoryBytes: number,
    private readonly events: ChildEvents<Message>,
  ) {
    this.child = fork(script, [], {
      serialization: 'advanced',
      env: { ...ALLOCATION, ...process.env },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [`--max-old-space-size=${Math.min(MOST_HEAP_MB, Math.floor((HEAP_SHARE * memoryBytes) / 2 ** 20))}`],
    })
    this.child.stderr?.on('data', (chunk: Buffer) => {
      this.stderr = (this.stderr + chunk.toString('utf8')).slice(-2000)
    })
    this.child.on('message', (message: Message | MemoryMessage) => {
      if (!isMemory(message)) this.hear(message)
      else if (message.bytes > memoryBytes) this.tooLarge(message.bytes)
    })
    this.child.on('error', (error) => {
      this.lose(new CredenceError('worker', `a process failed: ${error.message}`))
    })
    this.child.on('exit', (code, signal) => {
      const what = signal === null ? `ended with code ${code ?? '?'}` : `was ended by ${signal}`
      const message = `a process ${what}${lastWords(this.stderr)}`
      this.lose(FROM_OUTSIDE.has(signal) ? new LostProcess('worker', message) : new CredenceError('worker', message))
    })
    const { pid } = this.child
    this.watch =
      pid === undefined
        ? UNWATCHED
        : watchMemory(pid, memoryBytes, (bytes) => {
            this.tooLarge(bytes)
          })
  }

  send(message: object): void {
    this.child.send(message)
  }

  /** Ends it; nothing more is heard of it. */
  end(): void {
    this.isLost = true
    this.watch.stop()
    this.child.kill('SIGKILL')
  }

  /** What a process says that holds too much memory does not count, however soon it says it. */
  private hear(message: Message): void {
    if (!this.isLost) this.watch.look()
    if (!this.isLost) this.events.message(message)
  }

  private tooLarge(bytes: number): void {
    const message = `a process took ${megabytes(bytes)} MiB of memory, the limit is ${megabytes(this.memoryBytes)} MiB`
    this.lose(new CredenceError('limit', message, { suggestions: ['raise --task-memory'] }))
    this.child.kill('SIGKILL')
  }

  private lose(cause: CredenceError): void {
    if (this.isLost) return
    this.isLost = true
    this.watch.stop()
    this.events.lost(cause)
  }
}

function isMemory(message: { readonly kind: string }): message is MemoryMessage {
  return message.kind === 'memory'
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 2 ** 20)
}

/** The line of a dying process that says why. */
function lastWords(stderr: string): string {
  const line = stderr.split('\n').find((text) => /FATAL ERROR|Error:/.test(text))
  return line === undefined ? '' : `: ${line.trim().slice(0, 200)}`
}
