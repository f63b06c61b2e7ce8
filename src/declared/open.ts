/** Metadata beside the data, read in a child process: a file that takes all time or memory costs what it says, no more. */
import { fileURLToPath } from 'node:url'
import { AskedChild, type Bounds } from '../engine/asked-child.js'
import type { Declaration } from './declaration.js'
import type { MetadataFile } from './find.js'
import { unread } from './read.js'

const CHILD = fileURLToPath(new URL('./declared-child.js', import.meta.url))

/** No metadata within the bounds takes so long, or so much. */
const LONGEST_MS = 30_000
const MOST_MEMORY = 2 ** 30

/** In the order of the files, without pages that declare nothing. @param signal ends the child and rejects */
export async function readAll(files: readonly MetadataFile[], bounds: Bounds, signal?: AbortSignal): Promise<Declaration[]> {
  if (files.length === 0) return []
  const tighter = {
    deadlineMs: Math.min(bounds.deadlineMs, LONGEST_MS),
    memoryBytes: Math.min(bounds.memoryBytes, MOST_MEMORY),
  }
  const child = new AskedChild<MetadataFile>(CHILD, tighter, signal)
  try {
    const found: Declaration[] = []
    for (const file of files) {
      const reply = await child.ask(file)
      const declaration = reply.kind === 'done' ? (reply.value as Declaration | null) : unread(file, reply.error.message)
      if (declaration !== null) found.push(declaration)
    }
    return found
  } finally {
    child.close()
  }
}
