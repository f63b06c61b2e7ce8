import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import { CredenceError } from '../errors.js'
import { loadPlugins, pluginUrl } from '../plugins.js'
import type { ScannerDefinition } from '../scanner.js'
import { readConfigFile } from './file.js'
import { fromText, keyOfVariable, flagName, variableName } from './names.js'
import { withinMemory } from './memory.js'
import { nearest } from './near.js'
import { type Config, type ConfigKey, configKeys, configSchema, optionMeta } from './schema.js'

export interface ConfigSources {
  readonly scanners: readonly ScannerDefinition[]
  /** Values from the command line by option key, as typed. */
  readonly flags?: Readonly<Partial<Record<ConfigKey, unknown>>>
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly cwd?: string
  /** From `--config`; null looks for one in `cwd`. */
  readonly file?: string | null
}

/** Settings, and what they are settings of. */
export interface ResolvedConfig {
  readonly config: Config
  /** Those given, and those of plugins. */
  readonly scanners: readonly ScannerDefinition[]
}

export interface LoadedConfig extends ResolvedConfig {
  /** The configuration file that was read, as shown to people. */
  readonly file: string | null
  /** Lines for standard error: settings that were not understood but do no harm. */
  readonly notices: readonly string[]
}

/** Values so far, and for each top-level key the words that name where it was set. */
interface Layers {
  readonly values: Map<string, unknown>
  readonly origins: Map<string, string>
}

/** Variables of ours that are not options. */
const OTHER_VARIABLES = ['CONFIG', 'DEBUG', 'ROOT', 'PROGRESS', 'DATA', 'CORPORA', 'STATE_KEY'].map((name) => `CREDENCE_${name}`)

/**
 * Defaults, then the configuration file, then `CREDENCE_*`, then flags; the later wins.
 * @throws CredenceError `usage`, naming the key, where it was set, and a near name
 */
export async function loadConfig(sources: ConfigSources): Promise<LoadedConfig> {
  const { scanners, flags = {}, env = process.env, cwd = process.cwd() } = sources
  const layers: Layers = { values: new Map(), origins: new Map() }
  const file = await readConfigFile(cwd, sources.file ?? (env['CREDENCE_CONFIG'] || null))
  for (const [key, value] of Object.entries(file?.values ?? {})) {
    set(layers, key, fromFolder(key, value, dirname(file?.absolute ?? cwd)), `${key} in ${file?.path}`)
  }
  const notices = readEnvironment(env, layers)
  for (const key of configKeys) {
    const value = flags[key]
    if (value !== undefined) set(layers, key, typeof value === 'string' ? fromText(key, value) : value, `--${flagName(key)}`)
  }
  return { ...(await resolved(layers, scanners, cwd)), file: file?.path ?? null, notices }
}

/**
 * Settings given by a program, with defaults for the rest.
 * @param cwd where plugins are meant from
 * @throws CredenceError `usage`
 */
export async function resolveConfig(
  values: Readonly<Record<string, unknown>>,
  scanners: readonly ScannerDefinition[],
  cwd = process.cwd(),
): Promise<ResolvedConfig> {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined)
  return resolved({ values: new Map(entries), origins: new Map() }, scanners, cwd)
}

/** Loads plugins before anything is validated: their ids and options are settings. */
async function resolved(layers: Layers, given: readonly ScannerDefinition[], cwd: string): Promise<ResolvedConfig> {
  const scanners = [...given, ...(await plugins(layers, given, cwd))]
  return { config: withinMemory(validate(layers, scanners)), scanners }
}

function set({ values, origins }: Layers, key: string, value: unknown, origin: string): void {
  values.set(key, value)
  origins.set(key, origin)
}

/** Those that the settings name. What is no list of names is refused with the rest. */
async function plugins(
  { values }: Layers,
  scanners: readonly ScannerDefinition[],
  folder: string,
): Promise<readonly ScannerDefinition[]> {
  const names = z.array(z.string().min(1)).safeParse(values.get('plugins'))
  if (!names.success) return []
  const urls = names.data.map((name) => pluginUrl(name, folder))
  values.set('plugins', urls)
  return loadPlugins(
    urls,
    scanners.map(({ id }) => id),
  )
}

