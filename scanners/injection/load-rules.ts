/** The rules of a scan: the built-in ones and the user's, which are refused, by file and rule, where they cannot work. */
import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import type * as Re2 from 're2js'
import { builtInPacks } from './built-in-rules.js'
import { RuleMatcher } from './matcher.js'
import type { ReadPack } from './read-pack.js'
import { quote, readPack, refused } from './read-pack.js'
import type { Rule } from './rule.js'

export interface CompiledRule extends Rule {
  /** Compiled at first use: most rules never see a keyword of theirs. */
  readonly compiled: () => readonly Re2.RE2JS[]
}

/** A pack whose rules can be run. */
export interface CompiledPack extends ReadPack {
  readonly rules: CompiledRule[]
}

export interface RuleSet {
  readonly rules: readonly CompiledRule[]
  /** `name version` of each pack. */
  readonly packs: readonly string[]
  readonly matcher: RuleMatcher
}

const loaded = new Map<string, RuleSet>()
const require = createRequire(import.meta.url)

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
  const own = builtInPacks().map(compiledPack)
  const added = paths.map((path) => compiledPack(readPack(resolve(path), path)))
  for (const pack of added) checkPack(pack)
  const set = ruleSet([...own, ...added])
  loaded.set(key, set)
  return set
}

/** Digest of what the user's files hold. */
export function contentsOf(paths: readonly string[]): string {
  return paths.map((path) => hash('sha256', readFileSync(resolve(path)))).join(' ')
}

/** Compiles each pattern and runs each example. */
export function checkPack({ rules, file }: CompiledPack): void {
  for (const rule of rules) {
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

function ruleSet(packs: readonly CompiledPack[]): RuleSet {
  const taken = new Set<string>()
  for (const { file, rules } of packs) {
    for (const { id } of rules) {
      if (taken.has(id)) throw refused(file, id, 'another rule has this id')
      taken.add(id)
    }
  }
  const rules = packs.flatMap((pack) => pack.rules)
  try {
    return { rules, packs: packs.map(({ name, version }) => `${name} ${version}`), matcher: new RuleMatcher(rules) }
  } catch (error) {
    throw refused(packs.at(-1)?.file ?? '', null, error instanceof Error ? error.message : String(error))
  }
}

export function compiledPack(pack: ReadPack): CompiledPack {
  return { ...pack, rules: pack.rules.map(compiledRule) }
}

function compiledRule(rule: Rule): CompiledRule {
  let compiled: readonly Re2.RE2JS[] | null = null
  return { ...rule, compiled: () => (compiled ??= rule.patterns.map(compilePattern)) }
}

function compilePattern(pattern: string): Re2.RE2JS {
  // Loaded at the first keyword, which most data never has.
  const { RE2JS } = require('re2js') as typeof Re2
  return RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE | RE2JS.MULTILINE)
}
