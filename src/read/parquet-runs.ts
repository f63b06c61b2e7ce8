import type { readPage } from 'hyparquet/src/column.js'
import { getMaxDefinitionLevel, getMaxRepetitionLevel } from 'hyparquet/src/schema.js'
import { decompressPage } from 'hyparquet/src/datapage.js'
import { decompressors } from './parquet-codecs.js'
import type { Page } from './parquet-pages.js'

export type LeafDecoder = Parameters<typeof readPage>[2]

/** A packed run ends in whole groups of eight values; some writers pad it further. */
const PACKED_PADDING = 512

/** A page made ready for hyparquet's decoder: unpacked, and its runs known to fit. */
export interface ReadyPage {
  readonly header: Page['header']
  readonly reader: { view: DataView; offset: number }
}

/**
 * Unpacks a page and checks the run-length-encoded parts before they are decoded: hyparquet follows a run of any length,
 * so a few bytes could fill the memory.
 * @throws Error for runs that are longer than the page's values, or parts that are longer than the page
 */
export function readyPage(page: Page, decoder: LeafDecoder): ReadyPage {
  const { header } = page
  const packed = page.body()
  if (header.data_page_header_v2) return readyPageV2(header, header.data_page_header_v2, packed, decoder)
  const bytes = exact(decompressPage(packed, header.uncompressed_page_size, decoder.codec, decompressors))
  const view = new DataView(bytes.buffer)
  if (header.data_page_header) checkRunsV1(view, header.data_page_header, decoder)
  return { header: { ...header, compressed_page_size: bytes.length }, reader: { view, offset: 0 } }
}

/** What the decoder must be told of a page that is ready. */
export function unpackedDecoder(decoder: LeafDecoder): LeafDecoder {
  return { ...decoder, codec: 'UNCOMPRESSED' }
}

/** The bytes in a buffer of their own: decoders look at the whole of it. */
function exact(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength && bytes.buffer instanceof ArrayBuffer
  return whole ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes)
}

type HeaderV1 = NonNullable<Page['header']['data_page_header']>
type HeaderV2 = NonNullable<Page['header']['data_page_header_v2']>

/** Version 1: levels and values are packed together, each part of levels with its length before it. */
function checkRunsV1(view: DataView, header: HeaderV1, { schemaPath, type }: LeafDecoder): void {
  const count = header.num_values
  let at = 0
  let values: number | null = count
  const levels = (most: number): number | null => {
    const length = view.getUint32(at, true)
    const full = checkRuns(view, at + 4, at + 4 + length, widthOf(most), count, most)
    at += 4 + length
    return full
  }
  const repetition = getMaxRepetitionLevel(schemaPath)
  const definition = getMaxDefinitionLevel(schemaPath)
  if (repetition > 0 && schemaPath.length > 1) levels(repetition)
  if (definition > 0) values = levels(definition)
  if (header.encoding === 'RLE' && type === 'BOOLEAN') {
    checkRuns(view, at + 4, at + 4 + view.getUint32(at, true), 1, values ?? count)
  } else if (header.encoding === 'RLE_DICTIONARY' || header.encoding === 'PLAIN_DICTIONARY') {
    if ((values ?? count) > 0) checkRuns(view, at + 1, view.byteLength, view.getUint8(at), values ?? count)
  }
}

/** Version 2: levels lie unpacked before the values, their lengths in the header. */
function readyPageV2(
  header: Page['header'],
  header2: HeaderV2,
  packed: Uint8Array<ArrayBuffer>,
  decoder: LeafDecoder,
): ReadyPage {
  const { num_values: count, num_nulls: nulls, repetition_levels_byte_length: repetition } = header2
  const levels = repetition + header2.definition_levels_byte_length
  if (!(repetition >= 0) || !(levels >= repetition) || levels > packed.length || levels > header.uncompressed_page_size) {
    throw new Error(`levels of ${levels} bytes do not fit their page of ${packed.length}`)
  }
  if (!(nulls >= 0) || nulls > count) throw new Error(`a page of ${count} values declares ${nulls} nulls`)
  const isPacked = header2.is_compressed !== false && decoder.codec !== 'UNCOMPRESSED'
  const size = header.uncompressed_page_size - levels
  const data = isPacked ? decompressPage(packed.subarray(levels), size, decoder.codec, decompressors) : packed.subarray(levels)
  const bytes = new Uint8Array(levels + data.length)
  bytes.set(packed.subarray(0, levels))
  bytes.set(data, levels)
  const view = new DataView(bytes.buffer)
  const { schemaPath } = decoder
  const maxRepetition = getMaxRepetitionLevel(schemaPath)
  const maxDefinition = getMaxDefinitionLevel(schemaPath)
  if (maxRepetition > 0) checkRuns(view, 0, repetition, widthOf(maxRepetition), count)
  if (maxDefinition > 0) checkRuns(view, repetition, levels, widthOf(maxDefinition), count)
  if (header2.encoding === 'RLE') checkRuns(view, levels + 4, view.byteLength, 1, count - nulls)
  if (header2.encoding.endsWith('_DICTIONARY') && count > nulls) {
    checkRuns(view, levels + 1, view.byteLength, view.getUint8(levels), count - nulls)
  }
  const ready = { ...header2, is_compressed: false }
  return {
    header: { ...header, compressed_page_size: bytes.length, uncompressed_page_size: bytes.length, data_page_header_v2: ready },
    reader: { view, offset: 0 },
  }
}

function widthOf(most: number): number {
  return 32 - Math.clz32(most)
}

/**
 * Walks the runs of the RLE and bit-packing hybrid (parquet-format, Encodings.md) without decoding them.
 * @param values how many values will be asked for; what comes after them is not looked at
 * @param most counts the values that are equal to it
 * @returns how many are; null where that would take decoding
 */
function checkRuns(view: DataView, start: number, end: number, width: number, values: number, most?: number): number | null {
  if (end > view.byteLength)
    throw new Error(`runs of ${end - start} bytes do not fit the ${view.byteLength - start} left of their page`)
  const bytes = (width + 7) >> 3
  let equal: number | null = 0
  let seen = 0
  for (let at = start; seen < values && at < end;) {
    let header = 0
    for (let shift = 0, byte = 0x80; byte & 0x80; shift += 7) {
      byte = view.getUint8(at++)
      if (shift > 28) throw new Error('the length of a run is no number')
      header |= (byte & 0x7f) << shift
    }
    const packed = (header & 1) === 1
    const count = packed ? (header >>> 1) * 8 : header >>> 1
    const padding = packed ? PACKED_PADDING : 0
    if (count > values - seen + padding)
      throw new Error(`a run of ${count} values is longer than the ${values - seen} left of its page`)
    if (packed) equal = null
    else if (equal !== null && most !== undefined && view.byteLength > at && view.getUint8(at) === most) equal += count
    at += packed ? (header >>> 1) * width : bytes
    seen += count
  }
  return equal
}
