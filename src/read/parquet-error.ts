import { CredenceError } from '../errors.js'
import type { ErrorCode, ErrorPlace } from '../errors.js'
import type { SourceFile } from './format.js'

/** A `CredenceError` whose message names the file, row group and column. */
export function parquetError(
  code: ErrorCode,
  file: SourceFile,
  message: string,
  place: ErrorPlace = {},
  suggestions: readonly string[] = [],
  cause?: unknown,
): CredenceError {
  const where = [
    ...(place.rowGroup === undefined ? [] : [`row group ${place.rowGroup}`]),
    ...(place.column === undefined ? [] : [`column ${JSON.stringify(place.column)}`]),
  ]
  return new CredenceError(code, [file.path, ...where, message].join(': '), {
    place: { file: file.path, ...place },
    suggestions,
    cause,
  })
}

export function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
