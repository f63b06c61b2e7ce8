/** The library face: `import { scan } from 'credence'`. */
import { scanners as registry, registryUrl } from '../scanners/index.js'
import { resolveConfig } from '../src/config/load.js'
import type { ConfigInput } from '../src/config/schema.js'
import type { Report } from '../src/model/report.js'
import { scan as run, type ScanProgress } from '../src/scan.js'

export { CredenceError } from '../src/errors.js'
export type { Example, Finding, FlaggedRow, Severity } from '../src/model/finding.js'
export type { Coverage, Report, Verdict } from '../src/model/report.js'
export type { ScanProgress } from '../src/scan.js'
export { defineScanner } from '../src/scanner.js'
export type { DataSetInfo, Pass, PassContext, ScannerDefinition, ScanResult } from '../src/scanner.js'
export type { Embedding, RowBatch } from '../src/model/row-batch.js'

/** The options of the command line, by their names in a configuration file; what is left out has its default. */
export interface ScanOptions extends Partial<ConfigInput> {
  readonly scannerOptions?: Readonly<Record<string, unknown>>
  /** Where relative paths start. */
  readonly cwd?: string
  readonly onProgress?: (progress: ScanProgress) => void
  readonly onNotice?: (line: string) => void
  readonly signal?: AbortSignal
}

/**
 * Scans one data set. Writes nothing but the vector cache; `out` and `format` are for the command line.
 * @param paths files, folders or globs
 * @throws CredenceError when there is nothing to report on: wrong options, no rows, unclear columns, no encoder
 */
export async function scan(paths: string | readonly string[], options: ScanOptions = {}): Promise<Report> {
  const { cwd, onProgress, onNotice, signal, ...settings } = options
  return run({
    paths: typeof paths === 'string' ? [paths] : paths,
    ...(await resolveConfig(settings, registry, cwd)),
    registry: registryUrl,
    ...(cwd === undefined ? {} : { cwd }),
    ...(onProgress === undefined ? {} : { onProgress }),
    ...(onNotice === undefined ? {} : { onNotice }),
    ...(signal === undefined ? {} : { signal }),
  })
}
