/** A Croissant 1.0 document for a data set: what its files are, to the byte, and what their columns hold. */
import { CONFORMS_TO, CONTEXT } from './context.js'
import { Identifiers } from './identifiers.js'
import { patternsFor, splitRule, tablesAmong, type DescribedFile, type SplitRule, type Table } from './tables.js'
import { croissantType, type CroissantType } from './types.js'

/** What only people know. */
export interface About {
  readonly name: string
  readonly description: string
  readonly licenses: readonly string[]
  readonly url: string | null
  readonly creators: readonly string[]
  readonly datePublished: string | null
  /** Where the data is from. */
  readonly origins: readonly string[]
}

type Json = Readonly<Record<string, unknown>>

const ENCODINGS: Readonly<Record<string, string>> = {
  parquet: 'application/x-parquet',
  'arrow-file': 'application/vnd.apache.arrow.file',
  'arrow-stream': 'application/vnd.apache.arrow.stream',
  jsonl: 'application/jsonlines',
  json: 'application/json',
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
}
const PACKINGS: Readonly<Record<string, string>> = { gzip: 'application/gzip', zstd: 'application/zstd' }

export function croissantFor(files: readonly DescribedFile[], about: About): Json {
  const ids = new Identifiers()
  const objects = new Map(files.map((file) => [file.path, fileObject(file, ids)]))
  const all = files.map(({ path }) => path)
  const tables = tablesAmong(files)
  const sets = tables.map((table, i) => described(table, tables.length === 1 ? 'records' : `records-${i + 1}`, all, objects, ids))
  const { name, description, licenses, url, creators, datePublished, origins } = about
  return {
    '@context': origins.length === 0 ? CONTEXT : { ...CONTEXT, prov: 'http://www.w3.org/ns/prov#' },
    '@type': 'sc:Dataset',
    name,
    description,
    conformsTo: CONFORMS_TO,
    ...(licenses.length === 0 ? {} : { license: single(licenses.map(work)) }),
    ...(url === null ? {} : { url }),
    ...(creators.length === 0 ? {} : { creator: single(creators.map(agent)) }),
    ...(datePublished === null ? {} : { datePublished }),
    ...(origins.length === 0 ? {} : { 'prov:wasDerivedFrom': single(origins) }),
    distribution: [...objects.values(), ...sets.flatMap(({ fileSet }) => fileSet ?? [])],
    recordSet: sets.flatMap(({ recordSets }) => recordSets),
  }
}

function fileObject({ path, bytes, sha256, format, compression }: DescribedFile, ids: Identifiers): Json {
  return {
    '@type': 'cr:FileObject',
    '@id': ids.take(path),
    name: path.slice(path.lastIndexOf('/') + 1),
    contentUrl: path,
    contentSize: `${bytes} B`,
    encodingFormat: encoding(format, compression),
    sha256,
  }
}

function encoding(format: string, compression: string): string | string[] {
  const own = ENCODINGS[format] ?? 'application/octet-stream'
  const packed = PACKINGS[compression]
  return packed === undefined ? own : [own, packed]
}

interface DescribedTable {
  readonly fileSet: Json | null
  readonly recordSets: readonly Json[]
}

function described(
  table: Table,
  name: string,
  all: readonly string[],
  objects: ReadonlyMap<string, Json>,
  ids: Identifiers,
): DescribedTable {
  const [first] = table.files
  if (first === undefined) return { fileSet: null, recordSets: [] }
  const patterns = table.files.length === 1 ? null : patternsFor(table, all)
  if (patterns === null) {
    // One file, or files that no pattern can name together: each has records of its own.
    return {
      fileSet: null,
      recordSets: table.files.map((file) =>
        recordSet(ids.take(name), { fileObject: { '@id': objects.get(file.path)?.['@id'] } }, file, null, ids),
      ),
    }
  }
  const id = ids.take(`${name}-files`)
  const fileSet: Json = {
    '@type': 'cr:FileSet',
    '@id': id,
    name: id,
    encodingFormat: encoding(first.format, first.compression),
    includes: single(patterns),
  }
  const rule = splitRule(table)
  const set = ids.take(name)
  const splits = rule === null ? null : splitSet(ids.take(`${set}-splits`), rule, ids)
  const split = rule === null || splits === null ? null : { rule, name: splits.name }
  return {
    fileSet,
    recordSets: [...(splits === null ? [] : [splits.set]), recordSet(set, { fileSet: { '@id': id } }, first, split, ids)],
  }
}

/** The splits as records of their own, which the specification asks for. */
function splitSet(id: string, { words }: SplitRule, ids: Identifiers): { readonly set: Json; readonly name: string } {
  const name = ids.take(`${id}/name`)
  const set: Json = {
    '@type': 'cr:RecordSet',
    '@id': id,
    name: id,
    dataType: 'cr:Split',
    key: { '@id': name },
    field: [{ '@type': 'cr:Field', '@id': name, name: 'name', dataType: 'sc:Text' }],
    data: words.map((word) => ({ [name]: word })),
  }
  return { set, name }
}

function recordSet(
  id: string,
  source: Json,
  { columns, jsonRoot }: DescribedFile,
  split: { readonly rule: SplitRule; readonly name: string } | null,
  ids: Identifiers,
): Json {
  const fields = columns.flatMap(({ name, type }) => fieldOf(id, name, croissantType(type), source, jsonRoot, ids) ?? [])
  const own =
    split === null
      ? []
      : [
          {
            '@type': 'cr:Field',
            '@id': ids.take(`${id}/split`),
            name: 'split',
            dataType: 'sc:Text',
            source: { ...source, extract: { fileProperty: 'fullpath' }, transform: { regex: split.rule.regex } },
            references: { field: { '@id': split.name } },
          },
        ]
  return { '@type': 'cr:RecordSet', '@id': id, name: id, field: [...own, ...fields] }
}

const PLAIN_NAME = /^[A-Za-z_]\w{0,200}$/

/** Null for a column that no path can name. */
function fieldOf(
  set: string,
  name: string,
  type: CroissantType,
  source: Json,
  jsonRoot: string | null,
  ids: Identifiers,
): Json | null {
  if (!name.isWellFormed() || (jsonRoot !== null && !PLAIN_NAME.test(name))) return null
  const extract = jsonRoot === null ? { column: name } : { jsonPath: `${jsonRoot}.${name}` }
  const id = ids.take(`${set}/${name}`)
  const common = { '@type': 'cr:Field', '@id': id, name, ...(type.repeated ? { repeated: true } : {}) }
  if (type.members === null) return { ...common, dataType: type.dataType, source: { ...source, extract } }
  return {
    ...common,
    subField: type.members.map((member) => ({
      '@type': 'cr:Field',
      '@id': ids.take(`${id}/${member.name}`),
      name: member.name,
      dataType: member.type.dataType,
      ...(member.type.repeated ? { repeated: true } : {}),
      source: { ...source, extract, transform: { jsonPath: member.name } },
    })),
  }
}

function single<T>(values: readonly T[]): T | readonly T[] {
  return values.length === 1 ? values[0]! : values
}

/** A licence is an address or a work. */
function work(license: string): unknown {
  return /^https?:\/\//i.test(license) ? license : { '@type': 'sc:CreativeWork', name: license }
}

const PERSON = 'person:'

function agent(name: string): Json {
  const isPerson = name.startsWith(PERSON)
  return { '@type': isPerson ? 'sc:Person' : 'sc:Organization', name: isPerson ? name.slice(PERSON.length).trim() : name }
}
