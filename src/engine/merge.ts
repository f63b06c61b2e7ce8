import type { Trip } from './plan.js'
import { toErrorRecord, type ErrorRecord } from '../errors.js'

/** Adds the states of some shards to those merged so far. A scanner that throws ends in `failed`. */
export function mergeInto(
  trip: Trip,
  merged: Record<string, unknown>,
  failed: Record<string, ErrorRecord>,
  states: Readonly<Record<string, unknown>>,
): void {
  for (const { scanner, pass } of trip.steps) {
    if (!(scanner in states)) continue
    const before = merged[scanner]
    try {
      merged[scanner] = before === undefined ? states[scanner] : pass.merge(before, states[scanner])
    } catch (error) {
      failed[scanner] = toErrorRecord(error)
    }
  }
}
