/** One column chunk written again with some of its rows left out, at the level of physical values and levels. */
import type { ColumnMetaData, ParquetType, SchemaTree } from 'hyparquet'
import { DEFAULT_PARSERS } from 'hyparquet/src/convert.js'
import { readDataPage, readDataPageV2 } from 'hyparquet/src/datapage.js'
import { readPlain } from 'hyparquet/src/plain.js'
import { getMaxDefinitionLevel, getMaxRepetitionLevel, isFlatColumn } from 'hyparquet/src/schema.js'
import { writableCodec, type PageCodec } from './parquet-codecs.js'
import { dataPage, dictionaryPage, encodeIndices, encodePlain, PLAIN, RLE_DICTIONARY } from './parquet-pages.js'
import type { EncodedPage, PhysicalValue } from './parquet-pages.js'
import type { ByteFile } from '../read/byte-file.js'
import { PageCursor, type Doubt, type Fail, type Page } from '../read/parquet-pages.js'
import { readyPage, unpackedDecoder, type LeafDecoder } from '../read/parquet-runs.js'

/** Where a chunk's pages come from, and what is done to its rows. */
export interface ChunkSource {
  readonly bytes: ByteFile
  readonly chunk: ColumnMetaData
  /** Schema nodes from the column to the leaf. */
  readonly path: readonly SchemaTree[]
  readonly rows: number
  /** By row of the group. */
  readonly keeps: (row: number) => boolean
  /** Another value in place of one of a row, or the same. */
  readonly edit: (value: PhysicalValue, row: number) => PhysicalValue
  readonly maxPageBytes: number
  readonly fail: Fail
  readonly doubt: Doubt
}

export interface WrittenChunk {
  readonly pages: readonly EncodedPage[]
  readonly codec: PageCodec
  /** Levels of all data pages. */
  readonly values: number
  readonly hasDictionary: boolean
  readonly hasPlain: boolean
}

/** A data page without the rows that go: values, or indices of the new dictionary. */
interface KeptPage {
  readonly repetition: number[]
  readonly definition: number[]
  readonly values: PhysicalValue[]
  readonly indices: number[]
  readonly isIndexed: boolean
}

/** Types whose bits are carried in a wider or plainer one, so that NaNs and INT96 stay what they are. */
const CARRIER: Partial<Record<ParquetType, ParquetType>> = { FLOAT: 'INT32', DOUBLE: 'INT64', INT96: 'FIXED_LEN_BYTE_ARRAY' }
const INT96_BYTES = 12

/** @throws CredenceError through `fail`, and whatever hyparquet throws on damaged pages */
export function rewriteChunk(source: ChunkSource): WrittenChunk {
  const { chunk, path, fail } = source
  const decoder = decoderOf(chunk, path)
  const cursor = new PageCursor(source.bytes, chunk, isFlatColumn(decoder.schemaPath), source.maxPageBytes, fail, source.doubt)
  const dictionary = new Dictionary(fail)
  const rows = new RowFilter(source, decoder, dictionary)
  const kept: KeptPage[] = []
  for (let page = cursor.next(); page !== null; page = cursor.next()) {
    if (page.header.type === 'DICTIONARY_PAGE') dictionary.values = dictionaryOf(page, decoder)
    else {
      const part = rows.filter(page)
      if (part.definition.length > 0) kept.push(part)
    }
  }
  rows.finish()
  return encode(kept, dictionary, decoder, writableCodec(chunk.codec))
}

function encode(kept: readonly KeptPage[], dictionary: Dictionary, decoder: LeafDecoder, codec: PageCodec): WrittenChunk {
  const repetition = getMaxRepetitionLevel(decoder.schemaPath)
  const definition = getMaxDefinitionLevel(decoder.schemaPath)
  const hasDictionary = kept.some((page) => page.isIndexed)
  const pages = kept.map((page) =>
    dataPage(
      page.definition.length,
      { values: page.repetition, most: repetition },
      { values: page.definition, most: definition },
      page.isIndexed
        ? { encoding: RLE_DICTIONARY, bytes: encodeIndices(page.indices, dictionary.used.length) }
        : { encoding: PLAIN, bytes: encodePlain(page.values, decoder.type) },
      codec,
    ),
  )
  const entries = encodePlain(dictionary.used, decoder.type)
  return {
    pages: hasDictionary ? [dictionaryPage(dictionary.used.length, entries, codec), ...pages] : pages,
    codec,
    values: kept.reduce((total, page) => total + page.definition.length, 0),
    hasDictionary,
    hasPlain: kept.some((page) => !page.isIndexed),
  }
}

