/** Ray's Jobs REST API: https://docs.ray.io/en/latest/cluster/running-applications/job-submission/api.html */
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { plainRequest, type Answer, type Ask } from './plain-http.js'
import { CredenceError } from '../../errors.js'

export interface RayJob {
  /** Of our choosing: a request that was answered by nobody can be made again. */
  readonly submission_id: string
  readonly entrypoint: string
  readonly entrypoint_num_cpus: number
  readonly entrypoint_num_gpus?: number
  readonly entrypoint_memory?: number
  readonly runtime_env: Readonly<Record<string, unknown>>
  readonly metadata: Readonly<Record<string, string>>
}

export interface RayJobState {
  readonly status: string
  readonly message: string
  /** Of the command; null where it did not come to its end. */
  readonly exitCode: number | null
}

/** Nothing else comes after these. */
const ENDED: ReadonlySet<string> = new Set(['SUCCEEDED', 'FAILED', 'STOPPED'])

const REQUEST_MS = 30_000
/** A head node that is started again, or a network that is away, is waited for this long. */
const PATIENCE_MS = 180_000
const LOG_CHARACTERS = 2000

type Environment = Readonly<Record<string, string | undefined>>

export class RayApi {
  private readonly base: string
  private readonly headers: Readonly<Record<string, string>>

  /**
   * @param address of the dashboard, `http://HEAD:8265`
   * @throws CredenceError `usage` where it is none, or where the environment's headers are no JSON object of texts
   */
  constructor(address: string, env: Environment = process.env) {
    if (!/^https?:\/\/[^?#]+$/.test(address)) {
      throw new CredenceError('usage', `Ray's address ${address}: expected that of its dashboard, http://HEAD:8265`)
    }
    this.base = address.replace(/\/$/, '')
    this.headers = { ...bearer(env), ...ownHeaders(env) }
  }

  /** CPUs of the whole cluster; null where it does not say. */
  async cpus(): Promise<number | null> {
    const response = await this.ask('/api/cluster_status', {})
    if (!isOk(response)) return null
    const status = JSON.parse(response.text) as {
      data?: { clusterStatus?: { loadMetricsReport?: { usage?: { CPU?: readonly number[] } } } }
    }
    const total = status.data?.clusterStatus?.loadMetricsReport?.usage?.CPU?.[1]
    return typeof total === 'number' && total > 0 ? total : null
  }

  /** @throws CredenceError `usage` where the cluster refuses it */
  async submit(job: RayJob): Promise<void> {
    const response = await this.ask('/api/jobs/', { method: 'POST', body: JSON.stringify(job) })
    if (isOk(response)) return
    // The answer to an earlier try of this very request may have been lost.
    if ((await this.find(job.submission_id)) !== null) return
    throw new CredenceError('usage', `Ray refused a job: ${lastLine(response.text)}`)
  }

  /** Null where Ray knows no such job, any more. */
  async find(id: string): Promise<RayJobState | null> {
    const response = await this.ask(`/api/jobs/${encodeURIComponent(id)}`, {})
    if (response.status === 404) return null
    if (!isOk(response)) throw new CredenceError('io', `Ray answered ${response.status} when asked for job ${id}`)
    const body = JSON.parse(response.text) as { status?: unknown; message?: unknown; driver_exit_code?: unknown }
    const { status, message, driver_exit_code: exit } = body
    return {
      status: String(status),
      message: typeof message === 'string' ? message : '',
      exitCode: typeof exit === 'number' ? exit : null,
    }
  }

  static hasEnded({ status }: RayJobState): boolean {
    return ENDED.has(status)
  }

  /** The end of what it printed; empty where that cannot be had. */
  async logs(id: string): Promise<string> {
    const response = await this.once(`/api/jobs/${encodeURIComponent(id)}/logs`, {}).catch(() => null)
    if (response === null || !isOk(response)) return ''
    const { logs } = JSON.parse(response.text) as { logs?: unknown }
    return typeof logs === 'string' ? logs.slice(-LOG_CHARACTERS) : ''
  }

  /** Does not wait for its end. */
  async stop(id: string): Promise<void> {
    await this.once(`/api/jobs/${encodeURIComponent(id)}/stop`, { method: 'POST' }).catch(() => undefined)
  }

  /** Of a job that has ended: it is no longer listed. */
  async forget(id: string): Promise<void> {
    await this.once(`/api/jobs/${encodeURIComponent(id)}`, { method: 'DELETE' }).catch(() => undefined)
  }

  private async ask(path: string, init: Ask): Promise<Answer> {
    const until = performance.now() + PATIENCE_MS
    for (let wait = 250; ; wait = Math.min(2 * wait, 5000)) {
      try {
        const response = await this.once(path, init)
        if (response.status === 401 || response.status === 403) {
          throw new CredenceError('usage', `Ray at ${this.base} refused: ${response.status}`, {
            suggestions: ['set RAY_AUTH_TOKEN, or RAY_JOB_HEADERS to a JSON object of headers'],
          })
        }
        if (!isPassing(response) || performance.now() > until) return response
      } catch (error) {
        if (error instanceof CredenceError) throw error
        if (performance.now() > until) {
          const why = error instanceof Error ? error.message : String(error)
          throw new CredenceError('io', `Ray at ${this.base} cannot be reached: ${why}`, { cause: error })
        }
      }
      await sleep(wait)
    }
  }

  private once(path: string, init: Ask): Promise<Answer> {
    const headers = { 'content-type': 'application/json', ...this.headers }
    return plainRequest(this.base + path, { ...init, headers }, REQUEST_MS)
  }
}

/** A gateway whose server is away, or a head whose nodes are not up yet: Ray has only words for that. */
function isPassing({ status, text }: Answer): boolean {
  return (status >= 502 && status <= 504) || (status === 500 && text.includes('No available agent'))
}

function isOk({ status }: Answer): boolean {
  return status >= 200 && status < 300
}

/** Ray's own variables and file for its token. */
function bearer(env: Environment): Record<string, string> {
  const named = env['RAY_AUTH_TOKEN_PATH']
  const token = env['RAY_AUTH_TOKEN'] || textOf(named ?? join(homedir(), '.ray', 'auth_token'), named !== undefined)
  return token === '' ? {} : { authorization: `Bearer ${token}` }
}

function textOf(path: string, mustBe: boolean): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    if (!mustBe) return ''
    throw new CredenceError('usage', `RAY_AUTH_TOKEN_PATH: ${path} cannot be read`, { cause: error })
  }
}

function ownHeaders(env: Environment): Record<string, string> {
  const text = env['RAY_JOB_HEADERS']
  if (!text) return {}
  try {
    const entries = Object.entries(JSON.parse(text) as object)
    if (entries.every(([, value]) => typeof value === 'string')) return Object.fromEntries(entries)
  } catch {
    // Said below, without the text: it may hold a password.
  }
  throw new CredenceError('usage', 'RAY_JOB_HEADERS: expected a JSON object of texts')
}

export function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.trim().slice(0, 300) ?? ''
}
