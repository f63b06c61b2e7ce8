/** JSON Lines, JSON, CSV and TSV: rows and cells are changed in the bytes, and all else stays byte for byte as it was. */
import { isUtf8 } from 'node:buffer'
import { CredenceError } from '../errors.js'
import { editCsv } from './edit-csv.js'
import { editJson } from './edit-json.js'
import type { Outcome, WriteTask } from './outcome.js'
import { blocks as csvBlocks, CSV_DELIMITERS } from '../read/csv.js'
import { readCsvHead } from '../read/csv-head.js'
import { inflateLimits, openBytes, READ_BYTES } from '../read/decompress.js'
import { blocks as jsonBlocks } from '../read/json.js'
import { blocks as jsonlBlocks } from '../read/jsonl.js'
import type { RecordBlock, TextLimits } from '../read/text-records.js'
import { ArrayCuts, LineCuts, type Cuts, type Splice } from './text-cuts.js'

const LF = 10
const CR = 13

/** How one format's records are found, cut and edited. */
interface Layout {
  readonly blocks: AsyncGenerator<RecordBlock>
  readonly cuts: Cuts
  readonly edit: (record: string, row: number) => string
}

/** @throws CredenceError as the format's reader does; `limit` for a record over the size limit */
export async function writeText(task: WriteTask): Promise<Outcome> {
  const { file, limits, out } = task
  const text: TextLimits = { maxRecordBytes: limits.recordBytes, readBytes: READ_BYTES, inflate: inflateLimits(limits) }
  const { splices, ...outcome } = await planSplices(task, await layoutOf(task, text))
  let at = 0
  let next = 0
  for await (const chunk of openBytes(file, text)) {
    const end = at + chunk.length
    for (let from = at; from < end;) {
      const splice = splices[next]
      if (splice === undefined || splice.start >= end) {
        await out.write(chunk.subarray(from - at))
        break
      }
      if (splice.start > from) await out.write(chunk.subarray(from - at, splice.start - at))
      if (splice.end > end) {
        // What is left of it lies in the chunks to come; what stands for it is written with its end.
        splices[next] = { ...splice, start: end }
        break
      }
      if (splice.bytes.length > 0) await out.write(splice.bytes)
      from = splice.end
      next++
    }
    at = end
  }
  return outcome
}

async function layoutOf({ file, choice: { edits } }: WriteTask, limits: TextLimits): Promise<Layout> {
  const edit: Layout['edit'] = (record, row) => editJson(record, edits, row)
  if (file.format === 'json') return { blocks: jsonBlocks(file, null, limits), cuts: new ArrayCuts(), edit }
  if (file.format === 'jsonl') return { blocks: jsonlBlocks(file, null, limits), cuts: new LineCuts(), edit }
  const head = await readCsvHead(file, file.format === 'tsv' ? ['\t'] : CSV_DELIMITERS, limits)
  const wanted = new Set(head.names.flatMap((name, place) => (edits.touches(name) ? [place] : [])))
  return {
    blocks: csvBlocks({ file, head, range: null }, limits),
    cuts: new LineCuts(),
    edit: (record, row) => editCsv(record, head.delimiter, wanted, edits, row),
  }
}

/** What of the unpacked bytes is left out or replaced, ascending. */
async function planSplices(task: WriteTask, { blocks, cuts, edit }: Layout): Promise<Outcome & { splices: Splice[] }> {
  const { file, choice, limits } = task
  const splices: Splice[] = []
  let rows = 0
  let kept = 0
  for await (const { bytes, offset, spans } of blocks) {
    for (let i = 0; i < spans.length; i += 3) {
      const row = rows++
      const [start, end] = [spans[i]!, spans[i + 1]!]
      if (start < 0) {
        throw new CredenceError('limit', `${file.path}, row ${row}: a record of more than ${limits.recordBytes} bytes`, {
          place: { file: file.path, row },
          suggestions: ['raise --max-record-bytes, and scan again'],
        })
      }
      const keeps = choice.keeps(row)
      const cut = cuts.add(offset + start, offset + end, offset + terminated(bytes, end), keeps)
      if (cut !== null) splices.push(cut)
      if (!keeps) continue
      kept++
      if (!choice.edits.has(row) || !isUtf8(bytes.subarray(start, end))) continue
      const before = bytes.toString('utf8', start, end)
      const after = edit(before, row)
      if (after !== before) splices.push({ start: offset + start, end: offset + end, bytes: Buffer.from(after, 'utf8') })
    }
  }
  const last = cuts.finish()
  if (last !== null) splices.push(last)
  return { splices, rows, kept, edited: choice.edits.done(), notes: [] }
}

/** Where a record's line ends, its terminator included. */
function terminated(bytes: Buffer, end: number): number {
  if (bytes[end] === CR && bytes[end + 1] === LF) return end + 2
  return bytes[end] === LF || bytes[end] === CR ? end + 1 : end
}
