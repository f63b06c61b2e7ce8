import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readState, writeState, type StateKey } from '../state-file.js'
import { openStore, pathIn, type Store } from '../../storage/store.js'
import { CredenceError } from '../../errors.js'

/** What the machines of one scan share: values by name, encrypted as all states are. */
export class ScanFolder {
  private copies = 0

  private constructor(
    readonly store: Store,
    readonly key: StateKey,
    /** Copies on this machine, while one is read or written. */
    private readonly here: string,
  ) {}

  /** @param address a folder, `file:///FOLDER`, or `s3://BUCKET/PREFIX` */
  static async open(address: string, key: StateKey): Promise<ScanFolder> {
    const store = await openStore(address)
    return new ScanFolder(store, key, await mkdtemp(join(tmpdir(), 'credence-')))
  }

  /** Undefined where there is no such value. @throws CredenceError where it is damaged, or of another key or version */
  async find(name: string): Promise<unknown> {
    const copy = this.copy()
    try {
      return (await this.store.download(name, copy)) ? readState(copy, this.key) : undefined
    } catch (error) {
      if (!(error instanceof CredenceError) || error.code !== 'internal') throw error
      throw new CredenceError('io', `${pathIn(this.store, name)} cannot be opened: it is damaged, or of another key or version`, {
        cause: error,
      })
    } finally {
      await rm(copy, { force: true })
    }
  }

  /** @throws CredenceError `not-found` where there is no such value, else as {@link find} */
  async read(name: string): Promise<unknown> {
    const value = await this.find(name)
    if (value !== undefined) return value
    throw new CredenceError('not-found', `${pathIn(this.store, name)} does not exist`)
  }

  async write(name: string, value: unknown): Promise<void> {
    const copy = this.copy()
    try {
      writeState(copy, value, this.key)
      await this.store.upload(copy, name)
    } finally {
      await rm(copy, { force: true })
    }
  }

  async close(): Promise<void> {
    await rm(this.here, { recursive: true, force: true })
  }

  private copy(): string {
    return join(this.here, String(this.copies++))
  }
}
