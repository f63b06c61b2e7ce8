/** What Croissant 1.0 and 1.1 ask of the data set as a whole. */
import { at, isKeyed, listOf, textAt, textOf, textsOf, type Keyed } from '../values.js'
import { shown } from '../bounds.js'
import type { CroissantDocument, Problems } from './document.js'
import { typesOf } from './terms.js'
import { isRaiTerm } from './vocabulary.js'

/** "Required" of the specification, but for those whose absence is a mistake of structure. */
const REQUIRED = ['name', 'description', 'license', 'url', 'creator', 'datePublished', 'distribution'] as const

const VERSION = /^https?:\/\/mlcommons\.org\/croissant\/(\d+\.\d+)\/?$/
const READ_VERSIONS = ['1.0', '1.1']

/** `1.1`; null where the document names none. */
function versionOf({ top }: CroissantDocument): string | null {
  const versions = textsOf(at(top, 'conformsTo'), 20).flatMap((text) => VERSION.exec(text)?.[1] ?? [])
  return versions.find((version) => READ_VERSIONS.includes(version)) ?? versions[0] ?? null
}

export function checkDataset(document: CroissantDocument, problems: Problems): void {
  const { top, terms } = document
  const types = typesOf(top, terms)
  // `Dataset` alone is schema.org's, by the vocabulary that contexts of Croissant name.
  if (!types.includes('sc:Dataset') && !types.includes('Dataset')) {
    problems.add('type', `@type is not sc:Dataset but ${shown(at(top, '@type'))}`)
  }
  const version = versionOf(document)
  if (version === null || !READ_VERSIONS.includes(version)) {
    const given = at(top, 'conformsTo')
    problems.add(
      'version',
      given === undefined
        ? 'conformsTo is missing: it must name http://mlcommons.org/croissant/1.0 or 1.1'
        : `conformsTo names no version of Croissant that is known: ${shown(given)}`,
    )
  }
  for (const key of ['datePublished', 'dateCreated', 'dateModified']) {
    const value = at(top, key)
    if (value !== undefined && !isDate(value)) problems.add('date', `${key} is no date of ISO 8601: ${shown(value)}`)
  }
  for (const license of listOf(at(top, 'license'))) {
    if (textOf(license) === null && !isWork(license)) problems.add('license', `license is no text and no work: ${shown(license)}`)
  }
  for (const key of ['creator', 'publisher']) checkAgents(document, key, problems)
  const { length } = listOf(at(top, 'distribution')).filter((node) => !isKeyed(node))
  if (length > 0) problems.add('type', `distribution holds ${length} values that are no objects`)
  for (const key of Object.keys(top)) {
    if (key.startsWith('rai:') && !isRaiTerm(key)) problems.add('rai', `no term of the responsible-AI vocabulary: ${shown(key)}`)
  }
}

export function missingOf({ top }: CroissantDocument): string[] {
  return REQUIRED.filter((key) => {
    const value = at(top, key)
    return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
  })
}

function checkAgents({ top, terms }: CroissantDocument, key: string, problems: Problems): void {
  for (const agent of listOf(at(top, key))) {
    const types = isKeyed(agent) ? typesOf(agent, terms).map((type) => type.replace(/^sc:/, '')) : []
    if (!types.some((type) => type === 'Person' || type === 'Organization'))
      problems.add('type', `${key} is neither sc:Person nor sc:Organization: ${shown(agent)}`)
  }
}

function isWork(value: unknown): boolean {
  return isKeyed(value) && (textAt(value, 'name') ?? textAt(value, 'url') ?? textAt(value, '@id')) !== null
}

/** Days, months, and instants, as ISO 8601 writes them. */
const DATE = /^\d{4}(?:-?\d{2}(?:-?\d{2}(?:[T ]\d{2}(?::?\d{2}(?::?\d{2}(?:[.,]\d{1,9})?)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?)?)?$/

export function isDate(value: unknown): boolean {
  const text = textOf(value)
  if (text === null || !DATE.test(text)) return false
  const [month, day] = [text.slice(4).replace(/^-/, '').slice(0, 2), /^\d{4}-?\d{2}-?(\d{2})/.exec(text)?.[1]]
  return (
    (month === '' || (Number(month) >= 1 && Number(month) <= 12)) &&
    (day === undefined || (Number(day) >= 1 && Number(day) <= 31))
  )
}

/** A licence as a text, an address, or a work that has one of them. */
export function licenseTexts(top: Keyed, most: number): string[] {
  return listOf(at(top, 'license'))
    .slice(0, most)
    .flatMap((license) => textOf(license) ?? textAt(license, 'url') ?? textAt(license, 'name') ?? textAt(license, '@id') ?? [])
}
