/** Page indices and bloom filters of column chunks that were copied: they lie apart from the pages, and some hold offsets. */
import type { OutputFile } from './output-file.js'
import { CHUNK, COLUMN } from './parquet-fields.js'
import { i32, i64, integerOf, readStruct, structsOf, writeStruct, type Struct } from './thrift.js'
import type { ByteFile } from '../read/byte-file.js'

/** A chunk's thrift structs, and how far its pages have moved. */
export interface CopiedChunk {
  readonly chunk: Struct
  readonly column: Struct
  readonly delta: number
}

/** OffsetIndex.page_locations, and PageLocation.offset. */
const LOCATIONS = 1
const LOCATION_OFFSET = 1

type Fields = readonly [offset: number, length: number]

/** Writes them behind the row groups. What is not where its chunk says is left out: no reader needs it. */
export async function copyIndices(bytes: ByteFile, out: OutputFile, copied: readonly CopiedChunk[]): Promise<void> {
  const asIs = (index: Uint8Array): Uint8Array => index
  for (const { column } of copied) await move(column, COLUMN.bloom, bytes, out, asIs)
  for (const { chunk } of copied) await move(chunk, CHUNK.columnIndex, bytes, out, asIs)
  for (const { chunk, delta } of copied) await move(chunk, CHUNK.offsetIndex, bytes, out, (index) => shifted(index, delta))
}

async function move(
  struct: Struct,
  [offsetField, lengthField]: Fields,
  bytes: ByteFile,
  out: OutputFile,
  change: (index: Uint8Array) => Uint8Array | null,
): Promise<void> {
  const [offset, length] = [integerOf(struct, offsetField), integerOf(struct, lengthField)]
  struct.delete(offsetField)
  struct.delete(lengthField)
  if (offset <= 0 || length <= 0 || offset + length > bytes.size) return
  const moved = change(bytes.read(offset, length))
  if (moved === null) return
  struct.set(offsetField, i64(out.position))
  struct.set(lengthField, i32(moved.length))
  await out.write(moved)
}

/** An offset index with its pages' places moved; null where it is none. */
function shifted(index: Uint8Array, delta: number): Uint8Array | null {
  try {
    const struct = readStruct(index)
    for (const location of structsOf(struct, LOCATIONS)) {
      location.set(LOCATION_OFFSET, i64(integerOf(location, LOCATION_OFFSET) + delta))
    }
    return writeStruct(struct)
  } catch {
    return null
  }
}
