import { readFileSync } from 'node:fs'

/** Between two looks at a child. What it takes within one is beyond the bound. */
const INTERVAL_MS = 100

/** Where the parent cannot look, a child must tell of itself, which it cannot while it is busy without a pause. */
export const mustTell = process.platform !== 'linux'

export interface MemoryWatch {
  /** Does not wait for the next look: a process may be done with its task before it. */
  look(this: void): void
  stop(this: void): void
}

/**
 * Looks at the resident memory of a process: heap, array buffers and native memory alike, which V8's own limits do not bound.
 * @param over called once, with its bytes, when it holds more than `most`
 */
export function watchMemory(pid: number, most: number, over: (bytes: number) => void): MemoryWatch {
  if (mustTell) return UNWATCHED
  const stop = (): void => {
    clearInterval(timer)
  }
  const look = (): void => {
    const bytes = residentBytes(pid)
    if (bytes === null || bytes <= most) return
    stop()
    over(bytes)
  }
  const timer = setInterval(look, INTERVAL_MS)
  timer.unref()
  return { look, stop }
}

/** Of a process that could not be started, or that tells of itself. */
export const UNWATCHED: MemoryWatch = { look: () => undefined, stop: () => undefined }

/** Null for a process that has ended. */
function residentBytes(pid: number): number | null {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]
    return kilobytes === undefined ? null : Number(kilobytes) * 1024
  } catch {
    return null // it ended between two looks
  }
}

/** For a child where {@link mustTell}: tells of its memory whenever it pauses. */
export function tellMemory(tell: (bytes: number) => void): void {
  setInterval(() => {
    tell(process.memoryUsage.rss())
  }, INTERVAL_MS).unref()
}
