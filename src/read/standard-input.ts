import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { asCredenceError, CredenceError } from '../errors.js'
import type { SourceFile } from './format.js'
import { fileFormat } from './sniff.js'

/**
 * Standard input as a file: a data set is read several times, by several processes. The copy lies in a folder that only
 * its owner may enter, which the caller removes.
 * @throws CredenceError `no-rows` where nothing comes, `unsupported` for anything but JSON
 */
export async function spoolStandardInput(
  input: NodeJS.ReadableStream = process.stdin,
): Promise<{ readonly files: readonly SourceFile[]; readonly temporary: string }> {
  const temporary = await mkdtemp(join(tmpdir(), 'credence-'))
  try {
    const absolute = join(temporary, 'standard-input')
    await pipeline(input, createWriteStream(absolute, { mode: 0o600 }))
    const { size } = await stat(absolute)
    if (size === 0) throw new CredenceError('no-rows', 'standard input is empty')
    const { format, compression } = await fileFormat({ absolute, path: '-' })
    if (format !== 'jsonl' && format !== 'json') {
      throw new CredenceError('unsupported', `standard input is read as JSON Lines, but this looks like ${format}`, {
        place: { file: '-' },
        suggestions: ['write it to a file and name that'],
      })
    }
    return { files: [{ path: '-', absolute, format, compression, bytes: size, split: null, partitions: {} }], temporary }
  } catch (error) {
    await rm(temporary, { recursive: true, force: true })
    throw asCredenceError(error, 'io', { file: '-' })
  }
}