/** A folder or a module named in a file is meant from where that file lies. */
function fromFolder(key: string, value: unknown, folder: string): unknown {
  if (key === 'plugins' && Array.isArray(value))
    return value.map((name: unknown) => (typeof name === 'string' && name !== '' ? pluginUrl(name, folder) : name))
  const known = configKeys.find((name) => name === key)
  if (known === undefined || typeof value !== 'string' || value === '') return value
  const meta = optionMeta(known)
  return meta.folder === true && meta.words?.includes(value) !== true ? resolve(folder, value) : value
}

function readEnvironment(env: Readonly<Record<string, string | undefined>>, layers: Layers): string[] {
  const notices: string[] = []
  for (const [name, text] of Object.entries(env)) {
    if (!name.startsWith('CREDENCE_') || text === undefined || OTHER_VARIABLES.includes(name)) continue
    const key = keyOfVariable.get(name)
    if (key !== undefined) {
      if (text !== '') set(layers, key, fromText(key, text), name)
      continue
    }
    const prefix = 'CREDENCE_'.length
    const near = nearest(
      name.slice(prefix),
      configKeys.map((known) => variableName(known).slice(prefix)),
    )
    if (near === null) notices.push(`${name} is not a setting; ignored`)
    else throw new CredenceError('usage', `unknown variable ${name}`, { suggestions: [`did you mean CREDENCE_${near}?`] })
  }
  return notices
}

function validate(layers: Layers, scanners: readonly ScannerDefinition[]): Config {
  const result = configSchema(scanners).safeParse(Object.fromEntries(layers.values))
  if (result.success) return result.data
  const [issue] = result.error.issues
  if (issue === undefined) throw new CredenceError('internal', 'configuration refused without a reason')
  throw issue.code === 'unrecognized_keys' ? unknownKey(issue, layers, scanners) : badValue(issue, layers)
}

function unknownKey(
  issue: z.core.$ZodIssueUnrecognizedKeys,
  { origins }: Layers,
  scanners: readonly ScannerDefinition[],
): CredenceError {
  const [key = ''] = issue.keys
  const path = [...issue.path, key].map(String)
  const origin = origins.get(String(path[0]))
  const known = knownKeys(issue.path.map(String), scanners)
  const near = nearest(key, known)
  const where = origin === undefined ? '' : origin.replace(/^.* in /, ' in ')
  const hint = near !== null ? `did you mean ${near}?` : known.length === 0 ? 'it has no options' : `known: ${known.join(', ')}`
  return new CredenceError('usage', `unknown key ${path.join('.')}${where}`, { suggestions: [hint] })
}

function knownKeys(path: readonly string[], scanners: readonly ScannerDefinition[]): string[] {
  if (path.length === 0) return [...configKeys, 'scannerOptions']
  if (path.length === 1) return scanners.map(({ id }) => id)
  const options: unknown = scanners.find(({ id }) => id === path[1])?.options
  if (typeof options !== 'object' || options === null || !('shape' in options)) return []
  return Object.keys(options.shape as object)
}

function badValue(issue: z.core.$ZodIssue, { values, origins }: Layers): CredenceError {
  const [head = '', ...rest] = issue.path.map(String)
  let actual: unknown = Object.fromEntries(values)
  for (const step of issue.path) actual = (actual as Record<PropertyKey, unknown> | undefined)?.[step]
  const origin = origins.get(head) ?? head
  // In a file the inner path belongs to the key; a flag or variable has no inner path worth naming but an index.
  const name = origin.startsWith(`${head} in `) ? [head, ...rest].join('.') + origin.slice(head.length) : origin
  const allowed = 'values' in issue ? issue.values.map(String) : []
  const near = typeof actual === 'string' ? nearest(actual, allowed) : null
  const suggestions =
    near !== null
      ? [`did you mean ${near}?`]
      : issue.code === 'invalid_value' && !issue.message.startsWith('Invalid')
        ? [`one of: ${allowed.join(', ')}`]
        : []
  return new CredenceError('usage', `${name}: got ${shown(actual)}, ${plain(issue)}`, { suggestions })
}

function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}

/** Zod's words, and the innermost ones where a value may be of several types. */
function plain(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom') return issue.message
  if (issue.code === 'invalid_union') {
    const branches = issue.errors.flat().map(plain)
    return [...new Set(branches)].join(' or ')
  }
  return issue.message.replace(/^Invalid (input|option|value): /, '').replace(/^[A-Z]/, (letter) => letter.toLowerCase())
}
