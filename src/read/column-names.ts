import { CredenceError } from '../errors.js'
import type { SourceFile } from './format.js'
import { MAX_COLUMNS } from '../model/read-limits.js'

/**
 * @param names null where a file's schema leaves one out
 * @throws CredenceError `limit` for too many columns; `format` where one has no name; `unsupported` where two have one name: of such columns one would
 *   be scanned and a trainer might read the other
 */
export function checkColumnNames(file: SourceFile, names: readonly (string | null)[]): void {
  const place = { file: file.path }
  if (names.length > MAX_COLUMNS) {
    throw new CredenceError('limit', `${file.path} has ${names.length} columns, the limit is ${MAX_COLUMNS}`, { place })
  }
  const seen = new Set<string>()
  for (const name of names) {
    if (name === null) throw new CredenceError('format', `${file.path} has a column without a name`, { place })
    if (seen.has(name)) {
      throw new CredenceError('unsupported', `${file.path} has two columns called ${JSON.stringify(name)}`, {
        place: { ...place, column: name },
        suggestions: ['rename one of them, or drop it'],
      })
    }
    seen.add(name)
  }
}
