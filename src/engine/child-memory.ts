import { readFileSync } from 'node:fs'

/** Between two looks at a child. What it takes within one is beyond the bound. */
const INTERVAL_MS = 100

/** Where the parent cannot look, a child must tell of itself, which it cannot while it is busy without a pause. */
export const mustTell = process.platform !== 'linux'

/**
 * Looks at the resident memory of a process: heap, array buffers and native memory alike, which V8's own limits do not bound.
 * @param over called once, with its bytes, when it holds more than `most`
 * @returns ends the watch
 */
export function watchMemory(pid: number, most: number, over: (bytes: number) => void): () => void {
  if (mustTell) return () => undefined
  const timer = setInterval(() => {
    const bytes = residentBytes(pid)
    if (bytes === null || bytes <= most) return
    clearInterval(timer)
    over(bytes)
  }, INTERVAL_MS)
  timer.unref()
  return () => {
    clearInterval(timer)
  }
}

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
