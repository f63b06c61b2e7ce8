/** The lineage of what `credence diff` writes: its reports come from two states of a data set. */
import { join, resolve } from 'node:path'
import { checkInputs, recordOf, takeInput, type Input, type TakenInput } from './make.js'
import type { Parameters } from './record.js'
import { FOLDER_RECORD, writeRecord } from './store.js'
import type { Config } from '../config/schema.js'
import { hashFile } from '../read/hash-file.js'
import { discoverFiles } from '../read/discover.js'

export interface Compared {
  readonly paths: readonly string[]
  readonly base: { readonly paths: readonly string[]; readonly cwd?: string; readonly name: string }
  /** The commit that the base is of; undefined for files. */
  readonly ref: string | undefined
}

export class DiffLineage {
  readonly #startedAt = new Date()
  #inputs: readonly TakenInput[] = []

  constructor(private readonly config: Config) {}

  /**
   * The work, between two looks at its inputs.
   * @throws CredenceError `io` where somebody writes to them meanwhile, and what the work throws
   */
  async around<T>({ paths, base, ref }: Compared, work: () => Promise<T>): Promise<T> {
    if (this.config.out === null) return work()
    const cwd = process.cwd()
    const at = ref === undefined ? {} : { at: ref, folder: base.cwd ?? cwd }
    const inputs: Input[] = [
      { name: ref === undefined ? base.name : paths.join(' '), files: await this.files(base.paths, base.cwd ?? cwd), ...at },
      { name: paths.join(' '), files: await this.files(paths, cwd) },
    ]
    this.#inputs = await Promise.all(inputs.map(takeInput))
    const result = await work()
    await checkInputs(this.#inputs)
    return result
  }

  /** @param names files written into `--out` @throws CredenceError `io` */
  async write(names: readonly string[]): Promise<void> {
    const { out } = this.config
    if (out === null) return
    const outputs = await Promise.all(
      names.map(async (name) => {
        const { bytes, sha256 } = await hashFile({ absolute: join(out, name), path: name })
        return { path: resolve(out, name), bytes, sha256 }
      }),
    )
    const record = resolve(out, FOLDER_RECORD)
    const made = { record, operation: 'diff' as const, parameters: this.parameters(), startedAt: this.#startedAt }
    await writeRecord(record, recordOf({ ...made, inputs: this.#inputs, outputs }))
  }

  private async files(paths: readonly string[], cwd: string): Promise<Input['files']> {
    return (await discoverFiles(paths, cwd, this.config.split)).files
  }

  private parameters(): Parameters {
    const { split, scanners, skipScanners, scannerOptions, encoder, alpha, seed, failOn } = this.config
    const given = { split, scanners, skipScanners, scannerOptions, encoder, alpha, seed, failOn }
    return JSON.parse(JSON.stringify(given)) as Parameters
  }
}
