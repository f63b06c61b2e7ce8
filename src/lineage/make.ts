/** What an operation knows of its inputs and outputs, as a record of lineage. */
import { dirname, relative, resolve, sep } from 'node:path'
import {
  parametersDigest,
  rootOfFiles,
  type LineageFile,
  type LineageRecord,
  type LineageSource,
  type Parameters,
} from './record.js'
import { findLock, findRecords } from './store.js'
import { isStill } from '../read/byte-stream.js'
import { changed } from '../read/file-stamp.js'
import { hashFile } from '../read/hash-file.js'
import { version } from '../version.js'

/** An input before it is used. */
export interface Input {
  /** As it was typed. */
  readonly name: string
  /** The commit that its files were taken from. */
  readonly at?: string
  /** Where the paths of files at a commit begin. */
  readonly folder?: string
  readonly files: readonly { readonly absolute: string; readonly path: string }[]
}

interface UsedFile extends Omit<LineageFile, 'path'> {
  readonly absolute: string
  /** Its path where the commit is. */
  readonly inside: string
}

/** An input as a record names it. */
interface UsedInput extends Omit<LineageSource, 'files' | 'root'> {
  readonly files: readonly UsedFile[]
}

export interface TakenInput extends UsedInput {
  readonly files: readonly (UsedFile & { readonly stamp: string })[]
}

/** Reads all of its bytes. @throws CredenceError `io`, `not-found` */
export async function takeInput({ name, at, folder, files }: Input): Promise<TakenInput> {
  const taken: TakenInput['files'][number][] = []
  for (const { absolute, path } of files) {
    const inside = folder === undefined ? absolute : slashed(relative(folder, absolute))
    taken.push({ absolute, inside, ...(await hashFile({ absolute, path })) })
  }
  return {
    name,
    at: at ?? null,
    files: taken,
    ...(at === undefined ? await found(files.map(({ absolute }) => absolute)) : UNKNOWN),
  }
}

const UNKNOWN = { lock: null, lineage: [] }

/** The lock and the records of files that lie here. @param files absolute */
export async function found(files: readonly string[]): Promise<Pick<LineageSource, 'lock' | 'lineage'>> {
  const lock = await findLock(files)
  const { records } = await findRecords(files)
  return {
    lock: lock === null ? null : { path: lock.path, root: lock.lock.root },
    lineage: records.map(({ sha256 }) => sha256).sort(),
  }
}

/** @throws CredenceError `changed` for an input that somebody has written to since it was taken */
export async function checkInputs(inputs: readonly TakenInput[]): Promise<void> {
  for (const { absolute, stamp } of inputs.flatMap(({ files }) => files)) {
    if (!(await isStill({ absolute, path: absolute, stamp }))) throw changed(absolute)
  }
}

export interface Made {
  /** Where the record is going to lie, absolute: paths are said from its folder. */
  readonly record: string
  readonly operation: LineageRecord['wasGeneratedBy']['operation']
  readonly parameters: Parameters
  readonly startedAt: Date
  readonly inputs: readonly UsedInput[]
  /** Paths absolute. */
  readonly outputs: readonly LineageFile[]
}

export function recordOf({ record, operation, parameters, startedAt, inputs, outputs }: Made): LineageRecord {
  const folder = dirname(resolve(record))
  const near = (absolute: string): string => slashed(relative(folder, absolute))
  return {
    version: 1,
    tool: { name: 'credence', version },
    entity: { root: rootOfFiles(outputs), files: outputs.map((file) => ({ ...file, path: near(file.path) })) },
    wasGeneratedBy: {
      operation,
      startedAtTime: startedAt.toISOString(),
      endedAtTime: new Date().toISOString(),
      parameters,
      parametersSha256: parametersDigest(parameters),
    },
    wasDerivedFrom: inputs.map(({ name, at, lock, lineage, files }) => ({
      root: rootOfFiles(files),
      files: files.map(({ absolute, inside, bytes, sha256 }) => ({ path: at === null ? near(absolute) : inside, bytes, sha256 })),
      name,
      at,
      lock: lock === null ? null : { ...lock, path: near(lock.path) },
      lineage,
    })),
  }
}

function slashed(path: string): string {
  return path.split(sep).join('/')
}
