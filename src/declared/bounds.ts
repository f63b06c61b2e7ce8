/** What a metadata file may hold at most. It comes with the data, from whoever made it. */
import { CredenceError } from '../errors.js'

/** Of a whole file. A Croissant document of ten thousand files has about 4 MB. */
export const MOST_BYTES = 16 * 2 ** 20
/** Of the YAML header of a data card. */
export const MOST_HEADER_BYTES = 2 ** 18
const DEEPEST = 64
const MOST_NODES = 1_000_000
/** Files, patterns and tables kept of one metadata file. */
export const MOST_FILES = 10_000
export const MOST_TABLES = 1000
export const MOST_COLUMNS = 4096
export const MOST_PROBLEMS = 100
/** Licences and origins. */
export const MOST_TERMS = 50
/** UTF-16 units of a path or a name that are compared; of a text that is shown. */
export const LONGEST_PATH = 1024
export const LONGEST_SHOWN = 200

/** @throws CredenceError `format` for what is no JSON, `limit` for what is nested or branched too far */
export function boundedJson(text: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    throw new CredenceError('format', `it is not JSON${placeOf(error)}`)
  }
  checkSize(value)
  return value
}

/** Where the parser stopped, without the words around it: a link may point to a file that is nobody's metadata. */
function placeOf(error: unknown): string {
  const at = error instanceof Error ? /at position (\d{1,12})/.exec(error.message)?.[1] : undefined
  return at === undefined ? '' : `, from character ${at} on`
}

/** Walks without recursion, so that depth cannot exhaust the stack. @throws CredenceError `limit` */
export function checkSize(value: unknown): void {
  let level: unknown[] = [value]
  let nodes = 0
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) throw new CredenceError('limit', `it is nested more than ${DEEPEST} levels deep`)
    nodes += level.length
    if (nodes > MOST_NODES) throw new CredenceError('limit', `it holds more than ${MOST_NODES} values`)
    const next: unknown[] = []
    for (const item of level) {
      if (typeof item !== 'object' || item === null) continue
      for (const inner of Array.isArray(item) ? (item as unknown[]) : Object.values(item)) next.push(inner)
    }
    level = next
  }
}

/** Quoted, and no longer than a line can take. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing')
  return JSON.stringify(text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN - 1)}…` : text)
}
