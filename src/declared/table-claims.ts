/** What metadata says of rows and columns, against those that were read. */
import { claim, counted, named } from './claim.js'
import type { Declaration, DeclaredTable } from './declaration.js'
import type { Finding, Severity } from '../model/finding.js'
import type { Links, SubjectFile } from './links.js'
import { isAddress } from './match.js'
import { canonicalSplit } from '../read/layout.js'

export interface Tables {
  readonly found: Links
  readonly declarations: readonly Declaration[]
  readonly files: readonly SubjectFile[]
  /** Whether all data files below a folder are part of the data set. */
  readonly isWhole: (folder: string) => boolean
}

export function tableFindings(tables: Tables): Finding[] {
  return [...rowFindings(tables), ...columnFindings(tables)]
}

interface Told {
  readonly declaration: Declaration
  readonly table: DeclaredTable
  /** Indices of its data files. */
  readonly files: readonly number[]
  /** Whether these are all of its files. */
  readonly isWhole: boolean
}

function toldBy({ found, declarations, files, isWhole }: Tables): Told[] {
  return declarations.flatMap((declaration) => {
    const index = found.indices.get(declaration)
    if (index === undefined) return []
    return declaration.tables.map((table): Told => {
      if (table.files === null) {
        const own = index.below.map(([, file]) => file).filter((file) => isOfSplit(files[file]!, table.split))
        return {
          declaration,
          table,
          files: own,
          isWhole: isWhole(declaration.folder) && isComplete(own.map((file) => files[file]!)),
        }
      }
      const paths = table.files
      const parts = paths.map((path) => index.covered(path))
      const isNamed = paths.every((path, i) => parts[i]!.length > 0 && !isAddress(path) && index.named(path) !== null)
      return {
        declaration,
        table,
        files: [...new Set(parts.flat())],
        isWhole: isNamed || (isWhole(declaration.folder) && parts.every((part) => part.length > 0)),
      }
    })
  })
}

/** A file without a split in its name is all of `train`, as `datasets` reads it. */
function isOfSplit(file: SubjectFile, split: string | null): boolean {
  return split === null || canonicalSplit(split) === (file.split ?? 'train')
}

/** `train-00000-of-00004`: whether the four are there. */
function isComplete(files: readonly SubjectFile[]): boolean {
  return files.every(({ path }) => {
    const of = /-of-(\d{5,6})\b/.exec(path)?.[1]
    return of === undefined || files.length >= Number(of)
  })
}

/** More rows than declared are wrong in any case, fewer only where all files of the table are there. */
function rowFindings(tables: Tables): Finding[] {
  const wrong = toldBy(tables).flatMap(({ declaration, table, files, isWhole }) => {
    const rows = files.map((file) => tables.files[file]!.rows)
    if (table.rows === null || files.length === 0 || rows.some((count) => count === null)) return []
    const read = rows.reduce<number>((sum, count) => sum + (count ?? 0), 0)
    const differs = read > table.rows || (isWhole && read !== table.rows)
    return differs ? [{ declaration, table, read, declared: table.rows }] : []
  })
  const [first] = wrong
  if (first === undefined) return disagreements(tables)
  return [
    claim({
      message: 'provenance/declared-rows',
      severity: 'medium',
      title: `${named(wrong.map(({ declaration }) => declaration.path))} ${new Set(wrong.map(({ declaration }) => declaration)).size === 1 ? 'declares' : 'declare'} another number of rows for ${named(wrong.map(({ table }) => table.name))}`,
      why: `${first.read} rows were read of ${named([first.table.name])}, and ${first.declared} are declared: rows were added or left out after the metadata was written.`,
      evidence: { tables: wrong.length, rows: first.read, declaredRows: first.declared },
    }),
  ]
}

/** Metadata files that contradict each other about the rows of a split, where too little of it was read to say who is right. */
function disagreements({ declarations }: Tables): Finding[] {
  const bySplit = new Map<string, { readonly path: string; readonly rows: number }>()
  for (const { path, tables } of declarations) {
    for (const { split, rows } of tables) {
      if (split === null || rows === null) continue
      const before = bySplit.get(split)
      if (before === undefined) bySplit.set(split, { path, rows })
      else if (before.rows !== rows && before.path !== path) {
        return [
          claim({
            message: 'provenance/declared-rows',
            about: 'each other',
            severity: 'medium',
            title: `${named([before.path, path])} declare different numbers of rows for ${named([split])}`,
            why: `The one says ${before.rows}, the other ${rows}: at least one is of another state of the data.`,
            evidence: { tables: 1, declaredRows: before.rows, declaredElsewhere: rows },
          }),
        ]
      }
    }
  }
  return []
}

/** Names compared; tables and files beyond are not, so that metadata cannot keep a scan waiting. */
const MOST_COMPARISONS = 20_000_000

interface ColumnFault {
  readonly declaration: Declaration
  readonly file: number
  readonly columns: readonly string[]
}

function columnFindings(tables: Tables): Finding[] {
  const missing: ColumnFault[] = []
  const extra: ColumnFault[] = []
  let comparisons = 0
  for (const { declaration, table, files } of toldBy(tables)) {
    for (const file of files) {
      const { columns, added } = tables.files[file]!
      if (columns.length === 0 || table.columns.length === 0) continue
      comparisons += columns.length + table.columns.length
      if (comparisons > MOST_COMPARISONS) break
      const has = new Set(columns)
      const gone = table.columns.filter((name) => !has.has(name) && !has.has(outermost(name)))
      if (gone.length > 0) missing.push({ declaration, file, columns: gone })
      const declared = new Set(table.columns.flatMap((name) => [name, outermost(name)]))
      const more = table.allColumns ? columns.filter((name) => !declared.has(name) && !added.includes(name)) : []
      if (more.length > 0) extra.push({ declaration, file, columns: more })
    }
  }
  const isOpen = missing.every(({ file }) => tables.files[file]!.isOpen)
  return [
    ...columnFinding(missing, tables.files, 'missing', isOpen ? 'low' : 'medium'),
    ...columnFinding(extra, tables.files, 'undeclared', 'low'),
  ]
}

function columnFinding(
  faults: readonly ColumnFault[],
  files: readonly SubjectFile[],
  what: 'missing' | 'undeclared',
  severity: Severity,
): Finding[] {
  if (faults.length === 0) return []
  const metadata = named(faults.map(({ declaration }) => declaration.path))
  const paths = faults.map(({ file }) => files[file]!.path)
  const columns = [...new Set(faults.flatMap((fault) => fault.columns))]
  const isMissing = what === 'missing'
  return [
    claim({
      message: 'provenance/declared-columns',
      about: what,
      severity,
      title: isMissing
        ? `${metadata} takes ${columns.length === 1 ? 'a column' : 'columns'} that ${named(paths)} ${new Set(paths).size === 1 ? 'does' : 'do'} not have: ${named(columns)}`
        : `${counted(columns.length, 'column')} of ${named(paths)} that ${metadata} does not know: ${named(columns)}`,
      why: isMissing
        ? 'Who reads the data by its metadata gets nothing, or something else, for them.'
        : 'It lists all columns, but not these: they were added later, or it was written for another state of the data.',
      evidence: { files: new Set(paths).size, columns: columns.length },
    }),
  ]
}

/** `messages` of `messages.content` and of `messages[0]`. */
function outermost(name: string): string {
  return /^[^./[]{1,1024}/.exec(name)?.[0] ?? name
}
