/** The rules that come with the program: YAML for people, and one file of JSON made from it for programs, which is read faster. */
import { hash } from 'node:crypto'
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packageRoot } from '../../src/paths.js'
import type { ReadPack } from './read-pack.js'
import { readPack } from './read-pack.js'

const builtInFolder = join(packageRoot, 'scanners', 'injection', 'rules')

/** Beside the compiled module. */
const COMPILED = fileURLToPath(new URL('rules.json', import.meta.url))

interface CompiledRules {
  /** Of the files that it was made from. */
  readonly digest: string
  readonly packs: readonly ReadPack[]
}

/**
 * The packs in the order of their files.
 * @param compiled JSON that they are taken from where it was made from these very files
 */
export function builtInPacks(compiled = COMPILED): readonly ReadPack[] {
  return compiledPacks(compiled, digestOf(rulePaths())) ?? packsFromYaml()
}

/** From the YAML itself, checked key by key. */
export function packsFromYaml(): readonly ReadPack[] {
  return rulePaths().map((path) => readPack(path))
}

/**
 * Writes the JSON: part of the build.
 * @throws CredenceError `usage` that names file and rule where a file does not hold rules
 */
export function compileBuiltInRules(path = COMPILED): void {
  const compiled: CompiledRules = { digest: digestOf(rulePaths()), packs: packsFromYaml() }
  // Renamed into place: a process that reads it meanwhile sees all of it or none.
  const unfinished = `${path}.part`
  writeFileSync(unfinished, JSON.stringify(compiled))
  renameSync(unfinished, path)
}

function rulePaths(): string[] {
  return readdirSync(builtInFolder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(builtInFolder, name))
}

function digestOf(paths: readonly string[]): string {
  return hash('sha256', paths.map((path) => hash('sha256', readFileSync(path))).join(' '))
}

/** Null where there are none, or those of other files. */
function compiledPacks(path: string, digest: string): readonly ReadPack[] | null {
  try {
    const compiled = JSON.parse(readFileSync(path, 'utf8')) as CompiledRules
    return compiled.digest === digest ? compiled.packs : null
  } catch {
    return null
  }
}
