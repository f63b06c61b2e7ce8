/** Bounds on reading that a user may have to move. Plain data: it goes to child processes. The others are constants of their readers. */
export interface ReadLimits {
  /** Bytes of one line, CSV record or JSON element. */
  readonly recordBytes: number
  /** UTF-16 units of a cell; what is longer is cut and counted. */
  readonly cellLength: number
  /** Bytes that a Parquet page may unpack to. */
  readonly pageBytes: number
  /** Bytes that a .gz or .zst file may unpack to, … */
  readonly unpackedBytes: number
  /** … and how many for each packed byte, beyond the first 64 MiB. */
  readonly unpackRatio: number
}

export const DEFAULT_READ_LIMITS: ReadLimits = {
  recordBytes: 64 * 2 ** 20,
  // One row must not outweigh a batch.
  cellLength: 2 ** 20,
  pageBytes: 256 * 2 ** 20,
  unpackedBytes: 64 * 2 ** 30,
  unpackRatio: 1000,
}

/** More columns than this is no table of texts; it also bounds what a hostile schema can make us hold. */
export const MAX_COLUMNS = 4096
