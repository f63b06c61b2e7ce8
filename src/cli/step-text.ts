/** What `credence plan`, `map` and `reduce` print. */
import { join } from 'node:path'
import { safeText } from '../report/safe-text.js'
import { amount } from '../report/summary.js'
import type { Standing } from '../step.js'

const MOST_LISTED = 20

export function partText(trip: number, part: number, done: { readonly shards: number; readonly rows: number } | null): string {
  const what = done === null ? 'nothing to do' : `${amount(done.shards, 'shard')}, ${amount(done.rows, 'row')}`
  return safeText(`trip ${trip}, part ${part}: ${what}`)
}

export function groupText(trip: number, level: number, group: number, results: number): string {
  return safeText(`trip ${trip}, level ${level}, group ${group}: ${amount(results, 'result')} merged`)
}

/** Where a scan stands, and what to run next. */
export function standingText({ address, trip, missing, isNew, trips }: Standing): string {
  const list = missing.slice(0, MOST_LISTED).join(', ') + (missing.length > MOST_LISTED ? ', …' : '')
  const state = isNew
    ? `trip ${trip} is ready, of at most ${trips}: ${amount(missing.length, 'part')}`
    : `trip ${trip} still waits for ${amount(missing.length, 'part')}: ${list}`
  const map = `credence map ${address} --trip ${trip} --part N`
  const next = isNew
    ? `next: ${map}, for N from 0 to ${missing.length - 1}; then: credence reduce ${address}`
    : `next: ${map}, for those; or without them: credence reduce ${address} --give-up`
  return `${safeText(state)}\n${safeText(next, 1000)}`
}

/** @param to the folder of the key and the scripts, as it was named */
export function plannedText(
  standing: Standing,
  to: string,
  keyFile: string,
  scripts: readonly (readonly [string, string])[],
): string {
  const key = `key: ${join(to, keyFile)}; machines get it as CREDENCE_STATE_KEY`
  const lines = [`planned: ${standing.address}`, key, ...scripts.map(([name]) => `wrote ${join(to, name)}`)]
  return [...lines.map((line) => safeText(line, 1000)), standingText(standing)].join('\n')
}
