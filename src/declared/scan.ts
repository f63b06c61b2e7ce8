/** The metadata's part of a scan: read before the passes, weighed against what they saw. */
import type { Config } from '../config/schema.js'
import { findMetadata } from './find.js'
import { readAll } from './open.js'
import { weigh, type Weighed } from './weigh.js'
import type { GivenRows } from '../model/provenance.js'
import type { FileReceipt } from '../model/report.js'
import type { DataSet } from '../read/dataset.js'

interface Request {
  readonly config: Pick<Config, 'metadata' | 'split' | 'taskTimeout' | 'taskMemory'>
  readonly paths: readonly string[]
  readonly only?: readonly Float64Array[]
  readonly cwd?: string
  readonly signal?: AbortSignal
}

export interface DeclaredWork {
  /** @param rows what the scanner of provenance came to; undefined where it did not */
  readonly weigh: (receipts: readonly FileReceipt[], rows: unknown) => Weighed
}

/**
 * @param isWanted whether its findings are asked for
 * @returns null where they are not, and where rows come from standard input
 * @throws CredenceError `not-found` where `--metadata` names nothing
 */
export async function declaredOf(
  request: Request,
  { files, temporary }: DataSet,
  isWanted: boolean,
): Promise<DeclaredWork | null> {
  if (!isWanted) return null
  const { config, paths, only, cwd = process.cwd(), signal } = request
  const { metadata, split, taskTimeout, taskMemory } = config
  const absolute = files.map((file) => file.absolute)
  const named = metadata === 'auto' || metadata === 'off' ? null : metadata
  const looks = metadata !== 'off' && (temporary === null || named !== null)
  const found = looks ? findMetadata(temporary === null ? paths : [], temporary === null ? absolute : [], named, cwd) : []
  const declarations = await readAll(found, { deadlineMs: taskTimeout * 1000, memoryBytes: taskMemory }, signal)
  return {
    weigh: (receipts, rows) =>
      weigh(declarations, {
        files,
        receipts,
        paths,
        cwd,
        isPart: split !== null || only !== undefined,
        rows: (rows as GivenRows | undefined) ?? null,
      }),
  }
}
