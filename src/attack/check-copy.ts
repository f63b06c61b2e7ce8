import { isDeepStrictEqual } from 'node:util'
import { CredenceError } from '../errors.js'
import type { DataFile } from '../read/dataset.js'
import { openPlantBytes } from './file/open.js'
import type { CellChange, PlantFile } from './file/plant-file.js'

/**
 * Reads the copy back: a format's writer may know less than its reader, and a drill on a damaged copy tells nothing.
 * @throws CredenceError `unsupported` where a cell that was not to change did
 */
export async function checkCopy(
  source: DataFile,
  original: PlantFile,
  bytes: Uint8Array,
  changes: ReadonlyMap<number, readonly CellChange[]>,
): Promise<void> {
  const copy = await openPlantBytes(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), source)
  if (copy.rows !== original.rows) throw damaged(source, `has ${copy.rows} rows instead of ${original.rows}`)
  for (const { name } of source.schema.columns) {
    const before = original.column(name)
    const after = copy.column(name)
    for (let row = 0; row < before.length; row++) {
      const touched = changes.get(row)?.some((change) => change.column === name) === true
      if (!touched && !isDeepStrictEqual(before[row], after[row])) {
        throw damaged(source, `row ${row}, column ${JSON.stringify(name)}: a value cannot be written as it was`)
      }
    }
  }
}

function damaged(source: DataFile, what: string): CredenceError {
  return new CredenceError('unsupported', `${source.path} cannot be copied: ${what}`, {
    place: { file: source.path },
    suggestions: ['convert the data set to JSON lines, and plant into that'],
  })
}
