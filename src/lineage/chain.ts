/** The chain of what was made from what, each link of it held against what lies there now. */
import { stat } from 'node:fs/promises'
import { dirname, isAbsolute, relative, resolve } from 'node:path'
import { rootOfFiles, type LineageFile, type LineageRecord, type LineageSource } from './record.js'
import { findLock, findRecords, isRecordName, lockedFiles, readRecord, type FoundLock, type FoundRecord } from './store.js'
import { CredenceError } from '../errors.js'
import { hashFile } from '../read/hash-file.js'
import { readLock } from '../lock/store.js'
import { discoverFiles } from '../read/discover.js'

/** Whether the files are what a record says; `elsewhere`: at a commit, where nobody looked. */
export type EntityState = 'same' | 'changed' | 'missing' | 'elsewhere'

export interface Entity {
  /** As people know it. */
  readonly name: string
  readonly root: string
  readonly files: number
  readonly bytes: number
  readonly state: EntityState
  /** The lock that lists its files, and whether it says the same of them. */
  readonly lock: { readonly path: string; readonly root: string; readonly agrees: boolean } | null
  readonly activities: readonly Activity[]
  /** What does not hold. */
  readonly broken: readonly string[]
  /** What could not be looked at. */
  readonly open: readonly string[]
}

export interface Activity extends Omit<LineageRecord['wasGeneratedBy'], 'parameters'> {
  /** Where the record lies, and its digest. */
  readonly record: string
  readonly sha256: string
  readonly version: string
  readonly parameters: LineageRecord['wasGeneratedBy']['parameters']
  readonly wasDerivedFrom: readonly Entity[]
}

/** Entities of a chain. */
const MOST_ENTITIES = 200

/** What is known of an entity before anybody looks. Paths absolute. */
interface Known {
  readonly name: string
  readonly files: readonly LineageFile[]
  readonly at: string | null
  /** As its user found them; null where nobody says. */
  readonly lock: LineageSource['lock']
  readonly lineage: readonly string[] | null
  /** The lock that it is known from. */
  readonly own?: FoundLock
}

/**
 * @param path a record, a lock, or data: a file, a folder or a pattern
 * @throws CredenceError `not-found`, `usage` for a record or lock that is none or was edited, `limit`, `io`
 */
export async function traceLineage(path: string, cwd: string): Promise<Entity> {
  return new Trace(cwd).entity(await startOf(path, cwd), [])
}

async function startOf(path: string, cwd: string): Promise<Known> {
  const absolute = resolve(cwd, path)
  const named = { at: null, lock: null, lineage: null }
  if (isRecordName(absolute)) {
    const { record, sha256 } = await readRecord(absolute)
    return { ...named, name: path, files: placed(record.entity.files, dirname(absolute)), lineage: [sha256] }
  }
  if (absolute.endsWith('.lock.json')) {
    const lock = await readLock(absolute)
    const known = lockedFiles(absolute, lock)
    const files = [...known].map(([path, file]) => ({ path, ...file }))
    return { ...named, name: path, files, lineage: lock.lineage ?? null, own: { path: absolute, lock, files: known } }
  }
  const { files } = await discoverFiles([path], cwd, null)
  const hashed: LineageFile[] = []
  for (const file of files) {
    const { bytes, sha256 } = await hashFile(file)
    hashed.push({ path: file.absolute, bytes, sha256 })
  }
  return { ...named, name: path, files: hashed }
}

function placed(files: readonly LineageFile[], folder: string): LineageFile[] {
  return files.map((file) => ({ ...file, path: resolve(folder, file.path) }))
}

class Trace {
  #entities = 0
  /** By path, since an input is looked at once. */
  readonly #digests = new Map<string, string>()

  constructor(private readonly cwd: string) {}

