/** What `--online` adds to a scan: findings, and lines of the receipt. */
import { onlineLimits, splitView } from './check.js'
import { splitViewFindings } from './findings.js'
import type { Config } from '../config/schema.js'
import { asCredenceError } from '../errors.js'
import type { Finding } from '../model/finding.js'
import type { Coverage } from '../model/report.js'
import type { RecordedAddresses } from '../survey/addresses.js'

export interface OnlineView {
  readonly findings: readonly Finding[]
  readonly limits: Readonly<Record<string, number | string>>
  /** Why it was not looked at in full. */
  readonly problem: string | null
}

/** @param addresses what the survey came to; undefined where the data has none or it failed */
export async function lookOnline(
  addresses: RecordedAddresses | undefined,
  config: Config,
  watch: { readonly onNotice?: (line: string) => void; readonly signal?: AbortSignal },
): Promise<OnlineView> {
  if (addresses === undefined) {
    return { findings: [], limits: { online: 'nothing was fetched: rows have no address with a digest' }, problem: null }
  }
  try {
    watch.onNotice?.(`--online: fetching from addresses of ${addresses.rows} rows with a digest, ${config.onlineSample} at most`)
    const view = await splitView(addresses, config, watch.signal)
    const left = view.compared.filter(({ outcome }) => outcome.kind === 'not-tried').length
    const problem = left === 0 ? null : `--online: there was no time for ${left} addresses`
    return { findings: splitViewFindings(view), limits: onlineLimits(view), problem }
  } catch (error) {
    watch.signal?.throwIfAborted()
    const { message } = asCredenceError(error, 'worker')
    return { findings: [], limits: {}, problem: `--online: ${message}` }
  }
}

/** The receipt with what was fetched, beside the scanner that reports it. */
export function withOnline(coverage: Coverage, { limits, problem }: OnlineView, scanner: string, isAllowed: boolean): Coverage {
  const more = problem === null ? [] : [problem]
  return {
    ...coverage,
    scanners: coverage.scanners.map((known) =>
      known.id === scanner ? { ...known, limits: { ...known.limits, ...limits } } : known,
    ),
    incomplete: isAllowed ? coverage.incomplete : [...coverage.incomplete, ...more],
    allowed: isAllowed ? [...coverage.allowed, ...more] : coverage.allowed,
  }
}
