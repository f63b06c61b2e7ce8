/** Parquet: row groups in which nothing goes are copied, the others written again under the same schema and metadata. */
import type { Outcome, WriteTask } from './outcome.js'
import { FILE, GROUP } from './parquet-fields.js'
import { copyGroup, rewriteGroup, type GroupContext } from './parquet-group.js'
import { copyIndices, type CopiedChunk } from './parquet-indices.js'
import { i64, readStruct, structsOf, T, writeStruct, type Struct } from './thrift.js'
import { ByteFile } from '../read/byte-file.js'
import { parquetError, reason } from '../read/parquet-error.js'
import { readParquetFooter } from '../read/parquet-footer.js'

const MAGIC = Buffer.from('PAR1')
const COPY_BYTES = 4 * 2 ** 20

/** @throws CredenceError as the reader does; `unsupported` for encrypted files and codecs that cannot be read */
export async function writeParquet(task: WriteTask): Promise<Outcome> {
  const bytes = new ByteFile(task.file)
  try {
    const footer = readParquetFooter(bytes, task.file)
    const rows = footer.groupStarts.at(-1) ?? 0
    const kept = task.choice.kept(0, rows)
    if (task.choice.isWhole(0, rows)) {
      for (let at = 0; at < bytes.size; at += COPY_BYTES) {
        await task.out.write(bytes.read(at, Math.min(COPY_BYTES, bytes.size - at)))
      }
      return { rows, kept, edited: [], notes: [] }
    }
    const context: GroupContext = { task, bytes, footer, notes: new Set() }
    await writeGroups(context, rawFooter(bytes, task), kept)
    return { rows, kept, edited: task.choice.edits.done(), notes: [...context.notes] }
  } finally {
    bytes.close()
  }
}

/** The footer with every field, also those that the reader has no name for. */
function rawFooter(bytes: ByteFile, { file }: WriteTask): Struct {
  const length = new DataView(bytes.read(bytes.size - 8, 4).buffer).getUint32(0, true)
  try {
    const footer = readStruct(bytes.read(bytes.size - 8 - length, length))
    if (!footer.has(FILE.encryption)) return footer
  } catch (error) {
    throw parquetError('format', file, `the footer cannot be parsed: ${reason(error)}`)
  }
  throw parquetError('unsupported', file, 'the footer is signed: rows cannot be removed from an encrypted file')
}

async function writeGroups(context: GroupContext, raw: Struct, kept: number): Promise<void> {
  const { task, footer } = context
  const { out, choice } = task
  const groups: Struct[] = []
  const copied: CopiedChunk[] = []
  await out.write(MAGIC)
  for (const [index, group] of structsOf(raw, FILE.groups).entries()) {
    const [from, to] = [footer.groupStarts[index]!, footer.groupStarts[index + 1]!]
    if (choice.kept(from, to) === 0) continue
    if (choice.isWhole(from, to)) copied.push(...(await copyGroup(context, index, group)))
    else await rewriteGroup(context, index, group)
    if (group.has(GROUP.ordinal)) group.set(GROUP.ordinal, { type: T.i16, value: groups.length })
    groups.push(group)
  }
  await copyIndices(context.bytes, out, copied)
  raw.set(FILE.rows, i64(kept))
  raw.set(FILE.groups, { type: T.list, value: { of: T.struct, items: groups } })
  const footerBytes = writeStruct(raw)
  const length = Buffer.alloc(4)
  length.writeUInt32LE(footerBytes.length)
  await out.write(footerBytes)
  await out.write(length)
  await out.write(MAGIC)
}
