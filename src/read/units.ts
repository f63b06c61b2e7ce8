import type { PlannedUnit } from './format.js'

/** A row group or record batch as its file declares it. */
interface DeclaredPart {
  readonly rows: number
  /** Uncompressed, about. */
  readonly bytes: number
}

/**
 * Joins small parts and cuts large ones into units of about `targetBytes`, in file order.
 * A unit covers the physical rows [firstRow, firstRow + rows), which lie in its parts [from, to).
 * @param partBytes most bytes that a part is taken for, whatever it declares: a lie must not make millions of units
 * @param divisible whether a part can be read from its middle without reading all that comes before
 */
export function planUnits(
  kind: 'row-groups' | 'record-batches',
  parts: readonly DeclaredPart[],
  targetBytes: number,
  partBytes: number,
  divisible: boolean,
): PlannedUnit[] {
  const units: PlannedUnit[] = []
  let firstRow = 0
  let open = { from: 0, rows: 0, bytes: 0 }
  const close = (to: number) => {
    if (open.rows > 0) units.push({ unit: { kind, from: open.from, to }, firstRow, rows: open.rows })
    firstRow += open.rows
    open = { from: to, rows: 0, bytes: 0 }
  }
  parts.forEach(({ rows, bytes }, index) => {
    const part = { rows, bytes: Math.min(bytes, partBytes) }
    const pieces = divisible ? Math.min(Math.ceil(part.bytes / targetBytes), part.rows) : 1
    if (pieces > 1 || open.bytes + part.bytes > targetBytes) close(index)
    if (pieces <= 1) {
      open.rows += part.rows
      open.bytes += part.bytes
      return
    }
    for (let piece = 0; piece < pieces; piece++) {
      const start = Math.floor((part.rows * piece) / pieces)
      const end = Math.floor((part.rows * (piece + 1)) / pieces)
      units.push({ unit: { kind, from: index, to: index + 1 }, firstRow: firstRow + start, rows: end - start })
    }
    firstRow += part.rows
    open = { from: index + 1, rows: 0, bytes: 0 }
  })
  close(parts.length)
  return units
}

/** `length` physical rows from `first` on. */
export function rowNumbers(first: number, length: number): Float64Array {
  const rows = new Float64Array(length)
  for (let i = 0; i < length; i++) rows[i] = first + i
  return rows
}
