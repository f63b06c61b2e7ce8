/** From the collected texts to findings. */
import type { Finding, Severity } from '../../src/model/finding.js'
import type { PassContext, ScanResult } from '../../src/scanner.js'
import type { Claim } from './claim.js'
import { findingOf } from './claim.js'
import type { Clusters, Collected } from './clusters.js'
import { clustersOf } from './clusters.js'
import type { CollectState } from './collect.js'
import { conflictClaim } from './conflict.js'
import { wholeGroups } from './distinct.js'
import type { Cluster } from './flood.js'
import { clusterOf, copies, floods } from './flood.js'
import { floodClaim, templateClaim } from './frame.js'
import { leakClaim } from './leak.js'
import type { DuplicateOptions } from './options.js'
import type { Tally } from './tally.js'

const MOST_FRAMES = 10

export function duplicateResult(state: CollectState, tally: Tally, options: DuplicateOptions, context: PassContext): ScanResult {
  const texts: readonly Collected[] = wholeGroups(state)
  const clusters = clustersOf(texts, options.near, options.frame)
  const all = clustersAndSingles(texts, clusters.frames)
  const flooding = floods(all, options.frameRows, tally, context.alpha).filter(
    ({ isAgainst, isOutOfLine, cluster }) => isAgainst || (isOutOfLine && cluster.texts >= options.frameRows),
  )
  const flooded = new Set(flooding.map(({ cluster }) => cluster))
  const templates = all
    .filter((cluster) => cluster.texts >= options.frameRows && !flooded.has(cluster))
    .sort((a, b) => b.rows - a.rows || a.members[0]!.content - b.members[0]!.content)
  const framed = new Set([...flooded, ...templates].flatMap(({ members }) => members))
  const claims: (Claim | null)[] = [
    ...flooding.map(floodClaim),
    ...templates.slice(0, MOST_FRAMES).map((cluster) => templateClaim(cluster, tally, options)),
    exactClaim(texts, tally, options),
    nearClaim(texts, clusters, framed, tally, options),
    conflictClaim(texts, clusters, tally, options),
    leakClaim(texts, clusters, tally, options),
  ]
  const role = (['text', 'prompt', 'chosen'] as const).find((name) => context.data.roles.includes(name)) ?? 'text'
  const findings = claims.flatMap((claim): Finding[] => (claim === null ? [] : [findingOf(claim, role, options.maxRows)]))
  return {
    findings,
    limits: {
      rowsRead: tally.rows,
      tooShort: tally.rows - tally.compared,
      keysCounted: tally.keyShare,
      textsCompared: texts.length,
      complete: tally.keyShare < 1 || state.dropped ? 'no' : 'yes',
      templates: templates.length,
    },
  }
}

/** Frames, and texts that are in none but have copies. */
function clustersAndSingles(texts: readonly Collected[], frames: Clusters['frames']): Cluster[] {
  const framed = new Set(frames.flat())
  return [
    ...frames.map((members) => clusterOf(members.map((index) => texts[index]!))),
    ...texts.filter(({ value }, index) => !framed.has(index) && copies(value) > 1).map((text) => clusterOf([text])),
  ]
}

function severityOf(share: number, least: number): Severity {
  return share >= least ? 'low' : 'info'
}

function exactClaim(texts: readonly Collected[], tally: Tally, { share: least }: DuplicateOptions): Claim | null {
  const groups = texts
    .filter(({ value }) => copies(value) > 1)
    .sort((a, b) => copies(b.value) - copies(a.value) || a.content - b.content)
  if (groups.length === 0) return null
  const rows = groups.reduce((sum, { value }) => sum + copies(value), 0)
  const superfluous = rows - groups.length
  const share = superfluous / tally.rows
  return {
    message: 'duplicate/exact',
    severity: severityOf(share, least),
    title: `${superfluous} of ${tally.rows} rows repeat another row`,
    why: `${groups.length} different texts stand in ${rows} rows, up to case, white space and punctuation.`,
    advice: 'Keep one row of each group, unless repetition is meant.',
    evidence: { rows, groups: groups.length, largest: copies(groups[0]!.value), superfluous, share },
    groups: groups.map((text) => [text]),
  }
}

/** Sets of near copies that are not of a frame that is reported by itself. */
function nearClaim(
  texts: readonly Collected[],
  { near }: Clusters,
  framed: ReadonlySet<Collected>,
  tally: Tally,
  { share: least }: DuplicateOptions,
): Claim | null {
  const sets = near
    .map((members) => clusterOf(members.map((index) => texts[index]!)))
    .filter(({ members }) => !framed.has(members[0]!))
    .sort((a, b) => b.texts - a.texts || a.members[0]!.content - b.members[0]!.content)
  if (sets.length === 0) return null
  const rows = sets.reduce((sum, set) => sum + set.rows, 0)
  const superfluous = sets.reduce((sum, set) => sum + set.texts - 1, 0)
  const share = superfluous / tally.rows
  return {
    message: 'duplicate/near',
    severity: severityOf(share, least),
    title: `${superfluous} of ${tally.rows} rows are nearly like another row`,
    why: `${rows} rows are in ${sets.length} groups of near copies, which share most of their word pairs.`,
    advice: 'Look at a few groups; keep one row of each where the rest says nothing new.',
    evidence: { rows, groups: sets.length, largest: sets[0]!.rows, superfluous, share },
    groups: sets.map(({ members }) => members),
  }
}