  /** @param within digests of the records that lead here: one of them again would be a circle */
  async entity(known: Known, within: readonly string[]): Promise<Entity> {
    if (++this.#entities > MOST_ENTITIES) throw new CredenceError('limit', `the chain has more than ${MOST_ENTITIES} links`)
    const { name, files, at } = known
    const broken: string[] = []
    const open: string[] = []
    const paths = files.map(({ path }) => path)
    const state = at === null ? await this.state(files, broken, open) : 'elsewhere'
    const lock = at === null ? await this.lock(known, broken, open) : null
    const activities: Activity[] = []
    if (at !== null) open.push(`it is at ${at}, where nobody looked`)
    else
      for (const found of await this.records(known, paths, broken, open)) {
        if (within.includes(found.sha256)) broken.push(`${this.near(found.path)} leads back to itself`)
        else activities.push(await this.activity(found, files, [...within, found.sha256], broken))
      }
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
    return { name, root: rootOfFiles(files), files: files.length, bytes, state, lock, activities, broken, open }
  }

  private async state(files: readonly LineageFile[], broken: string[], open: string[]): Promise<EntityState> {
    const states = new Set<EntityState>()
    for (const file of files) {
      const state = await this.fileState(file)
      states.add(state)
      if (state === 'changed') broken.push(`${this.near(file.path)} has other bytes than are recorded`)
      if (state === 'missing') open.push(`${this.near(file.path)} is not there`)
    }
    return states.has('changed') ? 'changed' : states.has('missing') ? 'missing' : 'same'
  }

  private async fileState({ path, bytes, sha256 }: LineageFile): Promise<EntityState> {
    const found = await stat(path).catch(() => null)
    if (found === null) return 'missing'
    // Read only what can be the same: a record may name anything, a device that never ends included.
    if (!found.isFile() || found.size !== bytes) return 'changed'
    let now = this.#digests.get(path)
    if (now === undefined) this.#digests.set(path, (now = (await hashFile({ absolute: path, path: this.near(path) })).sha256))
    return now === sha256 ? 'same' : 'changed'
  }

  private async lock({ files, lock: named, own }: Known, broken: string[], open: string[]): Promise<Entity['lock']> {
    const found = own ?? (await findLock(files.map(({ path }) => path)))
    if (found === null) {
      if (named !== null) open.push('the lock that it had is not there')
      return null
    }
    const path = this.near(found.path)
    const { root } = found.lock
    const agrees = files.every(({ path, bytes, sha256 }) => {
      const locked = found.files.get(path)
      return locked?.bytes === bytes && locked.sha256 === sha256
    })
    if (!agrees) broken.push(`${path} names other bytes for it`)
    if (named !== null && named.root !== root)
      broken.push(`${path} has another root than when it was used: ${root}, not ${named.root}`)
    return { path, root, agrees }
  }

  /** The records of an entity, and whether they are those that its user found. */
  private async records(
    { lineage }: Known,
    paths: readonly string[],
    broken: string[],
    open: string[],
  ): Promise<readonly FoundRecord[]> {
    const { records, faults } = await findRecords(paths)
    broken.push(...faults)
    if (lineage === null) return records
    const there = new Set(records.map(({ sha256 }) => sha256))
    const lost = lineage.filter((sha256) => !there.has(sha256))
    const strange = records.filter(({ sha256 }) => !lineage.includes(sha256))
    for (const { path } of strange) broken.push(`${this.near(path)} is not the record that was there when it was used`)
    if (lost.length > 0 && strange.length === 0) open.push('the record of where it came from is not there')
    return records
  }

  private async activity(
    found: FoundRecord,
    files: readonly LineageFile[],
    within: readonly string[],
    broken: string[],
  ): Promise<Activity> {
    const folder = dirname(found.path)
    const { record, sha256 } = found
    const recorded = new Map(placed(record.entity.files, folder).map((file) => [file.path, file.sha256]))
    const other = files.find((file) => (recorded.get(file.path) ?? file.sha256) !== file.sha256)
    if (other !== undefined) broken.push(`${this.near(other.path)} is not what ${this.near(found.path)} says was made`)
    const wasDerivedFrom: Entity[] = []
    for (const source of record.wasDerivedFrom) wasDerivedFrom.push(await this.entity(this.knownOf(source, folder), within))
    return { ...record.wasGeneratedBy, record: this.near(found.path), sha256, version: record.tool.version, wasDerivedFrom }
  }

  private knownOf({ name, files, at, lock, lineage }: LineageSource, folder: string): Known {
    // What lies on another drive or machine is not looked for.
    const far = files.find(({ path }) => isAbsolute(path) || path.includes('\\') || /^[a-z]:/i.test(path))
    if (at === null && far !== undefined) return { name, files, at: 'another drive', lock, lineage }
    return { name, files: at === null ? placed(files, folder) : files, at, lock, lineage }
  }

  private near(path: string): string {
    const short = relative(this.cwd, path)
    return short.length < path.length ? short : path
  }
}

/** An entity and all that it goes back to. */
export function entitiesOf(entity: Entity): Entity[] {
  return [entity, ...entity.activities.flatMap(({ wasDerivedFrom }) => wasDerivedFrom.flatMap(entitiesOf))]
}
