/** The receipt of a scan: what was read, what looked at it, and what is missing. */
import type { Config } from '../config/schema.js'
import type { Coverage, ScannerReceipt } from '../model/report.js'
import type { DataSet } from '../read/dataset.js'
import type { FileDigest } from '../read/input-digests.js'
import type { ActiveScanner, SkippedScanner } from './plan.js'
import { fileReceipts, shortfalls, type Shortfall } from './receipts.js'
import type { EncoderReceipt } from './run.js'
import type { Outcome } from './travel.js'

export function coverageOf(
  config: Config,
  dataset: DataSet,
  active: readonly ActiveScanner[],
  skipped: readonly SkippedScanner[],
  outcome: Outcome,
  encoder: EncoderReceipt | null,
  digests: readonly FileDigest[],
): Coverage {
  const files = fileReceipts(dataset, outcome.receipts, outcome.lost, digests)
  const sum = (of: (file: Coverage['files'][number]) => number): number => files.reduce((total, file) => total + of(file), 0)
  const read = sum((file) => file.read)
  const scanners: ScannerReceipt[] = [
    ...active.map(({ definition: { id, version } }): ScannerReceipt => {
      const failure = outcome.failed.get(id)
      if (failure !== undefined) return { id, version, status: 'failed', reason: failure.message, limits: {} }
      const { limits = {}, skipped: reason = null } = outcome.results.get(id) ?? {}
      return { id, version, status: reason === null ? 'ran' : 'skipped', reason, limits }
    }),
    ...skipped.map(({ definition: { id, version }, reason }): ScannerReceipt => ({
      id,
      version,
      status: 'skipped',
      reason,
      limits: {},
    })),
  ]
  const gaps: Shortfall[] = [
    ...shortfalls(files),
    ...scanners.flatMap(({ id, status, reason }): Shortfall[] =>
      status === 'failed' ? [{ gap: 'scanner', text: `scanner ${id} failed: ${reason ?? ''}` }] : [],
    ),
  ]
  const isAllowed = ({ gap }: Shortfall): boolean => config.allowIncomplete.includes(gap)
  const allowed = gaps.filter(isAllowed).map(({ text }) => text)
  // Nothing read is nothing known, whatever is allowed.
  const incomplete = [
    ...gaps.filter((gap) => !isAllowed(gap)).map(({ text }) => text),
    ...(read === 0 ? ['no row was read'] : []),
  ]
  const declared = files.every((file) => file.declared !== null) ? sum((file) => file.declared ?? 0) : null
  const rows = { declared, read, skipped: sum((file) => file.skipped) }
  const { failOn, alpha, seed } = config
  return { files, rows, scanners, incomplete, allowed, failOn, alpha, seed, encoder }
}
