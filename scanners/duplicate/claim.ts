/** The form of a finding: places to rows, texts to examples. */
import { fingerprint } from '../../src/math/fingerprint.js'
import type { Category, Example, Finding, FlaggedRow, Severity } from '../../src/model/finding.js'
import type { Collected } from './clusters.js'
import type { Message } from './messages.js'
import { FILE_STEP } from './tally.js'

const SCORES: Readonly<Record<Severity, number>> = { info: 0.1, low: 0.3, medium: 0.6, high: 0.9, critical: 1 }
const EXAMPLES = 5
const MATCHES = 8
const MATCHED = 6

export interface Claim {
  readonly message: Message
  /** What tells it from other findings of the same message. */
  readonly about?: string
  readonly category?: Category
  readonly severity: Severity
  readonly title: string
  readonly why: string
  readonly advice: string
  readonly target?: string
  readonly evidence: Finding['evidence']
  /** Sets of texts that belong together, most telling first. */
  readonly groups: readonly (readonly Collected[])[]
  /** Places to list, ascending; all of the groups' where absent. */
  readonly places?: readonly number[]
}

export function findingOf(claim: Claim, role: string, maxRows: number): Finding {
  const { message, about = '', category = 'quality', severity, groups } = claim
  const score = SCORES[severity]
  const firsts = new Set(groups.map((group) => placesOf(group)[0]!))
  const places = claim.places ?? unique(groups.flatMap(placesOf))
  const listed = unique([...places]).slice(0, maxRows)
  const shown = new Set(listed)
  return {
    id: `duplicate-${fingerprint(`${message} ${about}`)}`,
    scanner: 'duplicate',
    message,
    category,
    severity,
    score,
    title: claim.title,
    why: claim.why,
    advice: claim.advice,
    ...(claim.target === undefined ? {} : { target: claim.target }),
    evidence: { ...claim.evidence, matches: matchesOf(groups) },
    // The first of a group is the one to keep.
    rows: listed.map((place): FlaggedRow => ({ ...at(place), score: firsts.has(place) ? score / 2 : score })),
    examples: examplesOf(groups, shown, role),
  }
}

/** Of all copies, ascending, as far as they were kept. */
export function placesOf(group: readonly Collected[]): number[] {
  return unique(group.flatMap(({ value }) => value.places.flat()))
}

function unique(places: readonly number[]): number[] {
  return [...new Set(places)].sort((a, b) => a - b)
}

function at(place: number): { readonly file: number; readonly row: number } {
  return { file: Math.floor(place / FILE_STEP), row: place % FILE_STEP }
}

/** `0:12 = 0:40, 1:3; …`: each group's first row and those that match it. */
function matchesOf(groups: readonly (readonly Collected[])[]): string {
  const name = (place: number): string => `${at(place).file}:${at(place).row}`
  const parts = groups.slice(0, MATCHES).map((group) => {
    const [first = 0, ...others] = placesOf(group)
    return `${name(first)} = ${others.slice(0, MATCHED).map(name).join(', ')}${others.length > MATCHED ? ', …' : ''}`
  })
  return `${parts.join('; ')}${groups.length > MATCHES ? '; …' : ''}`.slice(0, 400)
}

/** Openings of two groups at most where one has several texts, else of one text a group. */
function examplesOf(groups: readonly (readonly Collected[])[], shown: ReadonlySet<number>, role: string): Example[] {
  return groups
    .flatMap((group) => group.filter(({ value }) => shown.has(value.place)).slice(0, groups.length === 1 ? EXAMPLES : 2))
    .slice(0, EXAMPLES)
    .map(({ value: { place, excerpt, target } }): Example => {
      const example = { ...at(place), role, excerpt: excerpt.toWellFormed(), marks: [] }
      return target === null ? example : { ...example, target: target.toWellFormed() }
    })
}
