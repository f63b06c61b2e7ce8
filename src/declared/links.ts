/** Declared files and the data files that they are. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Declaration, DeclaredFile } from './declaration.js'
import { isWithin } from './find.js'
import { FileIndex, isAddress, plainPath } from './match.js'

/** A data file as comparisons need it. */
export interface SubjectFile {
  readonly path: string
  readonly absolute: string
  readonly bytes: number
  readonly split: string | null
  readonly columns: readonly string[]
  /** Columns that are none of the file: Hive partitions. */
  readonly added: readonly string[]
  /** Whether rows may have columns that the first ones did not. */
  readonly isOpen: boolean
  /** Rows, where all were read; else null. */
  readonly rows: number | null
  /** What a sidecar that src/read knows declares. */
  readonly sidecarSha256: string | null
}

export interface Link {
  readonly declaration: Declaration
  readonly declared: DeclaredFile
  /** Index of the data file. */
  readonly file: number
}

export interface Links {
  readonly links: readonly Link[]
  /** Local files that are declared and not on the disk. */
  readonly absent: readonly { readonly declaration: Declaration; readonly path: string }[]
  readonly indices: ReadonlyMap<Declaration, FileIndex>
}

/** Files looked for on the disk. */
const MOST_LOOKS = 1000

export function linksOf(declarations: readonly Declaration[], files: readonly SubjectFile[]): Links {
  const links: Link[] = []
  const absent: { declaration: Declaration; path: string }[] = []
  const indices = new Map<Declaration, FileIndex>()
  let looks = 0
  for (const declaration of declarations) {
    const index = new FileIndex(files, declaration.folder)
    indices.set(declaration, index)
    for (const declared of declaration.files) {
      const file = index.named(declared.path)
      if (file !== null) links.push({ declaration, declared, file })
      else if (
        !declared.contained &&
        !isAddress(declared.path) &&
        looks++ < MOST_LOOKS &&
        isAbsent(declaration.folder, declared.path)
      ) {
        absent.push({ declaration, path: declared.path })
      }
    }
  }
  return { links, absent, indices }
}

/** A path that leads out of the folder is not looked up: what is there is nobody's business. */
function isAbsent(folder: string, path: string): boolean {
  const absolute = join(folder, plainPath(path))
  return isWithin(absolute, folder) && !existsSync(absolute)
}
