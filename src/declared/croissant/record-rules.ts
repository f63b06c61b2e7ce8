/** What Croissant asks of record sets and fields, and of what they refer to. */
import { shown } from '../bounds.js'
import { at, isKeyed, listOf, textAt, textsOf, type Keyed } from '../values.js'
import { referenceOf, type CroissantDocument, type CroissantField, type Problems, type RecordSet } from './document.js'
import { sourceOf, type FieldSource } from './source.js'
import { typesOf, type Terms } from './terms.js'

/** What may be referred to, by identifier. */
interface Known {
  readonly terms: Terms
  readonly files: ReadonlySet<string>
  readonly sets: ReadonlySet<string>
  readonly recordSets: ReadonlySet<string>
  /** Each with the record set that it is of. */
  readonly fields: ReadonlyMap<string, { readonly set: string; readonly field: CroissantField }>
}

export function checkRecords(document: CroissantDocument, problems: Problems): void {
  const known = knownIn(document)
  for (const set of document.recordSets) {
    const name = shown(set.id || 'a record set without a name')
    if (textAt(set.node, '@id') === null) problems.add('id', `the record set ${name} has no @id`)
    if (!typesOf(set.node, known.terms).includes('cr:RecordSet')) {
      problems.add('type', `${name} is no cr:RecordSet but ${shown(at(set.node, '@type'))}`)
    }
    const hasData = at(set.node, 'data') !== undefined
    if (hasData) checkData(set, name, problems)
    for (const field of set.fields) checkField(field, known, hasData, problems)
    checkJoins(set, name, known, problems)
    checkKeys(set, name, problems)
  }
}

function knownIn({ terms, resources, recordSets }: CroissantDocument): Known {
  const fields = new Map<string, { set: string; field: CroissantField }>()
  const add = (set: string, list: readonly CroissantField[]): void => {
    for (const field of list) {
      if (field.id !== '') fields.set(field.id, { set, field })
      add(set, field.subFields)
    }
  }
  for (const set of recordSets) add(set.id, set.fields)
  return {
    terms,
    files: new Set(resources.flatMap(({ id, type }) => (type === 'file' ? [id] : []))),
    sets: new Set(resources.flatMap(({ id, type }) => (type === 'files' ? [id] : []))),
    recordSets: new Set(recordSets.map(({ id }) => id)),
    fields,
  }
}

/** @param isGiven whether the records stand in the document itself, so that no field needs a source */
function checkField(field: CroissantField, known: Known, isGiven: boolean, problems: Problems): void {
  const { node, subFields } = field
  const name = shown(field.id || 'a field without a name')
  if (textAt(node, '@id') === null) problems.add('id', `the field ${name} has no @id`)
  if (!typesOf(node, known.terms).includes('cr:Field')) {
    problems.add('type', `${name} is no cr:Field but ${shown(at(node, '@type'))}`)
  }
  const source = sourceOf(at(node, 'source'))
  const hasValue = at(node, 'value') !== undefined
  if (source === null && !hasValue && !isGiven && subFields.length === 0) {
    problems.add('source', `the field ${name} has neither source nor value`)
  }
  if (source !== null && hasValue) problems.add('source', `the field ${name} has both source and value`)
  if (source !== null) checkSource(source, 'source', name, known, problems)
  const references = sourceOf(at(node, 'references'))
  if (references !== null) checkNamed(references, 'references', name, known, problems)
  if (subFields.length === 0 && !hasType(field, known, 0)) problems.add('dataType', `the field ${name} has no dataType`)
  checkArray(node, name, problems)
  for (const inner of subFields) checkField(inner, known, isGiven, problems)
}

function checkNamed({ named }: FieldSource, what: string, name: string, known: Known, problems: Problems): void {
  if (named.length > 1) problems.add('source', `${what} of ${name} names ${named.map(({ key }) => key).join(' and ')}, not one`)
  for (const { key, id } of named) {
    const isThere =
      key === 'field'
        ? known.fields.has(id) || known.files.has(id) || known.sets.has(id)
        : (key === 'fileObject' ? known.files : known.sets).has(id)
    if (isThere) continue
    const elsewhere = known.files.has(id) || known.sets.has(id) || known.fields.has(id) || known.recordSets.has(id)
    problems.add(
      'reference',
      `${what} of ${name} names the ${key} ${shown(id)}, which is ${elsewhere ? 'something else' : 'not there'}`,
    )
  }
}

const EXTRACTIONS = ['column', 'jsonPath', 'fileProperty'] as const
const FILE_PROPERTIES = ['content', 'filename', 'filepath', 'fullpath', 'lines', 'lineNumbers']
const TEXT_TRANSFORMS = ['format', 'jsonPath', 'regex', 'replace', 'separator', 'delimiter', 'jsonQuery'] as const
const OTHER_TRANSFORMS = ['readLines', 'unArchive'] as const

