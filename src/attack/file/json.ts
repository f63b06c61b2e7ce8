import { isAscii } from 'node:buffer'
import { CredenceError } from '../../errors.js'
import { ByteWindow } from '../../read/byte-window.js'
import { JsonDocument } from '../../read/json-document.js'
import { parseJson, toRecord } from '../../read/json-record.js'
import { lineBlocks } from '../../read/lines.js'
import { DEFAULT_TEXT_LIMITS, RecordFault, skipByteOrderMark, type RecordBlock } from '../../read/text-records.js'
import { jsonSpan, jsonString, type Span, spliceAll } from './json-splice.js'
import type { CellChange, PlantFile } from './plant-file.js'
import { recordText, type Records, replaceRecords } from './records.js'

type Row = Readonly<Record<string, unknown>>

/** JSON Lines: lines that are not changed stay byte for byte. */
export function openJsonl(bytes: Buffer, name: string): Promise<PlantFile> {
  return openJson(bytes, name, (window, from) => lineBlocks(window, from, DEFAULT_TEXT_LIMITS.maxRecordBytes))
}

/** A JSON array of objects, or one within an object: everything but the changed values stays byte for byte. */
export function openJsonArray(bytes: Buffer, name: string): Promise<PlantFile> {
  return openJson(bytes, name, (window, from) => new JsonDocument(window, from, name, DEFAULT_TEXT_LIMITS.maxRecordBytes).rows())
}

type Blocks = (window: ByteWindow, from: number) => AsyncGenerator<RecordBlock>

async function openJson(bytes: Buffer, name: string, blocks: Blocks): Promise<PlantFile> {
  const window = new ByteWindow(once(bytes))
  const from = await skipByteOrderMark(window, name)
  const spans: Span[] = []
  for await (const block of blocks(window, from)) {
    for (let i = 0; i < block.spans.length; i += 3) {
      if (block.spans[i] === -1) {
        throw new CredenceError('limit', `${name}: a line of more than ${DEFAULT_TEXT_LIMITS.maxRecordBytes} bytes`)
      }
      spans.push({ start: block.offset + block.spans[i]!, end: block.offset + block.spans[i + 1]! })
    }
  }
  return new JsonFile({ bytes, spans })
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}

class JsonFile implements PlantFile {
  readonly notes = []
  readonly #records: Records
  readonly #rows: readonly (Row | null)[]
  /** Whether the file writes characters beyond ASCII as escapes. */
  readonly #ascii: boolean
  readonly #columns = new Map<string, readonly unknown[]>()

  constructor(records: Records) {
    this.#records = records
    this.#rows = records.spans.map(({ start, end }) => {
      const parsed = parseJson(records.bytes, start, end, false)
      const row = parsed instanceof RecordFault ? parsed : toRecord(parsed.value, parsed.text)
      return row instanceof RecordFault ? null : row
    })
    this.#ascii = isAscii(records.bytes) && records.bytes.includes('\\u')
  }

  get rows(): number {
    return this.#rows.length
  }

  column(name: string): readonly unknown[] {
    let values = this.#columns.get(name)
    if (values === undefined) this.#columns.set(name, (values = this.#rows.map((row) => row?.[name])))
    return values
  }

  rewrite(changes: ReadonlyMap<number, readonly CellChange[]>): Uint8Array {
    const replaced = new Map<number, string>()
    for (const [row, cells] of changes) {
      const text = recordText(this.#records, row)
      replaced.set(
        row,
        spliceAll(
          text,
          cells.map((change) => ({ ...spanOf(text, change), text: this.#literal(change) })),
        ),
      )
    }
    return replaceRecords(this.#records, replaced)
  }

  #literal(change: CellChange): string {
    if (!('from' in change)) return jsonString(change.text, this.#ascii)
    const text = recordText(this.#records, change.from.row)
    const span = jsonSpan(text, [change.from.column])
    if (span === null) throw new CredenceError('internal', `row ${change.from.row} has no ${change.from.column}`)
    return text.slice(span.start, span.end)
  }
}

function spanOf(text: string, change: CellChange): Span {
  const span = jsonSpan(text, [change.column, ...('path' in change ? change.path : [])])
  if (span === null) throw new CredenceError('internal', `a row has no ${change.column} to change`)
  return span
}
