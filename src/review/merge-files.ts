import { existsSync, realpathSync } from 'node:fs'
import writeFileAtomic from 'write-file-atomic'
import { asCredenceError, CredenceError } from '../errors.js'
import { mergeDecisions, readDecisionFile, settle } from './decisions.js'

export interface Merged {
  readonly decisions: number
  readonly reviewers: readonly string[]
  readonly targets: number
  /** Targets about which reviewers differ. */
  readonly conflicts: number
  readonly torn: number
}

/**
 * Brings several reviewers' decisions into one file, whole or not at all.
 * @throws CredenceError `usage` where `out` holds decisions that would be lost, and as `readDecisionFile`
 */
export async function mergeFiles(paths: readonly string[], out: string): Promise<Merged> {
  const given = paths.map((path) => (existsSync(path) ? realpathSync(path) : path))
  if (existsSync(out) && !given.includes(realpathSync(out))) {
    throw new CredenceError('usage', `${out} exists already, and would be lost`, { suggestions: [`name it as well: ${out}`] })
  }
  const files = await Promise.all(paths.map(readDecisionFile))
  const merged = mergeDecisions(files.map(({ decisions }) => decisions))
  const text = merged.map((decision) => `${JSON.stringify(decision)}\n`).join('')
  await writeFileAtomic(out, text, { fsync: true }).catch((error: unknown) => {
    throw asCredenceError(error, 'io', { file: out })
  })
  const settled = [...settle(merged).values()]
  return {
    decisions: merged.length,
    reviewers: [...new Set(merged.map(({ reviewer }) => reviewer))].sort(),
    targets: settled.length,
    conflicts: settled.filter(({ verdict }) => verdict === 'conflict').length,
    torn: files.reduce((sum, { torn }) => sum + torn, 0),
  }
}
