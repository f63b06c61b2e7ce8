/** Whether an address still gives what a row recorded: through its redirects, each of them looked at as the first was. */
import type { BlockList } from 'node:net'
import { destinationOf, NoHost, Refusal } from './destination.js'
import { get, type Got } from './get.js'
import type { FetchLimits, Outcome, OutcomeKind } from './outcomes.js'
import { ALGORITHMS } from '../survey/addresses.js'

const MOST_REDIRECTS = 5
const REDIRECTS = new Set([301, 302, 303, 307, 308])
const GONE = new Set([404, 410])

export interface Comparing {
  readonly limits: FetchLimits
  readonly allowed: BlockList
  /** Waits until the host may be asked again. */
  readonly turn: (host: string) => Promise<void>
  readonly signal: AbortSignal
}

/** Never throws: what goes wrong is an outcome. */
export async function compare(url: string, digest: string, comparing: Comparing): Promise<Outcome> {
  const { limits, allowed, turn } = comparing
  let signal = comparing.signal
  const algorithm = ALGORITHMS[digest.length] ?? 'sha256'
  let [bytes, requests] = [0, 0]
  const outcome = (kind: OutcomeKind, why: string): Outcome => ({ kind, why, bytes, requests })
  try {
    let at: URL | string = url
    for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
      const destination = await destinationOf(at, allowed)
      await turn(destination.url.host)
      requests++
      // Of this request alone: the wait for its turn is not the host's.
      signal = AbortSignal.any([comparing.signal, AbortSignal.timeout(limits.timeoutMs)])
      const got = await get(destination, { algorithm, allowed, maxBytes: limits.maxBytes, signal })
      bytes += got.bytes
      if (!REDIRECTS.has(got.status) || got.location === null) return outcome(...judged(got, digest))
      const next = nextOf(got.location, destination.url)
      if (destination.url.protocol === 'https:' && next.protocol === 'http:') throw new Refusal('a redirect to plain http')
      at = next
    }
    return outcome('no-answer', `more than ${MOST_REDIRECTS} redirects`)
  } catch (error) {
    if (error instanceof Refusal) return outcome('refused', error.message)
    if (error instanceof NoHost) return outcome('no-host', error.message)
    if (comparing.signal.aborted) return outcome('not-tried', 'no time left')
    return outcome('no-answer', wordsFor(error, signal))
  }
}

function nextOf(location: string, from: URL): URL {
  try {
    return new URL(location, from)
  } catch {
    throw new Refusal('a redirect to no address')
  }
}

function judged({ status, digest }: Got, recorded: string): [OutcomeKind, string] {
  if (GONE.has(status)) return ['gone', `status ${status}`]
  if (status !== 200) return ['no-answer', `status ${status}`]
  if (digest === null) return ['unclear', 'too large, or packed on the way']
  return digest === recorded ? ['same', 'as recorded'] : ['changed', 'other content']
}

/** A system's code; what a server says is not repeated. */
function wordsFor(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'no answer in time'
  const { code } = error as NodeJS.ErrnoException
  return typeof code === 'string' && /^[A-Z_0-9]{1,60}$/.test(code) ? code : 'no answer'
}
