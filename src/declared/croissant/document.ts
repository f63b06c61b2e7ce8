/** A Croissant document, taken apart: its resources, record sets and fields, by identifier. */
import { MOST_COLUMNS, MOST_FILES, MOST_PROBLEMS, MOST_TABLES } from '../bounds.js'
import type { Problem } from '../declaration.js'
import { at, isKeyed, listOf, textAt, textOf, type Keyed } from '../values.js'
import { plainDocument, Terms, typesOf } from './terms.js'

export type ResourceType = 'file' | 'files' | 'other'

export interface Resource {
  readonly id: string
  readonly type: ResourceType
  readonly node: Keyed
}

export interface CroissantField {
  readonly id: string
  readonly node: Keyed
  readonly subFields: readonly CroissantField[]
}

export interface RecordSet {
  readonly id: string
  readonly node: Keyed
  readonly fields: readonly CroissantField[]
}

export interface CroissantDocument {
  readonly terms: Terms
  readonly top: Keyed
  readonly resources: readonly Resource[]
  readonly recordSets: readonly RecordSet[]
}

/** Mistakes, the first ones of many. */
export class Problems {
  readonly list: Problem[] = []

  add(code: string, text: string): void {
    if (this.list.length < MOST_PROBLEMS) this.list.push({ code, text })
  }
}

/** Fields nested deeper than this are not looked at. */
const DEEPEST_FIELD = 8

/** @param value parsed, and checked for depth and size. @returns null where the document is no object */
export function croissantDocument(value: unknown): CroissantDocument | null {
  if (!isKeyed(value)) return null
  const graph = at(value, '@graph')
  const terms = new Terms(at(value, '@context'))
  const plain = plainDocument(value, terms)
  const top = Array.isArray(graph) ? (datasetOf(at(plain, '@graph'), terms) ?? plain) : plain
  if (!isKeyed(top)) return null
  return {
    terms,
    top,
    resources: nodes(top, 'distribution', MOST_FILES).map((node) => ({ id: idOf(node), type: resourceType(node, terms), node })),
    recordSets: nodes(top, 'recordSet', MOST_TABLES).map((node) => ({
      id: idOf(node),
      node,
      fields: fieldsOf(node, 'field', 0),
    })),
  }
}

/** What a value refers to: `{ "@id": … }`, or a text. */
export function referenceOf(value: unknown): string | null {
  return isKeyed(value) ? textAt(value, '@id') : textOf(value)
}

/** What a node is called where it has no identifier: in words for people. */
export function idOf(node: Keyed): string {
  return textAt(node, '@id') ?? textAt(node, 'name') ?? ''
}

/** The dataset of a document that lists its nodes in `@graph`. */
function datasetOf(graph: unknown, terms: Terms): Keyed | null {
  const found = listOf(graph).find((node) => isKeyed(node) && typesOf(node, terms).includes('sc:Dataset'))
  return isKeyed(found) ? found : null
}

function nodes(parent: Keyed, key: string, most: number): Keyed[] {
  return listOf(at(parent, key)).slice(0, most).filter(isKeyed)
}

function fieldsOf(parent: Keyed, key: string, depth: number): CroissantField[] {
  if (depth > DEEPEST_FIELD) return []
  return nodes(parent, key, MOST_COLUMNS).map((node) => ({
    id: idOf(node),
    node,
    subFields: fieldsOf(node, 'subField', depth + 1),
  }))
}

function resourceType(node: Keyed, terms: Terms): ResourceType {
  const types = typesOf(node, terms)
  if (types.includes('cr:FileObject')) return 'file'
  return types.includes('cr:FileSet') ? 'files' : 'other'
}
