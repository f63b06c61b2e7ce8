/** The part of the peer that the test uses; it ships no types. */
declare module 'parquetjs-lite' {
  import type { Writable } from 'node:stream'

  export interface Field {
    readonly type?: string
    readonly compression?: 'UNCOMPRESSED' | 'GZIP' | 'SNAPPY'
    readonly typeLength?: number
    readonly optional?: boolean
    readonly repeated?: boolean
    readonly fields?: Fields
  }

  export type Fields = Readonly<Record<string, Field>>

  interface Writer {
    appendRow(row: Readonly<Record<string, unknown>>): Promise<void>
    close(): Promise<void>
  }

  /** What CommonJS exports: an object. */
  const parquet: {
    readonly ParquetSchema: new (fields: Fields) => object
    readonly ParquetWriter: {
      /** Row groups and pages in rows. */
      openStream(
        schema: object,
        stream: Writable,
        options: { rowGroupSize: number; pageSize: number; useDataPageV2: boolean },
      ): Promise<Writer>
    }
  }
  export default parquet
}
