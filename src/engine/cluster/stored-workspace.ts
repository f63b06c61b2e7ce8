import { readdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { ScanFolder } from './scan-folder.js'
import { filesOf, relocated, type ScanRecord } from '../scan-record.js'
import { temporaryWorkspace, type Workspace } from '../workspace.js'
import { CredenceError } from '../../errors.js'

const RECORD = 'work/record'

/** A workspace that lies in a scan's folder between two steps: the next may be taken on another machine. */
export async function storedWorkspace(folder: ScanFolder): Promise<Workspace> {
  const here = await temporaryWorkspace()
  const stored = (await folder.find(RECORD)) as ScanRecord | undefined
  let latest: ScanRecord | null = stored === undefined ? null : relocated(stored, (name) => join(here.folder, name))
  for (const path of latest === null ? [] : filesOf(latest)) {
    if (await folder.store.download(`work/${basename(path)}`, path)) continue
    throw new CredenceError('io', `${folder.store.address} lacks the state ${basename(path)}`)
  }
  const known = new Set(await readdir(here.folder))
  return {
    ...here,
    key: folder.key,
    resumable: true,
    earlier: latest,
    save(record) {
      latest = record
    },
    async close(keep) {
      if (keep && latest !== null) {
        for (const path of filesOf(latest)) {
          if (!known.has(basename(path))) await folder.store.upload(path, `work/${basename(path)}`)
        }
        await folder.write(
          RECORD,
          relocated(latest, (path) => basename(path)),
        )
      }
      await rm(here.folder, { recursive: true, force: true })
    },
  }
}
