import type { Interruption } from './signals.js'
import { printNotice } from './terminal.js'

/**
 * What the work answers; where a signal ended it, the signal's exit code, after a line that says so.
 * @param line what to say, no text of the data
 * @throws whatever else ends the work
 */
export async function unlessInterrupted(interruption: Interruption, line: string, work: () => Promise<number>): Promise<number> {
  try {
    return await work()
  } catch (error) {
    const code = interruption.exitCode()
    if (code === null) throw error
    await printNotice(line)
    return code
  } finally {
    interruption.stop()
  }
}
