/** Whether the data that lies there is the data that was attested: each subject, and nothing else. */
import { listData, type DataPlace } from './list-data.js'
import type { Reason } from './reason.js'
import type { Subject } from './statement.js'
import { hashFile } from '../read/hash-file.js'

export interface CheckedData {
  readonly files: number
  readonly reasons: readonly Reason[]
}

/** @throws CredenceError as {@link listData} does; the signal's reason */
export async function checkData(subjects: readonly Subject[], place: DataPlace, signal?: AbortSignal): Promise<CheckedData> {
  const { files, reasons: listing } = listData(place)
  const wanted = new Map(subjects.map(({ name, digest }) => [name, digest.sha256]))
  const reasons: Reason[] = [...listing]
  const found = new Map<string, string>()
  for (const [name, absolute] of files) {
    try {
      const { sha256 } = await hashFile({ absolute, path: name }, { followLink: place.allowSymlinks, signal })
      found.set(name, sha256)
    } catch (error) {
      signal?.throwIfAborted()
      const why = error instanceof Error ? error.message : String(error)
      reasons.push({ code: 'unreadable', text: `${JSON.stringify(name)} cannot be checked: ${why}` })
    }
  }
  const missing = [...wanted].filter(([name]) => !files.has(name))
  const nameOf = namesBy(wanted)
  for (const [name, digest] of found) {
    const asked = wanted.get(name)
    if (asked === digest) continue
    const other = nameOf.get(digest)
    if (asked !== undefined) {
      reasons.push(
        other === undefined
          ? { code: 'changed', text: `${JSON.stringify(name)} is not the file that was scanned: its SHA-256 is ${digest}` }
          : { code: 'swapped', text: `${JSON.stringify(name)} holds what was scanned as ${JSON.stringify(other)}` },
      )
    } else if (other !== undefined && !found.has(other)) {
      reasons.push({ code: 'renamed', text: `${JSON.stringify(name)} was scanned under another name, ${JSON.stringify(other)}` })
    } else reasons.push({ code: 'extra', text: `${JSON.stringify(name)} is not attested: nobody has scanned it under this name` })
  }
  for (const [name] of missing) {
    reasons.push({ code: 'missing', text: `${JSON.stringify(name)} was scanned and is not there` })
  }
  return { files: files.size, reasons }
}

/** The first name of each digest. */
function namesBy(subjects: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const [name, digest] of subjects) if (!names.has(digest)) names.set(digest, name)
  return names
}
