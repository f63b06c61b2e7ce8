/** What metadata says of whole files, against the files: digests, sizes, files that are missing or not listed. */
import { claim, counted, named } from './claim.js'
import type { Declaration } from './declaration.js'
import { isSize } from './digest-text.js'
import type { Finding } from '../model/finding.js'
import type { Link, Links, SubjectFile } from './links.js'

/** Of each data file the SHA-256 of its bytes; null where it is not known. */
export type Digests = readonly (string | null)[]

export function fileFindings(
  declarations: readonly Declaration[],
  found: Links,
  files: readonly SubjectFile[],
  digests: Digests,
): Finding[] {
  const wrong = found.links.filter((link) => isWrong(link, digests))
  const altered = new Set(wrong.map(({ file }) => file))
  return [
    // A sidecar with the same digest has been told of by the scanner, which reads those.
    ...wrongDigests(
      wrong.filter(({ declared, file }) => declared.sha256 !== files[file]?.sidecarSha256),
      files,
      digests,
    ),
    ...malformed(declarations),
    ...wrongSizes(
      found.links.filter(
        ({ declared, file }) => !altered.has(file) && declared.size !== null && !isSize(files[file]!.bytes, declared.size),
      ),
      files,
    ),
    ...absentFiles(found),
    ...unlistedFiles(found, files),
  ]
}

export function isWrong({ declared, file }: Link, digests: Digests): boolean {
  const actual = digests[file] ?? null
  return declared.sha256 !== null && actual !== null && declared.sha256 !== actual
}

function wrongDigests(wrong: readonly Link[], files: readonly SubjectFile[], digests: Digests): Finding[] {
  const [first] = wrong
  if (first === undefined) return []
  const paths = wrong.map(({ file }) => files[file]!.path)
  const many = new Set(paths).size
  return [
    claim({
      message: 'provenance/declared-digest',
      severity: 'high',
      title: `${named(paths)} ${many === 1 ? 'is' : 'are'} not what ${named(wrong.map(({ declaration }) => declaration.path))} declares`,
      why: `The SHA-256 of ${counted(many, 'file')} is another: ${many === 1 ? 'it was' : 'they were'} changed, damaged or exchanged after the metadata was written.`,
      evidence: { files: many, declared: first.declared.sha256 ?? '', actual: digests[first.file] ?? '' },
    }),
  ]
}

/** What stands in the place of a SHA-256 and is none: nothing can be checked by it, and nothing is known to be wrong. */
function malformed(declarations: readonly Declaration[]): Finding[] {
  const wrong = declarations.flatMap((declaration) =>
    declaration.files.filter((file) => file.malformed !== null).map((declared) => ({ declaration, declared })),
  )
  const [first] = wrong
  if (first === undefined) return []
  return [
    claim({
      message: 'provenance/declared-form',
      severity: 'low',
      title: `${counted(wrong.length, 'digest')} in ${named(wrong.map(({ declaration }) => declaration.path))} ${wrong.length === 1 ? 'is' : 'are'} no SHA-256`,
      why: `A SHA-256 has 64 hexadecimal digits; where it should stand is ${named([first.declared.malformed ?? ''])}, so that a changed file would not be seen.`,
      evidence: { files: wrong.length, declared: first.declared.malformed ?? '' },
    }),
  ]
}

function wrongSizes(wrong: readonly Link[], files: readonly SubjectFile[]): Finding[] {
  const [first] = wrong
  if (first === undefined) return []
  const paths = wrong.map(({ file }) => files[file]!.path)
  const size = first.declared.size?.text ?? ''
  return [
    claim({
      message: 'provenance/declared-size',
      severity: 'medium',
      title: `${named(paths)} ${paths.length === 1 ? 'has' : 'have'} another size than ${named(wrong.map(({ declaration }) => declaration.path))} declares`,
      why: `${named(paths.slice(0, 1))} has ${files[first.file]!.bytes} bytes, and ${JSON.stringify(size)} is declared.`,
      evidence: { files: new Set(paths).size, declaredSize: size, bytes: files[first.file]!.bytes },
    }),
  ]
}

function absentFiles({ absent }: Links): Finding[] {
  if (absent.length === 0) return []
  return [
    claim({
      message: 'provenance/declared-absent',
      severity: 'low',
      title: `${counted(absent.length, 'file')} that ${named(absent.map(({ declaration }) => declaration.path))} declares ${absent.length === 1 ? 'is' : 'are'} not there: ${named(absent.map(({ path }) => path))}`,
      why: 'What was published is not here in full, or the metadata is that of another state of the data.',
      evidence: { files: absent.length },
    }),
  ]
}

/** Files beside those that a metadata file gives digests of, which it does not know: as of a sidecar, it may have been added later. */
function unlistedFiles({ links, indices }: Links, files: readonly SubjectFile[]): Finding[] {
  // Where sidecars vouch for files, the scanner says of which they do not.
  if (files.some(({ sidecarSha256 }) => sidecarSha256 !== null)) return []
  const vouched = new Set(links.flatMap(({ declared, file }) => (declared.sha256 === null ? [] : [file])))
  const known = new Set(links.map(({ file }) => file))
  const unlisted = new Map<number, string>()
  for (const [declaration, index] of indices) {
    if (!links.some((link) => link.declaration === declaration && link.declared.sha256 !== null)) continue
    const covered = new Set(declaration.patterns.flatMap((pattern) => index.covered(pattern)))
    for (const [, file] of index.below) if (!known.has(file) && !covered.has(file)) unlisted.set(file, declaration.path)
  }
  if (unlisted.size === 0) return []
  const paths = [...unlisted.keys()].map((file) => files[file]!.path)
  return [
    claim({
      message: 'provenance/unlisted-file',
      severity: 'medium',
      title: `${counted(unlisted.size, 'file')} of ${files.length} that ${named([...unlisted.values()])} does not know: ${named(paths)}`,
      why: `It gives digests of ${counted(vouched.size, 'other file')}, but not of ${unlisted.size === 1 ? 'this one' : 'these'}.`,
      evidence: { files: unlisted.size, declaredFiles: vouched.size },
    }),
  ]
}