function decoderOf(chunk: ColumnMetaData, path: readonly SchemaTree[]): LeafDecoder {
  const root: SchemaTree = { children: [], count: 0, element: { name: 'root' }, path: [] }
  const element = path[path.length - 1]!.element
  const type = CARRIER[chunk.type] ?? chunk.type
  return {
    ...chunk,
    type,
    pathInSchema: chunk.path_in_schema,
    element: chunk.type === 'INT96' ? { ...element, type_length: INT96_BYTES } : element,
    schemaPath: [root, ...path],
    parsers: DEFAULT_PARSERS,
  }
}

function dictionaryOf(page: Page, decoder: LeafDecoder): readonly PhysicalValue[] {
  const { reader, header } = readyPage(page, decoder)
  const values = readPlain(reader, decoder.type, header.dictionary_page_header?.num_values ?? 0, decoder.element.type_length)
  return Array.from(values as ArrayLike<PhysicalValue>)
}

/** The chunk's dictionary, and the part of it that is still used: what only removed rows held is not written. */
class Dictionary {
  values: readonly PhysicalValue[] | null = null
  readonly used: PhysicalValue[] = []
  readonly #places = new Map<number, number>()
  readonly #added = new Map<string, number>()
  #known: ReadonlyMap<string, number> | null = null
  readonly #fail: Fail

  constructor(fail: Fail) {
    this.#fail = fail
  }

  at(index: number): PhysicalValue {
    return this.values?.[index] ?? this.#fail('format', `a page points at entry ${index} of its dictionary, which is not there`)
  }

  /** Index of an entry in the new dictionary. */
  keep(index: number): number {
    let place = this.#places.get(index)
    if (place === undefined) this.#places.set(index, (place = this.used.push(this.at(index)) - 1))
    return place
  }

  /** Index of a value that may be new: no entry is written twice, as readers make categories of them. */
  add(value: PhysicalValue): number {
    this.#known ??= new Map(this.values?.map((entry, index) => [keyOf(entry), index]))
    const key = keyOf(value)
    const known = this.#known.get(key)
    if (known !== undefined) return this.keep(known)
    let place = this.#added.get(key)
    if (place === undefined) this.#added.set(key, (place = this.used.push(value) - 1))
    return place
  }
}

function keyOf(value: PhysicalValue): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value)
}

/** Follows the rows of a chunk from page to page: a list may go on in the next one. */
class RowFilter {
  #row = -1
  readonly #source: ChunkSource
  readonly #decoder: LeafDecoder
  readonly #dictionary: Dictionary
  readonly #mostDefinition: number

  constructor(source: ChunkSource, decoder: LeafDecoder, dictionary: Dictionary) {
    this.#source = source
    this.#decoder = decoder
    this.#dictionary = dictionary
    this.#mostDefinition = getMaxDefinitionLevel(decoder.schemaPath)
  }

  filter(page: Page): KeptPage {
    const { reader, header } = readyPage(page, this.#decoder)
    const bytes = new Uint8Array(reader.view.buffer)
    const own = header.data_page_header ?? header.data_page_header_v2!
    const { repetitionLevels, definitionLevels, dataPage } = header.data_page_header
      ? readDataPage(bytes, header.data_page_header, this.#decoder)
      : readDataPageV2(bytes, header, unpackedDecoder(this.#decoder))
    const isIndexed = own.encoding.endsWith('_DICTIONARY')
    const out: KeptPage = { repetition: [], definition: [], values: [], indices: [], isIndexed }
    const values = dataPage as ArrayLike<PhysicalValue>
    let at = 0
    for (let i = 0; i < own.num_values; i++) {
      const repetition = repetitionLevels[i] ?? 0
      const definition = definitionLevels?.[i] ?? this.#mostDefinition
      if (repetition === 0) this.#row++
      if (this.#row < 0) this.#source.fail('format', 'the first page begins within a list')
      const isPresent = definition === this.#mostDefinition
      if (this.#source.keeps(this.#row)) {
        out.repetition.push(repetition)
        out.definition.push(definition)
        if (isPresent) this.#keep(out, values[at])
      }
      if (isPresent) at++
    }
    if (at !== values.length) this.#source.fail('format', `a page has ${values.length} values where its levels ask for ${at}`)
    return out
  }

  /** @throws CredenceError `format` where the pages hold another number of rows than their group */
  finish(): void {
    const { rows, fail } = this.#source
    if (this.#row + 1 !== rows) fail('format', `the chunk holds ${this.#row + 1} rows, its row group declares ${rows}`)
  }

  #keep({ values, indices, isIndexed }: KeptPage, stored: PhysicalValue | undefined): void {
    if (stored === undefined) return this.#source.fail('format', `row ${this.#row} of the chunk has no value`)
    const value = isIndexed ? this.#dictionary.at(Number(stored)) : stored
    const edited = this.#source.edit(value, this.#row)
    if (!isIndexed) values.push(edited)
    else indices.push(edited === value ? this.#dictionary.keep(Number(stored)) : this.#dictionary.add(edited))
  }
}
