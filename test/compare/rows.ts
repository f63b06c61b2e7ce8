import { createHash } from 'node:crypto'
import { hash32 } from '../../src/math/random.js'
import type { FileRows, Rows } from '../../src/survey/rows.js'

export interface Line {
  readonly text: string
  readonly key?: string
  readonly label?: string
  readonly source?: string
}

const digest = (text: string): Uint8Array => createHash('sha256').update(text).digest().subarray(0, 16)
const hash = (text: string | undefined): number => (text === undefined ? 0 : hash32(text) || 1)

/** What the survey of rows makes of files. */
export function rowsOf(...files: readonly (readonly Line[])[]): Rows {
  const names = (of: 'label' | 'source'): Map<number, string> =>
    new Map(files.flat().flatMap((line) => (line[of] === undefined ? [] : [[hash(line[of]), line[of]]])))
  return { files: files.map(fileOf), labels: names('label'), sources: names('source') }
}

function fileOf(lines: readonly Line[]): FileRows {
  return {
    rows: Float64Array.from(lines, (_, i) => i),
    digests: Uint8Array.from(lines.flatMap(({ text }) => [...digest(text)])),
    keys: Uint8Array.from(
      lines.flatMap(({ key }) => (key === undefined ? new Array<number>(16).fill(0) : [...digest(`key ${key}`)])),
    ),
    labels: Uint32Array.from(lines, ({ label }) => hash(label)),
    sources: Uint32Array.from(lines, ({ source }) => hash(source)),
    inputs: Uint32Array.from(lines, ({ text }) => text.length),
    outputs: new Uint32Array(lines.length),
  }
}
