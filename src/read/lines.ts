import type { ByteWindow } from './byte-window.js'
import type { PlannedUnit } from './format.js'
import { UnitCutter, type RecordBlock } from './text-records.js'

const LF = 10

/**
 * Lines that are not blank. A line over `maxBytes` is given as a span with start -1 and never held whole.
 * Only LF ends a line; a CR before it is left in place, as JSON takes it for white space.
 * @param from where in the window's view the first line starts
 */
export async function* lineBlocks(window: ByteWindow, from: number, maxBytes: number): AsyncGenerator<RecordBlock> {
  let lineStart = from
  let searched = from
  let line = 0
  let dropping = false
  for (;;) {
    const { bytes, offset } = window
    const spans: number[] = []
    for (let end = bytes.indexOf(LF, searched); end !== -1; end = bytes.indexOf(LF, searched)) {
      if (dropping || end - lineStart > maxBytes) spans.push(-1, -1, line)
      else if (!isBlank(bytes, lineStart, end)) spans.push(lineStart, end, line)
      dropping = false
      line++
      lineStart = searched = end + 1
    }
    if (!dropping && bytes.length - lineStart > maxBytes) dropping = true
    const keep = dropping ? bytes.length : lineStart
    if (spans.length > 0) yield { bytes, offset, spans }
    searched = bytes.length - keep
    lineStart = 0
    if (!(await window.more(keep))) break
  }
  const { bytes, offset } = window
  if (dropping) yield { bytes, offset, spans: [-1, -1, line] }
  else if (!isBlank(bytes, 0, bytes.length)) yield { bytes, offset, spans: [0, bytes.length, line] }
}

/** Cuts a stream of lines into units, holding no more than a chunk. Blank lines are no rows. */
export async function planLines(window: ByteWindow, from: number, targetBytes: number): Promise<readonly PlannedUnit[]> {
  const cutter = new UnitCutter(targetBytes)
  let lineStart = from
  let blank = true
  let position = from
  do {
    const { bytes, offset } = window
    for (let end = bytes.indexOf(LF, position); end !== -1; end = bytes.indexOf(LF, position)) {
      if (!blank || !isBlank(bytes, position, end)) cutter.add(lineStart, offset + end + 1)
      blank = true
      position = end + 1
      lineStart = offset + position
    }
    blank &&= isBlank(bytes, position, bytes.length)
    position = 0
  } while (await window.more(window.bytes.length))
  if (!blank) cutter.add(lineStart, window.offset)
  return cutter.finish()
}

/** Whether there is only JSON white space. */
function isBlank(bytes: Buffer, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const byte = bytes[i]
    if (byte !== 32 && byte !== 13 && byte !== 9 && byte !== LF) return false
  }
  return true
}
