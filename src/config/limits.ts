import type { Config } from './schema.js'
import type { ReadLimits } from '../model/read-limits.js'

/** The bounds on reading that the options set. */
export function readLimits(config: Config): ReadLimits {
  return {
    recordBytes: config.maxRecordBytes,
    cellLength: config.maxCellLength,
    pageBytes: config.maxPageBytes,
    unpackedBytes: config.maxUnpackedBytes,
    unpackRatio: config.maxUnpackRatio,
  }
}
