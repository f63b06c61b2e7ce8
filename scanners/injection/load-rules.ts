/** Reads files of rules, and refuses what cannot work, by file and rule. */
import { hash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { RE2JS } from 're2js'
import { parse } from 'yaml'
import { CredenceError } from '../../src/errors.js'
import { packageRoot } from '../../src/paths.js'
import { RuleMatcher } from './matcher.js'
import type { Pack, Rule } from './rule.js'
import { packSchema } from './rule.js'

export interface CompiledRule extends Rule {
  /** Compiled at first use: most rules never see a keyword of theirs. */
  readonly compiled: () => readonly RE2JS[]
}

export interface RuleSet {
  readonly rules: readonly CompiledRule[]
  /** `name version` of each pack. */
  readonly packs: readonly string[]
  readonly matcher: RuleMatcher
}

export const builtInFolder = join(packageRoot, 'scanners', 'injection', 'rules')

const MOST_BYTES = 4 * 2 ** 20
const loaded = new Map<string, RuleSet>()

/**
 * The built-in rules and those of the user's files. Built-in examples are run in tests, the user's here.
 * @param paths absolute, or relative to the working folder
 * @throws CredenceError `usage` that names file and rule: unreadable, not YAML, an unknown key, a pattern that is not RE2,
 *   an example that fails, an id that is taken
 */
export function loadRules(paths: readonly string[]): RuleSet {
  const key = JSON.stringify(paths.map((path) => resolve(path)))
  const known = loaded.get(key)
  if (known) return known
  const own = readdirSync(builtInFolder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => readPack(join(builtInFolder, name)))
  const added = paths.map((path) => readPack(resolve(path), path))
  for (const pack of added) checkPack(pack)
  const set = ruleSet([...own, ...added])
  loaded.set(key, set)
  return set
}

/** Digest of what the user's files hold. */
export function contentsOf(paths: readonly string[]): string {
  return paths.map((path) => hash('sha256', readFileSync(resolve(path)))).join(' ')
}

/** A pack, and what to call its file. */
export interface ReadPack extends Pack {
  readonly file: string
  readonly compiled: readonly CompiledRule[]
}

export function readPack(path: string, shown = basename(path)): ReadPack {
  const raw = contentOf(path, shown)
  const parsed = packSchema.safeParse(raw)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw refused(shown, ruleAt(raw, issue?.path ?? []), `${(issue?.path ?? []).join('.')}: ${issue?.message ?? 'invalid'}`)
  }
  return { ...parsed.data, file: shown, compiled: parsed.data.rules.map((rule) => compiledRule(rule)) }
}

/** Compiles each pattern and runs each example. */
export function checkPack({ compiled, file }: ReadPack): void {
  for (const rule of compiled) {
    let matcher: RuleMatcher
    try {
      rule.compiled()
      matcher = new RuleMatcher([rule])
    } catch (error) {
      throw refused(file, rule.id, error instanceof Error ? error.message : String(error))
    }
    const matches = (text: string): boolean => matcher.find(text, () => true).length > 0
    const missed = rule.positive.find((text) => !matches(text))
    if (missed !== undefined) throw refused(file, rule.id, `does not match its positive example ${quote(missed)}`)
    const wrong = rule.negative.find(matches)
    if (wrong !== undefined) throw refused(file, rule.id, `matches its negative example ${quote(wrong)}`)
  }
}

function ruleSet(packs: readonly ReadPack[]): RuleSet {
  const taken = new Set<string>()
  for (const { file, rules } of packs) {
    for (const { id } of rules) {
      if (taken.has(id)) throw refused(file, id, 'another rule has this id')
      taken.add(id)
    }
  }
  const rules = packs.flatMap(({ compiled }) => compiled)
  try {
    return { rules, packs: packs.map(({ name, version }) => `${name} ${version}`), matcher: new RuleMatcher(rules) }
  } catch (error) {
    throw refused(packs.at(-1)?.file ?? '', null, error instanceof Error ? error.message : String(error))
  }
}

function compiledRule(rule: Rule): CompiledRule {
  let compiled: readonly RE2JS[] | null = null
  return {
    ...rule,
    compiled: () =>
      (compiled ??= rule.patterns.map((pattern) => RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE | RE2JS.MULTILINE))),
  }
}

function contentOf(path: string, shown: string): unknown {
  try {
    const text = readFileSync(path, 'utf8')
    if (text.length > MOST_BYTES) throw new RangeError(`more than ${MOST_BYTES} characters`)
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

const quote = (text: string): string => JSON.stringify(text.length > 80 ? `${text.slice(0, 80).toWellFormed()}…` : text)

function refused(file: string, rule: string | null, what: string): CredenceError {
  const place = rule === null ? `rule file ${quote(file)}` : `rule file ${quote(file)}, rule ${quote(rule)}`
  return new CredenceError('usage', `${place}: ${what}`)
}
