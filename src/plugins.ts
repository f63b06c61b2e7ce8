/** Scanners of the user's own: modules named in the configuration, loaded by the parent and by each child process. */
import { createRequire } from 'node:module'
import { isAbsolute, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { CredenceError } from './errors.js'
import { EXACTNESS, SIGNALS } from './model/cross-evidence.js'
import { CATEGORIES } from './model/finding.js'
import type { ScannerDefinition } from './scanner.js'

const isFunction = z.custom<(...args: never[]) => unknown>((value) => typeof value === 'function', 'expected a function')
/** Of whichever copy of zod 4 the plugin has. */
const isSchema = z.custom<z.ZodType>(
  (value) => typeof value === 'object' && value !== null && 'prefault' in value && 'safeParse' in value,
  'expected a schema of zod 4',
)

/** A misspelt signal would be one of its own, and so agree with what it should not. */
const signalSchema = z
  .string()
  .refine(
    (signal) => SIGNALS.some((known) => known === signal) || /^[a-z][a-z\d-]{0,40}\/[a-z\d -]{1,60}$/.test(signal),
    `expected one of ${SIGNALS.join(', ')}, or one named after its scanner: ID/NAME`,
  )

const definitionSchema = z
  .looseObject({
    id: z.string().regex(/^[a-z][a-z\d-]{0,40}$/, 'expected lower-case letters, digits and hyphens'),
    title: z.string().min(1),
    description: z.string().min(1),
    version: z.string().min(1),
    category: z.enum(CATEGORIES),
    messages: z.record(z.string(), z.looseObject({ title: z.string().min(1), help: z.string().min(1) })),
    crossEvidence: z
      .strictObject({
        signals: z.array(signalSchema).min(1),
        exactness: z.enum(EXACTNESS),
        rowsAreRated: z.boolean().optional(),
      })
      .optional(),
    options: isSchema.default(z.strictObject({})),
    skip: isFunction.default(() => () => null),
    passes: isFunction,
  })
  .superRefine(({ id, messages }, context) => {
    for (const name of Object.keys(messages)) {
      if (!name.startsWith(`${id}/`)) context.addIssue({ code: 'custom', message: `expected ${id}/…`, path: ['messages', name] })
    }
  })

/**
 * @param named a path, absolute or beginning with a dot, or a package
 * @param folder where it is meant from
 * @returns the module's URL
 * @throws CredenceError `usage` where there is no such package
 */
export function pluginUrl(named: string, folder: string): string {
  if (named.startsWith('file:')) return named
  if (isAbsolute(named) || /^\.{1,2}[/\\]/.test(named)) return pathToFileURL(resolve(folder, named)).href
  try {
    return pathToFileURL(createRequire(join(folder, 'credence')).resolve(named)).href
  } catch (error) {
    throw new CredenceError('usage', `plugin ${JSON.stringify(named)}: no such package from ${folder}`, {
      suggestions: ['install it there, or name the file: ./my-scanner.js'],
      cause: error,
    })
  }
}

/**
 * The scanners that modules export: as `default`, one or a list, or as a list `scanners`. What a definition leaves out has
 * its default: no options, never skipped.
 * @param urls as {@link pluginUrl} gives them
 * @param taken ids that are not theirs to have
 * @throws CredenceError `usage` where a module cannot be loaded, or exports something else
 */
export async function loadPlugins(urls: readonly string[], taken: readonly string[]): Promise<ScannerDefinition[]> {
  const found: ScannerDefinition[] = []
  for (const url of urls) {
    for (const definition of await definitionsIn(url)) {
      if (taken.includes(definition.id) || found.some(({ id }) => id === definition.id))
        throw refused(url, `there is a scanner ${definition.id} already`)
      found.push(definition)
    }
  }
  return found
}

async function definitionsIn(url: string): Promise<ScannerDefinition[]> {
  let module: { readonly default?: unknown; readonly scanners?: unknown }
  try {
    module = (await import(url)) as typeof module
  } catch (error) {
    throw refused(url, `cannot be loaded: ${error instanceof Error ? error.message : String(error)}`, error)
  }
  const exported = module.scanners ?? module.default
  if (exported === undefined) throw refused(url, 'exports no scanner: expected `export default { id, … }`')
  return (Array.isArray(exported) ? exported : [exported]).map((value: unknown) => {
    const result = definitionSchema.safeParse(value)
    if (result.success) return result.data as unknown as ScannerDefinition
    const [issue] = result.error.issues
    throw refused(url, `is no scanner: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`)
  })
}

function refused(url: string, why: string, cause?: unknown): CredenceError {
  return new CredenceError('usage', `plugin ${url}: ${why}`, { suggestions: ['docs/plugins.md shows one'], cause })
}
