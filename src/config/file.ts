import { readFile } from 'node:fs/promises'
import { basename, join, relative, resolve } from 'node:path'
import { CredenceError } from '../errors.js'

export const CONFIG_FILES = ['credence.config.yaml', 'credence.config.yml', 'credence.config.json'] as const

/** A configuration file as it is written, before validation. */
export interface ConfigFile {
  readonly absolute: string
  /** As shown to people. */
  readonly path: string
  readonly values: Readonly<Record<string, unknown>>
}

const isCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code

async function read(absolute: string): Promise<string | null> {
  try {
    return await readFile(absolute, 'utf8')
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null
    throw new CredenceError(
      'usage',
      `${absolute}: cannot read the configuration: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    )
  }
}

/** JSON is YAML, so one parser reads both and gives a line for what is wrong. Loaded late: most runs have no file. */
async function parse(text: string, path: string): Promise<Readonly<Record<string, unknown>>> {
  const { LineCounter, parseDocument } = await import('yaml')
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true })
  const [problem] = [...document.errors, ...document.warnings]
  if (problem !== undefined) {
    const { line, col } = lines.linePos(problem.pos[0])
    throw new CredenceError('usage', `${path}:${line}:${col}: ${problem.message}`, { place: { file: path, line: line - 1 } })
  }
  let values: unknown
  try {
    values = document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    throw new CredenceError('usage', `${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
  if (values === null) return {}
  if (typeof values === 'object' && !Array.isArray(values)) return values as Record<string, unknown>
  throw new CredenceError('usage', `${path}: expected keys and values, got ${Array.isArray(values) ? 'a list' : typeof values}`)
}

/**
 * Reads `named`, else the one `credence.config.{yaml,yml,json}` in `cwd`.
 * @returns null when none is named and none is there
 * @throws CredenceError `usage` when it cannot be read, is not valid YAML or JSON, or more than one is there
 */
export async function readConfigFile(cwd: string, named: string | null): Promise<ConfigFile | null> {
  const candidates = named === null ? CONFIG_FILES.map((name) => join(cwd, name)) : [resolve(cwd, named)]
  const found: { absolute: string; text: string }[] = []
  for (const absolute of candidates) {
    const text = await read(absolute)
    if (text !== null) found.push({ absolute, text })
  }
  const [first, second] = found
  if (second !== undefined && first !== undefined) {
    throw new CredenceError('usage', `two configurations: ${basename(first.absolute)} and ${basename(second.absolute)}`, {
      suggestions: ['remove one, or name one with --config FILE'],
    })
  }
  if (first === undefined) {
    if (named === null) return null
    throw new CredenceError('usage', `configuration file not found: ${named}`)
  }
  const path = relative(cwd, first.absolute) || first.absolute
  return { absolute: first.absolute, path, values: await parse(first.text, path) }
}
