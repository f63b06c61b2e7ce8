/** A change to one cell. */
export type CellChange =
  /** The string at `path` inside the cell (the cell itself where it is empty) becomes `text`. */
  | { readonly column: string; readonly path: readonly (string | number)[]; readonly text: string }
  /** The cell becomes what the cell `from` was before any change. */
  | { readonly column: string; readonly from: { readonly column: string; readonly row: number } }

/** A file held in memory, all columns and rows, that can be written again with some cells changed. */
export interface PlantFile {
  /** Physical rows, those that cannot be read included. */
  readonly rows: number
  /** Values by column and physical row; undefined where a row has none or cannot be read. */
  column(name: string): readonly unknown[]
  /**
   * The file's bytes with the changes, uncompressed as a file; everything else as it was, byte for byte where the format is text.
   * @param changes by physical row
   * @throws CredenceError `unsupported` where the format cannot be written with what the file has in it
   */
  rewrite(changes: ReadonlyMap<number, readonly CellChange[]>): Uint8Array
  /** What the copy cannot keep of the file, one sentence each. */
  readonly notes: readonly string[]
}

/** A copy of a nested value with the string at `path` replaced. */
function replaceAt(value: unknown, path: readonly (string | number)[], text: string): unknown {
  const [step, ...rest] = path
  if (step === undefined) return text
  if (Array.isArray(value)) return value.map((item: unknown, i) => (i === step ? replaceAt(item, rest, text) : item))
  const entries = Object.entries(value as Readonly<Record<string, unknown>>)
  return Object.fromEntries(entries.map(([key, item]) => [key, key === step ? replaceAt(item, rest, text) : item]))
}

/**
 * The value a change gives, for formats that hold values.
 * @param current the cell's value after the changes before this one
 */
export function changedValue(file: Pick<PlantFile, 'column'>, current: unknown, change: CellChange): unknown {
  if ('from' in change) return file.column(change.from.column)[change.from.row]
  return replaceAt(current, change.path, change.text)
}
