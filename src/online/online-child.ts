/** Entry point of the one process that uses the network, and only with `--online`. */
import pLimit from 'p-limit'
import { setTimeout as sleep } from 'node:timers/promises'
import { compare } from './compare.js'
import type { FetchRequest, Outcome } from './outcomes.js'
import { listOf } from './ranges.js'
import { answerRequests } from '../engine/answering.js'

/** At a time, each of another host or waiting for its turn. */
const MOST_AT_ONCE = 8

answerRequests(async ({ wanted, limits }: FetchRequest): Promise<Outcome[]> => {
  const allowed = listOf(limits.allow)
  const signal = AbortSignal.timeout(limits.totalMs)
  /** When each host may be asked again. */
  const free = new Map<string, number>()
  const turn = async (host: string): Promise<void> => {
    const at = Math.max(Date.now(), free.get(host) ?? 0)
    free.set(host, at + limits.pauseMs)
    await sleep(at - Date.now(), null, { signal })
  }
  const limit = pLimit(MOST_AT_ONCE)
  const none: Outcome = { kind: 'not-tried', why: 'no time left', bytes: 0, requests: 0 }
  return Promise.all(
    wanted.map(({ url, digest }) =>
      limit(() => (signal.aborted ? none : compare(url, digest, { limits, allowed, turn, signal }))),
    ),
  )
})
