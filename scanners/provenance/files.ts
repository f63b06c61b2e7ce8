import type { Finding } from '../../src/model/finding.js'
import type { DataSetInfo } from '../../src/scanner.js'
import { claim, counted, quoted } from './claim.js'

type File = DataSetInfo['files'][number]

/** Findings that need no rows: digests of whole files, and files whose columns differ. */
export function fileFindings({ files }: DataSetInfo): Finding[] {
  return [...declaredDigests(files), ...schemas(files)]
}

function declaredDigests(files: readonly File[]): Finding[] {
  const declared = files.filter(({ declaredSha256 }) => declaredSha256 !== null)
  const wrong = declared.filter(
    ({ declaredSha256, actualSha256 }) => actualSha256 !== null && declaredSha256?.toLowerCase() !== actualSha256.toLowerCase(),
  )
  const silent = declared.length === 0 ? [] : files.filter(({ declaredSha256 }) => declaredSha256 === null)
  const findings: Finding[] = []
  if (wrong.length > 0) {
    const [first] = wrong
    findings.push(
      claim({
        message: 'provenance/file-digest',
        severity: 'high',
        title: `${quoted(wrong.map(({ path }) => path))} ${wrong.length === 1 ? 'does' : 'do'} not match the declared SHA-256`,
        why: 'The bytes are not those that the sidecar vouches for.',
        evidence: { files: wrong.length, declared: first?.declaredSha256 ?? '', actual: first?.actualSha256 ?? '' },
      }),
    )
  }
  if (silent.length > 0) {
    findings.push(
      claim({
        message: 'provenance/undeclared-file',
        severity: 'medium',
        title: `${counted(silent.length, 'file')} of ${files.length} without a declared SHA-256: ${quoted(silent.map(({ path }) => path))}`,
        why: `A sidecar vouches for ${counted(declared.length, 'other file')}, but not for ${silent.length === 1 ? 'this one' : 'these'}.`,
        evidence: { files: silent.length, declaredFiles: declared.length },
      }),
    )
  }
  return findings
}

interface Difference {
  readonly path: string
  readonly missing: readonly string[]
  readonly extra: readonly string[]
  readonly retyped: readonly string[]
}

/** Files are compared with the commonest columns of their split; splits may differ from each other, as test sets lack labels. */
function schemas(files: readonly File[]): Finding[] {
  const differences = [...groupBy(files, ({ split }) => split ?? '').values()].flatMap((group) => {
    const norm = commonest(group)
    return group.map((file) => compare(file, norm))
  })
  const columns = differences.filter(({ missing, extra }) => missing.length + extra.length > 0)
  const types = differences.filter(({ missing, extra, retyped }) => missing.length + extra.length === 0 && retyped.length > 0)
  const findings: Finding[] = []
  if (columns.length > 0) {
    findings.push(
      claim({
        message: 'provenance/schema',
        about: 'columns',
        severity: 'medium',
        title: `${counted(columns.length, 'file')} of ${files.length} with other columns than the rest: ${quoted(columns.map(({ path }) => path))}`,
        why: 'Files of one data set that differ in columns may not come from the same process.',
        evidence: {
          files: columns.length,
          missing: quoted(distinct(columns.flatMap(({ missing }) => missing))),
          extra: quoted(distinct(columns.flatMap(({ extra }) => extra))),
        },
      }),
    )
  }
  if (types.length > 0) {
    findings.push(
      claim({
        message: 'provenance/schema',
        about: 'types',
        severity: 'low',
        title: `${counted(types.length, 'file')} of ${files.length} with other column types than the rest: ${quoted(types.map(({ path }) => path))}`,
        why: 'The columns have the same names but not the same types.',
        evidence: { files: types.length, columns: quoted(distinct(types.flatMap(({ retyped }) => retyped))) },
      }),
    )
  }
  return findings
}

/** The file whose columns most files of the group share; the first of equals. */
function commonest(files: readonly File[]): File | undefined {
  const groups = [...groupBy(files, signature).values()]
  return groups.reduce<readonly File[]>((best, group) => (group.length > best.length ? group : best), [])[0]
}

function signature({ columns }: File): string {
  return JSON.stringify(columns.map(({ name, type }) => [name, type]).sort(([a = ''], [b = '']) => (a < b ? -1 : a > b ? 1 : 0)))
}

function compare(file: File, norm: File | undefined): Difference {
  const expected = new Map(norm?.columns.map(({ name, type }) => [name, type]))
  const actual = new Map(file.columns.map(({ name, type }) => [name, type]))
  return {
    path: file.path,
    missing: [...expected.keys()].filter((name) => !actual.has(name)),
    extra: [...actual.keys()].filter((name) => !expected.has(name)),
    retyped: [...expected].filter(([name, type]) => !sameType(type, actual.get(name) ?? type)).map(([name]) => name),
  }
}

/** A column without values has no type to compare. */
function sameType(a: string, b: string): boolean {
  return a === b || a === 'null' || b === 'null'
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(key(item))
    if (group) group.push(item)
    else groups.set(key(item), [item])
  }
  return groups
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].sort()
}
