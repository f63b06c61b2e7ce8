/** Where machines leave files for each other: a folder that all of them have, or an object store. */
import { randomBytes } from 'node:crypto'
import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { asCredenceError, CredenceError } from '../errors.js'
import type { S3 } from './s3.js'
import { below, isRemote, s3Address, s3Path } from './s3-address.js'

/** Files by name, whole or not there. Names are words joined by slashes. */
export interface Store {
  /** As another machine names it. */
  readonly address: string
  has(name: string): Promise<boolean>
  /** @returns whether there is such a file */
  download(name: string, to: string): Promise<boolean>
  /** Writes over what is there. */
  upload(from: string, name: string): Promise<void>
  /** All of it. */
  removeAll(): Promise<void>
}

/**
 * @param address a folder, `file:///FOLDER`, or `s3://BUCKET/PREFIX`
 * @throws CredenceError `usage` for another kind of address
 */
export async function openStore(address: string): Promise<Store> {
  if (isRemote(address)) {
    const { S3 } = await import('./s3.js')
    return s3Store(new S3(), address.replace(/\/$/, ''))
  }
  if (/^[a-z][a-z\d+.-]+:/.test(address) && !address.startsWith('file:')) {
    throw new CredenceError('usage', `storage ${address}: expected a folder, file:///FOLDER or s3://BUCKET/PREFIX`)
  }
  return folderStore(address.startsWith('file:') ? fileURLToPath(address) : resolve(address))
}

function folderStore(folder: string): Store {
  const pathOf = (name: string): string => join(folder, name)
  return {
    address: folder,
    has: async (name) => (await stat(pathOf(name)).catch(() => null)) !== null,
    async download(name, to) {
      try {
        await copyFile(pathOf(name), to)
        return true
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
        throw asCredenceError(error, 'io', { file: pathOf(name) })
      }
    },
    async upload(from, name) {
      const path = pathOf(name)
      const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`
      try {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 })
        await copyFile(from, temporary)
        await rename(temporary, path)
      } catch (error) {
        await rm(temporary, { force: true })
        throw asCredenceError(error, 'io', { file: path })
      }
    },
    removeAll: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }),
  }
}

function s3Store(s3: S3, address: string): Store {
  const objectOf = (name: string) => s3Address(below(address, name))
  return {
    address,
    has: async (name) => (await s3.head(objectOf(name))) !== null,
    async download(name, to) {
      const bytes = await s3.get(objectOf(name))
      if (bytes !== null) await writeFile(to, bytes, { mode: 0o600 })
      return bytes !== null
    },
    upload: async (from, name) => s3.put(objectOf(name), Uint8Array.from(await readFile(from))),
    async removeAll() {
      const prefix = s3Address(below(address, ''))
      for (const { key } of await s3.list(prefix)) await s3.remove({ bucket: prefix.bucket, key })
    },
  }
}

/** For messages: what a name of the store stands for. */
export function pathIn(store: Store, name: string): string {
  return isRemote(store.address) ? s3Path(s3Address(below(store.address, name))) : join(store.address, name)
}
