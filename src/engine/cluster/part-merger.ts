import type { PartResult } from './scan-plan.js'
import { mergeInto } from '../merge.js'
import type { Trip } from '../plan.js'
import type { ShardReceipt } from '../task.js'
import type { ErrorRecord } from '../../errors.js'

/** Results of parts, merged in the order in which they are added: that of the shards, whoever was done first. */
export class PartMerger implements PartResult {
  readonly states: Record<string, unknown> = {}
  readonly failed: Record<string, ErrorRecord> = {}
  readonly receipts = new Map<number, ShardReceipt>()
  readonly lost = new Map<number, ErrorRecord>()

  constructor(private readonly trip: Trip) {}

  add({ states, failed, receipts, lost }: PartResult): void {
    for (const [scanner, error] of Object.entries(failed)) this.failed[scanner] ??= error
    for (const [shard, receipt] of receipts) this.receipts.set(shard, receipt)
    for (const [shard, cause] of lost) this.lost.set(shard, cause)
    mergeInto(this.trip, this.states, this.failed, states)
    for (const scanner of Object.keys(this.failed)) delete this.states[scanner]
  }

  /** Plain data. */
  get result(): PartResult {
    const { states, failed, receipts, lost } = this
    return { states, failed, receipts, lost }
  }
}
