/** The content of all rows, as SHA-256 digests in the order of the files: what a lock is made of. */
import { z } from 'zod'
import { joinedRows } from './row-bytes.js'
import { defineScanner, type Pass, type ScanResult } from '../scanner.js'

export const DIGEST_BYTES = 32

/** Rows of one file, ascending. */
export interface FileDigests {
  readonly rows: Float64Array
  /** [rows × 32] */
  readonly bytes: Uint8Array
}

/** What the survey comes to, by file. */
export interface DigestedFile extends FileDigests {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
}

/** Pieces by file, in no order. */
type State = Map<number, FileDigests[]>

const pass: Pass<null, State, ScanResult> = {
  needs: ['digest'],
  init: () => new Map(),
  observe(state, { file, digests }) {
    if (digests === undefined) throw new Error('a batch without the digests that the pass needs')
    add(state, file, [digests])
  },
  merge(into, from) {
    for (const [file, pieces] of from) add(into, file, pieces)
    return into
  },
  finish: (state, _input, { data }): ScanResult => {
    const value = data.files.map(({ columns }, file): DigestedFile => ({
      ...joinedRows(state.get(file) ?? [], DIGEST_BYTES),
      columns,
    }))
    return { findings: [], limits: {}, value }
  },
}

export const digestSurvey = defineScanner({
  id: 'survey:digests',
  title: 'Digests',
  description: 'digests of all rows',
  version: '1',
  category: 'provenance',
  options: z.strictObject({}),
  messages: {},
  skip: () => null,
  passes: () => [pass],
})

function add(state: State, file: number, pieces: readonly FileDigests[]): void {
  const known = state.get(file)
  if (known) known.push(...pieces)
  else state.set(file, [...pieces])
}
