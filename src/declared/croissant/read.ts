/** A Croissant document as a declaration: what it says of files, columns, licences and origins, and what is wrong with it. */
import { boundedJson, MOST_COLUMNS, MOST_FILES, MOST_TABLES, MOST_TERMS } from '../bounds.js'
import { CredenceError } from '../../errors.js'
import type { Declared, DeclaredFile, DeclaredTable } from '../declaration.js'
import { sha256Of, sizeOf } from '../digest-text.js'
import { at, isKeyed, listOf, textAt, textsOf, type Keyed } from '../values.js'
import { checkDataset, licenseTexts, missingOf } from './dataset-rules.js'
import {
  croissantDocument,
  Problems,
  referenceOf,
  type CroissantDocument,
  type CroissantField,
  type Resource,
} from './document.js'
import { checkRecords } from './record-rules.js'
import { checkResources, containersOf } from './resource-rules.js'
import { columnOf, sourceOf } from './source.js'
import { PROV_ORIGINS } from './vocabulary.js'

const BLANK = /\s/

/** @throws CredenceError `format`, `limit` */
export function readCroissant(text: string): Declared {
  const document = croissantDocument(boundedJson(text))
  if (document === null) throw new CredenceError('format', 'it holds no object')
  const { top } = document
  const problems = new Problems()
  checkDataset(document, problems)
  checkIds(document, problems)
  checkResources(document, problems)
  checkRecords(document, problems)
  return {
    licenses: licenseTexts(top, MOST_TERMS),
    origins: [...PROV_ORIGINS.flatMap((key) => addressesOf(at(top, key))), ...addressesOf(at(top, 'url'))].slice(0, MOST_TERMS),
    files: document.resources.flatMap((resource) => (resource.type === 'file' ? [fileOf(resource)] : [])),
    patterns: document.resources
      .flatMap(({ type, node }) => (type === 'files' ? textsOf(at(node, 'includes'), 1000) : []))
      .slice(0, MOST_FILES),
    tables: tablesOf(document),
    rai: termsOf(top, 'rai:'),
    prov: termsOf(top, 'prov:'),
    problems: problems.list,
    missing: missingOf(document),
  }
}

/** Identifiers are unique, and hold no blanks. */
function checkIds({ resources, recordSets }: CroissantDocument, problems: Problems): void {
  const seen = new Set<string>()
  const take = (node: Keyed): void => {
    const id = textAt(node, '@id')
    if (id === null) return
    if (BLANK.test(id)) problems.add('id', `the @id ${JSON.stringify(id)} holds a blank`)
    if (seen.has(id)) problems.add('id', `the @id ${JSON.stringify(id)} stands for two nodes`)
    seen.add(id)
  }
  const takeFields = (fields: readonly CroissantField[]): void => {
    for (const { node, subFields } of fields) {
      take(node)
      takeFields(subFields)
    }
  }
  for (const { node } of resources) take(node)
  for (const { node, fields } of recordSets) {
    take(node)
    takeFields(fields)
  }
}

function fileOf({ id, node }: Resource): DeclaredFile {
  return {
    path: textAt(node, 'contentUrl') ?? id,
    ...sha256Of(at(node, 'sha256')),
    size: sizeOf(at(node, 'contentSize')),
    contained: containersOf(node).length > 0,
  }
}

/** Of each record set and source, the columns that its fields take. */
function tablesOf({ resources, recordSets }: CroissantDocument): DeclaredTable[] {
  const paths = new Map(
    resources.map(({ id, type, node }): [string, string[]] => [
      id,
      type === 'files' ? textsOf(at(node, 'includes'), 1000) : [textAt(node, 'contentUrl') ?? id],
    ]),
  )
  return recordSets
    .flatMap(({ id, fields }) => {
      const columns = new Map<string, Set<string>>()
      for (const field of fields) collectColumns(field, columns)
      return [...columns].map(([source, names]): DeclaredTable => ({
        name: id,
        files: paths.get(source) ?? [source],
        split: null,
        columns: [...names].slice(0, MOST_COLUMNS),
        allColumns: false,
        rows: null,
      }))
    })
    .slice(0, MOST_TABLES)
}

function collectColumns({ node, subFields }: CroissantField, columns: Map<string, Set<string>>): void {
  const source = sourceOf(at(node, 'source'))
  const column = columnOf(source?.extract ?? null)
  const from = source?.named.find(({ key }) => key !== 'field')?.id
  if (column !== null && from !== undefined) columns.set(from, (columns.get(from) ?? new Set()).add(column))
  for (const inner of subFields) collectColumns(inner, columns)
}

/** Texts, or the addresses and names of what is referred to. */
function addressesOf(value: unknown): string[] {
  return listOf(value)
    .slice(0, MOST_TERMS)
    .flatMap((item) => {
      const text = isKeyed(item) ? (textAt(item, 'url') ?? referenceOf(item) ?? textAt(item, 'name')) : referenceOf(item)
      return text ?? []
    })
}

function termsOf(top: Keyed, prefix: string): string[] {
  return Object.keys(top)
    .filter((key) => key.startsWith(prefix) && listOf(top[key]).length > 0)
    .slice(0, MOST_TERMS)
}