function checkSource(source: FieldSource, what: string, name: string, known: Known, problems: Problems): void {
  checkNamed(source, what, name, known, problems)
  const { extract } = source
  if (extract !== null) {
    const given = EXTRACTIONS.filter((key) => at(extract, key) !== undefined)
    if (given.length !== 1) {
      const had = given.length === 0 ? 'none' : given.join(' and ')
      problems.add('extract', `extract of ${name} needs one of column, jsonPath and fileProperty; it has ${had}`)
    }
    const property = at(extract, 'fileProperty')
    if (property !== undefined && !FILE_PROPERTIES.some((known) => known === property)) {
      problems.add('extract', `extract of ${name} asks for a property that files do not have: ${shown(property)}`)
    }
  }
  for (const transform of source.transforms) {
    if (!isKeyed(transform)) continue
    const texts = TEXT_TRANSFORMS.filter((key) => at(transform, key) !== undefined)
    if (texts.length > 1) problems.add('transform', `a transform of ${name} has ${texts.join(' and ')}, not one of them`)
    if (texts.length === 0 && !OTHER_TRANSFORMS.some((key) => at(transform, key) !== undefined)) {
      problems.add('transform', `a transform of ${name} does nothing`)
    }
  }
}

const MOST_STEPS = 16

/** By the field itself, or by the one that it takes its values from. */
function hasType({ node }: CroissantField, known: Known, steps: number): boolean {
  if (textsOf(at(node, 'dataType'), 1).length > 0 || isKeyed(at(node, 'dataType'))) return true
  const id = sourceOf(at(node, 'source'))?.named.find(({ key }) => key === 'field')?.id
  const from = id === undefined ? undefined : known.fields.get(id)
  return from !== undefined && steps < MOST_STEPS && hasType(from.field, known, steps + 1)
}

function checkArray(node: Keyed, name: string, problems: Problems): void {
  const shape = at(node, 'arrayShape')
  if (shape === undefined) return
  if (at(node, 'isArray') !== true) problems.add('array', `the field ${name} has arrayShape but is no array`)
  if (typeof shape !== 'string' || !/^\(?-?\d{1,9}(?:, ?-?\d{1,9}){0,31},?\)?$/.test(shape)) {
    problems.add('array', `arrayShape of ${name} is no list of dimensions: ${shown(shape)}`)
  }
}

/** Records that stand in the document have a value for each field, and for nothing else. */
function checkData({ node, fields }: RecordSet, name: string, problems: Problems): void {
  const data = at(node, 'data')
  if (!Array.isArray(data) || data.length === 0) {
    problems.add('data', `data of ${name} is no list of records, or an empty one`)
    return
  }
  const expected = fields.map(({ id }) => id).sort()
  const wrong = (data as unknown[]).find(
    (record) => !isKeyed(record) || JSON.stringify(Object.keys(record).sort()) !== JSON.stringify(expected),
  )
  if (wrong !== undefined) problems.add('data', `a record of ${name} does not have exactly its fields: ${shown(wrong)}`)
}

/** A key names fields of the record set, by identifier or by the end of one. */
function checkKeys({ id, node, fields }: RecordSet, name: string, problems: Problems): void {
  const known = new Set(fields.flatMap((field) => [field.id, textAt(field.node, 'name')]))
  for (const key of listOf(at(node, 'key'))) {
    const named = referenceOf(key)
    if (named === null || known.has(named) || known.has(`${id}/${named}`)) continue
    problems.add('reference', `key of ${name} refers to ${shown(named)}, which is no field of it`)
  }
}

/** Fields from several places need to be told how these go together: `references` from one to the other. */
function checkJoins({ fields }: RecordSet, name: string, known: Known, problems: Problems): void {
  const parent = (source: FieldSource | null): string | null => {
    const id = source?.named[0]?.id
    if (id === undefined) return null
    // A reference to nothing is told of by itself.
    return known.fields.get(id)?.set ?? (known.files.has(id) || known.sets.has(id) ? id : null)
  }
  const sources = new Set<string>()
  const joins = new Set<string>()
  for (const { node } of fields) {
    const from = parent(sourceOf(at(node, 'source')))
    const to = parent(sourceOf(at(node, 'references')))
    if (from !== null) sources.add(from)
    if (from !== null && to !== null) joins.add(JSON.stringify([from, to])).add(JSON.stringify([to, from]))
  }
  const all = [...sources].slice(0, 100)
  for (const [i, a] of all.entries()) {
    for (const b of all.slice(i + 1)) {
      if (joins.has(JSON.stringify([a, b]))) continue
      problems.add('join', `${name} takes fields from ${shown(a)} and from ${shown(b)}, and no references say how they join`)
    }
  }
}
