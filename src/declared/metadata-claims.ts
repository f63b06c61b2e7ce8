/** What is wrong with metadata files themselves, and what they lack. */
import { claim, counted, named } from './claim.js'
import type { Declaration, Problem } from './declaration.js'
import type { Finding } from '../model/finding.js'

/** Said by a finding of its own where it is about the data. */
const ELSEWHERE = ['sha256', 'hash']

export function metadataFindings(declarations: readonly Declaration[]): Finding[] {
  return [...unreadable(declarations), ...declarations.flatMap(invalid), ...gaps(declarations)]
}

function unreadable(declarations: readonly Declaration[]): Finding[] {
  const failed = declarations.filter(({ error }) => error !== null)
  const [first] = failed
  if (first === undefined) return []
  return [
    claim({
      message: 'provenance/metadata-unreadable',
      // A card holds no digests.
      severity: failed.every(({ kind }) => kind === 'data-card') ? 'low' : 'medium',
      title: `${named(failed.map(({ path }) => path))} cannot be read`,
      why: `What ${failed.length === 1 ? 'it declares' : 'they declare'} could not be checked: ${first.error ?? ''}.`,
      evidence: { metadata: failed.length },
    }),
  ]
}

function invalid({ path, problems, kind }: Declaration): Finding[] {
  const own = problems.filter(({ code }) => !ELSEWHERE.includes(code))
  if (own.length === 0) return []
  return [
    claim({
      message: 'provenance/metadata-invalid',
      about: path,
      severity: 'low',
      title: `${counted(own.length, 'mistake')} in ${named([path])}`,
      why: `${listing(own)}${own.length > 3 ? `; and ${own.length - 3} more` : ''}.`,
      evidence: { problems: own.length, format: kind },
    }),
  ]
}

function listing(problems: readonly Problem[]): string {
  const text = problems
    .slice(0, 3)
    .map((problem) => problem.text)
    .join('; ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Only where there is metadata: that there is none is said in the receipt, not held against anybody. */
function gaps(declarations: readonly Declaration[]): Finding[] {
  const read = declarations.filter(({ error, kind }) => error === null && kind !== 'checksums')
  if (read.length === 0) return []
  const lacks = [
    ...(read.every(({ licenses }) => licenses.length === 0) ? ['a licence'] : []),
    ...(read.every(({ origins }) => origins.length === 0) ? ['where the data is from'] : []),
    ...(declarations.every(({ files }) => files.every(({ sha256 }) => sha256 === null)) ? ['digests of the files'] : []),
    ...read
      .filter(({ kind }) => kind === 'croissant')
      .flatMap(({ missing }) => missing.filter((key) => key !== 'license' && key !== 'url')),
  ]
  if (lacks.length === 0) return []
  const all = [...new Set(lacks)]
  return [
    claim({
      message: 'provenance/metadata-gap',
      severity: 'info',
      title: `The metadata does not give ${all.length === 1 ? '' : `${all.slice(0, -1).join(', ')} and `}${all.at(-1) ?? ''}`,
      why: `${named(read.map(({ path }) => path))} ${read.length === 1 ? 'leaves' : 'leave'} that open, so that it cannot be checked.`,
      evidence: { metadata: read.length, gaps: all.length },
    }),
  ]
}
