import type { CleanOptions } from '../clean/clean-options.js'
import type { Mode } from '../clean/receipt.js'
import { readLimits } from '../config/limits.js'
import type { Config } from '../config/schema.js'
import { CATEGORIES, type Severity } from '../model/finding.js'

/** What of the configuration a clean goes by. */
export const CLEAN_SETTINGS = [
  'split',
  'taskTimeout',
  'taskMemory',
  'maxRecordBytes',
  'maxPageBytes',
  'maxUnpackedBytes',
  'maxUnpackRatio',
] as const

/** The flags of `clean`, as they are typed. */
interface CleanFlags {
  readonly report: string
  readonly out: string
  readonly mode: Mode
  readonly write: boolean
  readonly 'min-severity': Severity
  readonly finding?: readonly string[] | undefined
  readonly scanner?: readonly string[] | undefined
  readonly category?: readonly string[] | undefined
  readonly decisions?: string | undefined
}

export function cleanOptions(data: readonly string[], flags: CleanFlags, config: Config): CleanOptions {
  return {
    data,
    split: config.split,
    report: flags.report,
    decisions: flags.decisions ?? null,
    out: flags.out,
    mode: flags.mode,
    write: flags.write,
    selection: {
      minSeverity: flags['min-severity'],
      findings: flags.finding ?? [],
      scanners: flags.scanner ?? [],
      categories: CATEGORIES.filter((category) => flags.category?.includes(category)),
    },
    bounds: { deadlineMs: config.taskTimeout * 1000, memoryBytes: config.taskMemory },
    limits: readLimits(config),
  }
}
