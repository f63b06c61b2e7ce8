/** Reads a file of rules, and refuses what is none, by file and rule. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename } from 'node:path'
import type * as Yaml from 'yaml'
import { CredenceError } from '../../src/errors.js'
import type { Pack } from './rule.js'
import { packSchema } from './rule.js'

const MOST_BYTES = 4 * 2 ** 20

/** A pack, and what to call its file. */
export interface ReadPack extends Pack {
  readonly file: string
}

/** @throws CredenceError `usage` that names file and rule: unreadable, not YAML, an unknown key */
export function readPack(path: string, shown = basename(path)): ReadPack {
  const raw = contentOf(path, shown)
  const parsed = packSchema.safeParse(raw)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw refused(shown, ruleAt(raw, issue?.path ?? []), `${(issue?.path ?? []).join('.')}: ${issue?.message ?? 'invalid'}`)
  }
  return { ...parsed.data, file: shown }
}

function contentOf(path: string, shown: string): unknown {
  try {
    const text = readFileSync(path, 'utf8')
    if (text.length > MOST_BYTES) throw new RangeError(`more than ${MOST_BYTES} characters`)
    // Loaded here, not with the module: a scan with none but built-in rules reads no YAML.
    const { parse } = createRequire(import.meta.url)('yaml') as typeof Yaml
    return parse(text, { maxAliasCount: 100 }) as unknown
  } catch (error) {
    throw refused(shown, null, error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error))
  }
}

/** The id of the rule that an issue lies in, else its place. */
function ruleAt(raw: unknown, path: readonly PropertyKey[]): string | null {
  const [list, index] = path
  if (list !== 'rules' || typeof index !== 'number') return null
  const id = (raw as { rules?: readonly ({ id?: unknown } | null)[] }).rules?.[index]?.id
  return typeof id === 'string' ? id : `number ${index + 1}`
}

export const quote = (text: string): string => JSON.stringify(text.length > 80 ? `${text.slice(0, 80).toWellFormed()}…` : text)

export function refused(file: string, rule: string | null, what: string): CredenceError {
  const place = rule === null ? `rule file ${quote(file)}` : `rule file ${quote(file)}, rule ${quote(rule)}`
  return new CredenceError('usage', `${place}: ${what}`)
}
