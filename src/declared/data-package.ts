/** `datapackage.json` (Data Package 1 and 2, https://datapackage.org/standard/data-package/). */
import { boundedJson, MOST_COLUMNS, MOST_FILES, MOST_TERMS, shown } from './bounds.js'
import { CredenceError } from '../errors.js'
import { NOTHING, type Declared, type DeclaredFile, type DeclaredTable, type Problem } from './declaration.js'
import { sha256Of, sizeOf } from './digest-text.js'
import { at, countOf, isKeyed, listOf, textAt, textsOf } from './values.js'

/** @throws CredenceError `format`, `limit` */
export function readDataPackage(text: string): Declared {
  const value = boundedJson(text)
  if (!isKeyed(value)) throw new CredenceError('format', 'it holds no object')
  const problems: Problem[] = []
  const resources = listOf(at(value, 'resources')).slice(0, MOST_FILES)
  if (resources.length === 0) problems.push({ code: 'resources', text: 'it names no resources' })
  const licenses = namesOf(at(value, 'licenses'), ['name', 'path', 'title'])
  const old = textAt(value, 'license')
  return {
    ...NOTHING,
    licenses: licenses.length === 0 && old !== null ? [old] : licenses,
    origins: [...namesOf(at(value, 'sources'), ['path', 'title']), ...textsOf(at(value, 'homepage'), 1)],
    files: resources.flatMap((resource) => filesOf(resource, problems)).slice(0, MOST_FILES),
    tables: resources.flatMap((resource) => tableOf(resource)),
    problems,
    missing: licenses.length === 0 && old === null ? ['licenses'] : [],
  }
}

function filesOf(resource: unknown, problems: Problem[]): DeclaredFile[] {
  const name = shown(textAt(resource, 'name') ?? 'a resource without a name')
  const add = (code: string, text: string): void => {
    if (problems.length < 100) problems.push({ code, text })
  }
  if (textAt(resource, 'name') === null) add('name', 'a resource has no name')
  const paths = textsOf(at(resource, 'path'), MOST_FILES)
  if (paths.length === 0) {
    if (at(resource, 'data') === undefined) add('path', `the resource ${name} has neither path nor data`)
    return []
  }
  for (const path of paths) if (!isSafe(path)) add('path', `the path ${shown(path)} of ${name} leads out of the package`)
  const sha256 = digestOf(at(resource, 'hash') ?? at(at(resource, 'stats'), 'sha256'))
  if (sha256.malformed !== null) add('hash', `the hash of ${name} is of no known form: ${shown(sha256.malformed)}`)
  const bytes = at(resource, 'bytes') ?? at(at(resource, 'stats'), 'bytes')
  const size = sizeOf(bytes)
  if (bytes !== undefined && (size === null || typeof bytes !== 'number'))
    add('bytes', `bytes of ${name} is no number: ${shown(bytes)}`)
  // Digest and size are of all parts together.
  const one = paths.length === 1
  return paths.filter(isSafe).map((path) => ({
    path,
    sha256: one ? sha256.sha256 : null,
    malformed: one ? sha256.malformed : null,
    size: one ? size : null,
    contained: false,
  }))
}

/** `sha256:…`; hexadecimal alone is MD5 by the standard, other algorithms are named. These are not looked at. */
function digestOf(value: unknown): { readonly sha256: string | null; readonly malformed: string | null } {
  if (typeof value === 'string' && /^(?:(?:md5|sha1|sha512):)?(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{128})$/i.test(value.trim())) {
    return { sha256: null, malformed: null }
  }
  return sha256Of(value)
}

/** An address, or a path that stays below the package. */
function isSafe(path: string): boolean {
  return /^https?:\/\//i.test(path) || (!/^(?:[/\\~]|[a-z]:)/i.test(path) && !path.split(/[/\\]/).includes('..'))
}

function tableOf(resource: unknown): DeclaredTable[] {
  const paths = textsOf(at(resource, 'path'), MOST_FILES).filter(isSafe)
  const fields = listOf(at(at(resource, 'schema'), 'fields')).slice(0, MOST_COLUMNS)
  const columns = fields.flatMap((field) => textAt(field, 'name') ?? [])
  const rows = countOf(at(at(resource, 'stats'), 'rows'))
  if (paths.length === 0 || (columns.length === 0 && rows === null)) return []
  const name = textAt(resource, 'name') ?? paths[0] ?? ''
  return [{ name, files: paths, split: null, columns, allColumns: columns.length > 0 && columns.length === fields.length, rows }]
}

/** Of each entry the first of these keys that it has; a text stands for itself. */
function namesOf(value: unknown, keys: readonly string[]): string[] {
  return listOf(value)
    .slice(0, MOST_TERMS)
    .flatMap((item) => {
      if (!isKeyed(item)) return textsOf(item, 1)
      for (const key of keys) {
        const text = textAt(item, key)
        if (text !== null) return [text]
      }
      return []
    })
}
