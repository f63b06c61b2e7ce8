import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import pLimit from 'p-limit'
import type { Ordered, TaskRunner } from './cluster-engine.js'
import { lastLine, RayApi, type RayJob, type RayJobState } from './ray-api.js'
import type { ScanFolder } from './scan-folder.js'
import * as names from './scan-plan.js'
import type { Done } from './scan-plan.js'
import { CredenceError, fromErrorRecord, toErrorRecord, type ErrorRecord } from '../../errors.js'

export interface RaySettings {
  readonly address: string
  /** What starts credence on a node. */
  readonly command: string
  /** Of a job, each. */
  readonly cpus: number
  readonly gpus: number
  readonly memory: number | null
  /** Jobs at a time; null: as many as the cluster has CPUs for. */
  readonly jobs: number | null
  readonly runtimeEnv: Readonly<Record<string, unknown>>
}

/** How often a part is begun whose job is lost. */
const ATTEMPTS = 3
const FIRST_POLL_MS = 250
const MOST_POLL_MS = 2000
/** Where the cluster does not say how large it is. */
const SLOTS = 16
const FORGET_AT_A_TIME = 8
/** What a shell says of a command that is not there, and credence of one that makes no sense: no other node would do better. */
const FATAL_EXITS: ReadonlySet<number | null> = new Set([2, 126, 127])

/** Runs tasks as jobs of a Ray cluster. A job that is lost with its node is begun again, on whatever node there is. */
export class RayRunner implements TaskRunner {
  readonly waitsForAll = false
  private readonly api: RayApi
  private readonly running = new Set<string>()
  /** Jobs that left a result: what they said is of no use to anyone. */
  private readonly ended: string[] = []
  private atATime: Promise<number> | null = null

  constructor(
    private readonly settings: RaySettings,
    private readonly folder: ScanFolder,
    private readonly scan: string,
    private readonly onNotice: (line: string) => void,
  ) {
    this.api = new RayApi(settings.address)
  }

  slots(): Promise<number> {
    return (this.atATime ??= this.countSlots())
  }

  private async countSlots(): Promise<number> {
    const { jobs, cpus } = this.settings
    if (jobs !== null) return jobs
    const all = await this.api.cpus()
    return all === null ? SLOTS : Math.max(1, Math.floor(all / cpus))
  }

  async map(
    trip: number,
    { missing }: Ordered,
    onDone: (part: number) => Promise<void>,
    signal?: AbortSignal,
  ): Promise<Map<number, ErrorRecord>> {
    const gone = new Map<number, ErrorRecord>()
    await this.all(missing, signal, async (part, ending) => {
      const cause = await this.task(
        `map trip ${trip} part ${part}`,
        names.partName(trip, part),
        `map`,
        ['--trip', trip, '--part', part],
        ending,
      )
      if (cause === null) await onDone(part)
      else gone.set(part, cause)
    })
    return gone
  }

  readonly merge = async (trip: number, level: number, groups: number, signal?: AbortSignal): Promise<void> => {
    const all = Array.from({ length: groups }, (_, group) => group)
    await this.all(all, signal, async (group, ending) => {
      const args = ['--trip', trip, '--level', level, '--group', group]
      const what = `merge trip ${trip} level ${level} group ${group}`
      const cause = await this.task(what, names.mergedName(trip, level, group), 'reduce', args, ending)
      if (cause !== null) throw fromErrorRecord(cause)
    })
  }

  /** Each of the items, as many at a time as the cluster has room for; the first error, or the signal, stops all jobs. */
  private async all(
    items: readonly number[],
    signal: AbortSignal | undefined,
    task: (item: number, ending: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const limit = pLimit(await this.slots())
    const ending = new AbortController()
    const end = (): void => {
      ending.abort(signal?.reason)
    }
    signal?.addEventListener('abort', end)
    if (signal?.aborted === true) end()
    try {
      await Promise.all(
        items.map((item) =>
          limit(async () => {
            ending.signal.throwIfAborted()
            await task(item, ending.signal)
          }),
        ),
      )
    } catch (error) {
      ending.abort(error)
      throw error
    } finally {
      signal?.removeEventListener('abort', end)
      await this.stopAll()
    }
  }

  private async stopAll(): Promise<void> {
    await Promise.all([...this.running].map((id) => this.api.stop(id)))
    this.running.clear()
  }

  /** @returns null where the result is there, else why it is given up */
  private async task(
    what: string,
    result: string,
    command: string,
    args: readonly (string | number)[],
    ending: AbortSignal,
  ): Promise<ErrorRecord | null> {
    let cause: CredenceError
    for (let attempt = 1; ; attempt++) {
      const id = `credence-${this.scan}-${result.replace(/[^\w-]+/g, '-')}-${randomBytes(4).toString('hex')}`
      const state = await this.follow(this.job(id, what, command, args), ending)
      const done = (await this.folder.find(names.doneName(result))) as Done | undefined
      if (done?.error) throw fromErrorRecord(done.error)
      if (done !== undefined) {
        this.ended.push(id)
        return null
      }
      cause = await this.lost(id, what, state)
      if (FATAL_EXITS.has(state?.exitCode ?? null)) throw cause
      if (attempt === ATTEMPTS) return toErrorRecord(cause)
      this.onNotice(`${cause.message}; begun again`)
    }
  }

  private job(submission_id: string, what: string, command: string, args: readonly (string | number)[]): RayJob {
    const { command: program, cpus, gpus, memory, runtimeEnv } = this.settings
    const words = [command, quoted(this.folder.store.address), ...args, '--jobs', Math.max(1, Math.floor(cpus))]
    return {
      submission_id,
      entrypoint: `${program} ${words.join(' ')}`,
      entrypoint_num_cpus: cpus,
      ...(gpus > 0 ? { entrypoint_num_gpus: gpus } : {}),
      ...(memory === null ? {} : { entrypoint_memory: memory }),
      runtime_env: runtimeEnv,
      metadata: { credence: what },
    }
  }

  /** Until it has ended, or is not known any more: null. */
  private async follow(job: RayJob, ending: AbortSignal): Promise<RayJobState | null> {
    const id = job.submission_id
    this.running.add(id)
    await this.api.submit(job)
    // It may have come to the cluster after all others were stopped.
    if (ending.aborted) await this.api.stop(id)
    for (let wait = FIRST_POLL_MS; ; wait = Math.min(wait * 1.3, MOST_POLL_MS)) {
      // The reason of the signal, not that a sleep was cut short.
      await sleep(wait, null, { signal: ending }).catch(() => undefined)
      ending.throwIfAborted()
      const state = await this.api.find(id)
      if (state !== null && !RayApi.hasEnded(state)) continue
      this.running.delete(id)
      return state
    }
  }

  private async lost(id: string, what: string, state: RayJobState | null): Promise<CredenceError> {
    if (state === null) return new CredenceError('worker', `the Ray job of ${what} is gone`)
    const said = state.exitCode === null ? lastLine(state.message) : lastLine(await this.api.logs(id)) || lastLine(state.message)
    const ended = state.exitCode === null ? state.status.toLowerCase() : `ended with code ${state.exitCode}`
    return new CredenceError('worker', `the Ray job of ${what} ${ended}: ${said}`)
  }

  async leave(keep: boolean): Promise<void> {
    await this.stopAll()
    // Not sooner: Ray may still be looking after one that has just ended, and would list it again.
    const limit = pLimit(FORGET_AT_A_TIME)
    await Promise.all(this.ended.map((id) => limit(() => this.api.forget(id))))
    if (!keep) await this.folder.store.removeAll()
  }
}

/** As one word of a shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
