/** Options that bound what is read. */
import { z } from 'zod'
import { DEFAULT_READ_LIMITS } from '../model/read-limits.js'
import { byteCount, textBytes } from './bytes.js'
import { option } from './option.js'

export const readBounds = {
  maxRecordBytes: option(textBytes(DEFAULT_READ_LIMITS.recordBytes), {
    group: 'Scan',
    description: 'longest line, CSV record or JSON element that is read; at most 256MiB',
    placeholder: 'BYTES',
  }),
  maxCellLength: option(
    z
      .int()
      .min(1)
      .max(2 ** 28)
      .default(DEFAULT_READ_LIMITS.cellLength),
    { group: 'Scan', description: 'UTF-16 units of a cell that are read; the rest is cut off, and counted', placeholder: 'N' },
  ),
  maxPageBytes: option(byteCount.prefault(DEFAULT_READ_LIMITS.pageBytes), {
    group: 'Scan',
    description: 'largest Parquet page that is unpacked',
    placeholder: 'BYTES',
  }),
  maxUnpackedBytes: option(byteCount.prefault(DEFAULT_READ_LIMITS.unpackedBytes), {
    group: 'Scan',
    description: 'bytes that a .gz or .zst file may unpack to',
    placeholder: 'BYTES',
  }),
  maxUnpackRatio: option(z.number().min(1).default(DEFAULT_READ_LIMITS.unpackRatio), {
    group: 'Scan',
    description: 'bytes that a .gz or .zst file may unpack to for each packed one, beyond the first 64MiB',
    placeholder: 'N',
  }),
}
