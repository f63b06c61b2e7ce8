/** Ids of the fields of parquet.thrift that change when rows go. All others are written as they were read. */

/** FileMetaData. */
export const FILE = { rows: 3, groups: 4, encryption: 8 } as const

/** RowGroup. */
export const GROUP = { columns: 1, bytes: 2, rows: 3, fileOffset: 5, packedBytes: 6, ordinal: 7 } as const

/** ColumnChunk. Of indices: offset and length. */
export const CHUNK = { fileOffset: 2, metadata: 3, offsetIndex: [4, 5], columnIndex: [6, 7] } as const

/** ColumnMetaData. */
export const COLUMN = {
  encodings: 2,
  codec: 4,
  values: 5,
  bytes: 6,
  packedBytes: 7,
  dataPage: 9,
  indexPage: 10,
  dictionaryPage: 11,
  /** Of values and of encodings, sizes and places. */
  statistics: [12, 13, 16, 17],
  bloom: [14, 15],
} as const
