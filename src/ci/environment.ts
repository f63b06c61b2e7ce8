/** What GitHub Actions says of a run, in variables and files. */
import { readFile, stat } from 'node:fs/promises'
import { z } from 'zod'
import { CredenceError } from '../errors.js'

type Variables = Readonly<Record<string, string | undefined>>

export interface Run {
  readonly summaryFile: string | null
  readonly outputFile: string | null
  /** Of the event; null where it is not about one. */
  readonly pullRequest: number | null
  /** Null where a comment cannot be asked for; then `why` says so. */
  readonly api: Api | null
  readonly why: string
}

/** Where comments are written, and by whose leave. */
export interface Api {
  /** Without a slash at its end. */
  readonly url: string
  /** `owner/name` */
  readonly repository: string
  readonly token: string
}

/** GitHub's events hold no more. */
const MOST_BYTES = 32 * 2 ** 20
const REPOSITORY = /^[\w.-]+\/[\w.-]+$/
/** For tests and for proxies on the same machine. */
const LOOPBACK = /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?(?:\/|$)/

const event = z.object({ pull_request: z.object({ number: z.int().min(1) }).optional() })

/** @throws CredenceError `usage` where what GitHub would set is set wrongly */
export async function readRun(env: Variables): Promise<Run> {
  const given = (name: string): string | null => env[name] || null
  const pullRequest = await pullRequestOf(given('GITHUB_EVENT_PATH'))
  const files = { summaryFile: given('GITHUB_STEP_SUMMARY'), outputFile: given('GITHUB_OUTPUT'), pullRequest }
  const without = (why: string): Run => ({ ...files, api: null, why })
  const token = given('GITHUB_TOKEN')
  const repository = given('GITHUB_REPOSITORY')
  if (token === null) return without('there is no GITHUB_TOKEN')
  if (repository === null) return without('there is no GITHUB_REPOSITORY')
  if (!REPOSITORY.test(repository)) throw new CredenceError('usage', 'GITHUB_REPOSITORY is not of the form owner/name')
  const url = (given('GITHUB_API_URL') ?? 'https://api.github.com').replace(/\/$/, '')
  // A token is not sent where anybody could read it.
  if (!url.startsWith('https://') && !LOOPBACK.test(url))
    throw new CredenceError('usage', 'GITHUB_API_URL is not an https address')
  return { ...files, api: { url, repository, token }, why: '' }
}

async function pullRequestOf(path: string | null): Promise<number | null> {
  if (path === null) return null
  const wrong = (cause: unknown): CredenceError =>
    new CredenceError('usage', 'GITHUB_EVENT_PATH names no event of GitHub Actions', { place: { file: path }, cause })
  try {
    if ((await stat(path)).size > MOST_BYTES) throw new Error('too large')
    return event.parse(JSON.parse(await readFile(path, 'utf8'))).pull_request?.number ?? null
  } catch (error) {
    throw wrong(error)
  }
}
