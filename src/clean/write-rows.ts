import type { Outcome, WriteTask } from './outcome.js'
import { CredenceError, toErrorRecord } from '../errors.js'

/**
 * Writes the chosen rows of a file in its own format, with all else as it was.
 * @throws CredenceError as the format's reader does; `unsupported` for what cannot be written; `io`
 */
export async function writeRows(task: WriteTask): Promise<Outcome> {
  try {
    switch (task.file.format) {
      case 'parquet':
        return await (await import('./parquet.js')).writeParquet(task)
      case 'arrow-file':
      case 'arrow-stream':
        return await (await import('./arrow.js')).writeArrow(task)
      case 'jsonl':
      case 'json':
      case 'csv':
      case 'tsv':
        return await (await import('./text.js')).writeText(task)
    }
  } catch (error) {
    if (error instanceof CredenceError) throw error
    const { message } = toErrorRecord(error)
    const isSystem = error instanceof Error && 'syscall' in error
    throw new CredenceError(isSystem ? 'io' : 'internal', `${task.file.path}: ${message}`, {
      place: { file: task.file.path },
      cause: error,
    })
  }
}
