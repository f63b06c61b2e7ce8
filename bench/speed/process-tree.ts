import { readdirSync, readFileSync } from 'node:fs'

/** Whether this system shows what a process and its children hold. */
export const CAN_MEASURE_MEMORY = process.platform === 'linux'

/**
 * Resident memory of a process and of all that it started, in MB (2²⁰ bytes), from /proc. Pages that processes share count
 * once for each, so it errs on the high side.
 */
export function treeMegabytes(root: number): number {
  let kilobytes = 0
  const pending = [root]
  for (let pid = pending.pop(); pid !== undefined; pid = pending.pop()) {
    try {
      kilobytes += Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
      for (const thread of readdirSync(`/proc/${pid}/task`)) {
        const children = readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8')
        pending.push(...children.split(' ').filter(Boolean).map(Number))
      }
    } catch (error) {
      // A process that ended since it was listed holds nothing.
      if (!isGone(error)) throw error
    }
  }
  return kilobytes / 1024
}

function isGone(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code
  return code === 'ENOENT' || code === 'ESRCH'
}
