/** Where a scan keeps its states: a folder of its own, which another run can go on from where this one is cut short. */
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { filesOf, type ScanRecord } from './scan-record.js'
import { newStateKey, readState, writeState, type StateKey } from './state-file.js'

/** What interrupted scans leave is removed after a week. */
const KEPT_MS = 7 * 24 * 3600 * 1000
const RECORD = 'record'
const OWNER = 'owner'

/** A child of a run that was killed may still be writing for a moment. */
const LEFT_BEHIND = { recursive: true, force: true, maxRetries: 5, retryDelay: 100 } as const

export interface Workspace {
  readonly folder: string
  readonly key: StateKey
  /** Whether another run could go on from here. */
  readonly resumable: boolean
  /** Where an earlier run was cut short; null where there was none. */
  readonly earlier: ScanRecord | null
  save(record: ScanRecord): void
  /** @param keep for another run; else all is removed */
  close(keep: boolean): Promise<void>
}

interface Stored {
  readonly inputs: string
  readonly record: ScanRecord
}

/** For a scan that nobody may want to go on with. */
export async function temporaryWorkspace(): Promise<Workspace> {
  const folder = await mkdtemp(join(tmpdir(), 'credence-'))
  return {
    folder,
    key: newStateKey(),
    resumable: false,
    earlier: null,
    save: () => undefined,
    close: () => remove(folder),
  }
}

/**
 * @param root made where it is not there
 * @param identity of all that decides what comes out, but for the bytes of the files
 * @param digest of those bytes
 * @param resume whether to look for an earlier run of the same
 */
export async function keptWorkspace(
  root: string,
  identity: unknown,
  digest: Promise<string>,
  resume: boolean,
): Promise<Workspace> {
  mkdirSync(root, { recursive: true, mode: 0o700 })
  removeOld(root)
  const key = sharedKey(root)
  const name = createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 32)
  // Known a while after the start; what is saved before could not be held against the files, so it is not.
  let inputs: string | null = null
  const found = resume ? claim(root, name, key, await digest) : null
  const folder = found?.folder ?? join(root, `${name}-${randomBytes(8).toString('hex')}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(join(folder, OWNER), String(process.pid), { mode: 0o600 })
  digest.then(
    (value) => (inputs = value),
    // A file that cannot be read will be told by the scan itself.
    () => undefined,
  )
  return {
    folder,
    key,
    resumable: true,
    earlier: found?.record ?? null,
    save(record) {
      if (inputs !== null) writeState(join(folder, RECORD), { inputs, record } satisfies Stored, key)
    },
    async close(keep) {
      if (keep && existsSync(join(folder, RECORD))) rmSync(join(folder, OWNER), { force: true })
      else await remove(folder)
    },
  }
}

/** Takes over the latest run of the same scan that no process works on, if it is whole and the files are as they were. */
function claim(root: string, name: string, key: StateKey, inputs: string): { folder: string; record: ScanRecord } | null {
  const left = readdirSync(root)
    .filter((entry) => entry.startsWith(`${name}-`))
    .map((entry) => join(root, entry))
    .filter((folder) => !isOwned(folder))
    .sort((a, b) => modified(b) - modified(a))
  for (const folder of left) {
    try {
      // Of two that try, one renames.
      renameSync(join(folder, RECORD), join(folder, `${RECORD}-${process.pid}`))
      const stored = readState(join(folder, `${RECORD}-${process.pid}`), key) as Stored
      if (stored.inputs !== inputs) throw new Error('other bytes')
      for (const path of filesOf(stored.record)) readState(path, key)
      return { folder, record: stored.record }
    } catch {
      // Cut short before anything was saved, damaged, or of files that have changed since: of no use to anyone.
      rmSync(folder, LEFT_BEHIND)
    }
  }
  return null
}

/** Whether the process that made a folder is alive. */
function isOwned(folder: string): boolean {
  try {
    process.kill(Number(readFileSync(join(folder, OWNER), 'utf8')), 0)
    return true
  } catch (error) {
    // Not permitted means that it lives.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function modified(folder: string): number {
  return statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

function removeOld(root: string): void {
  for (const entry of readdirSync(root, { withFileTypes: true })) {
    const folder = join(root, entry.name)
    if (!entry.isDirectory() || isOwned(folder) || Date.now() - modified(folder) < KEPT_MS) continue
    rmSync(folder, LEFT_BEHIND)
  }
}

/** One key for all of a user's scans, readable by the user alone. */
function sharedKey(root: string): StateKey {
  const path = join(root, 'key')
  if (!existsSync(path)) {
    const own = `${path}.${process.pid}`
    writeFileSync(own, newStateKey(), { mode: 0o600 })
    try {
      // Fails where another process was first; its key stands.
      linkSync(own, path)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    } finally {
      rmSync(own, { force: true })
    }
  }
  return Uint8Array.from(readFileSync(path))
}

async function remove(folder: string): Promise<void> {
  // A child that was just ended may still have been writing.
  await rm(folder, { recursive: true, force: true, maxRetries: 3 })
}
