/** The part of the peer that the test uses; it ships no types. */
declare module 'parquetjs-lite' {
  import type { Writable } from 'node:stream'

  interface Field {
    readonly type?: string
    readonly compression?: 'UNCOMPRESSED' | 'GZIP' | 'SNAPPY'
    readonly typeLength?: number
    readonly optional?: boolean
    readonly repeated?: boolean
    readonly fields?: Readonly<Record<string, Field>>
  }

  class ParquetSchema {
    constructor(fields: Readonly<Record<string, Field>>)
  }

  class ParquetWriter {
    static openStream(
      schema: ParquetSchema,
      stream: Writable,
      options: { rowGroupSize: number; pageSize: number; useDataPageV2: boolean },
    ): Promise<ParquetWriter>
    appendRow(row: Readonly<Record<string, unknown>>): Promise<void>
    close(): Promise<void>
  }

  const parquet: { readonly ParquetSchema: typeof ParquetSchema; readonly ParquetWriter: typeof ParquetWriter }
  export default parquet
}
