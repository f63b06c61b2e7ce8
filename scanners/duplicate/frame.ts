/** Claims about one cluster: a template, or a flood. */
import type { Severity } from '../../src/model/finding.js'
import type { Claim } from './claim.js'
import { jaccard } from './clusters.js'
import type { Cluster, Verdict } from './flood.js'
import type { DuplicateOptions } from './options.js'
import type { Tally } from './tally.js'

/** Members that the frame and the similarity are read from. */
const READ = 64
/** Share of the members that a word of the frame must be in. */
const FRAME_SHARE = 0.8
const FRAME_UNITS = 160

export function templateClaim(cluster: Cluster, tally: Tally, { templateShare }: DuplicateOptions): Claim {
  const { rows, texts, members } = cluster
  const share = rows / tally.rows
  const frame = frameOf(cluster)
  return {
    message: 'duplicate/template',
    about: nameOf(cluster),
    severity: share >= templateShare ? 'low' : 'info',
    title: `${rows} rows of one frame: ${JSON.stringify(frame)}`,
    why: `${texts} different texts share most of their words and differ in slots.`,
    advice: 'Made by a template, or forms of one kind: see that they do not outweigh the rest.',
    evidence: { rows, texts, share, similarity: cohesion(cluster), frame },
    groups: [members],
  }
}

export function floodClaim({ cluster, label, labelShare, log10Size, against, isAgainst, isOutOfLine }: Verdict): Claim {
  const { rows, texts, members } = cluster
  const severity: Severity = !isAgainst ? 'low' : isOutOfLine ? 'high' : 'medium'
  const frame = frameOf(cluster)
  const contradicts =
    isAgainst && against !== null
      ? ` ${percent(labelShare)} of them carry label ${JSON.stringify(label)}, and ${percent(against.share)} of the rows most like them do; most of those carry ${JSON.stringify(against.other)}.`
      : ''
  const large = isOutOfLine ? ' The data’s other clusters do not lead one to expect so large a one.' : ''
  return {
    message: 'duplicate/flood',
    about: nameOf(cluster),
    category: 'poisoning',
    severity,
    title: `${rows} near copies of one text: ${JSON.stringify(frame)}`,
    why: `${texts} different texts in ${rows} rows say nearly the same.${contradicts}${large}`,
    advice: 'Find out where these rows came from; keep one of them if what it says and its target are right, else none.',
    ...(isAgainst ? { target: `label=${label}` } : {}),
    evidence: {
      rows,
      texts,
      similarity: cohesion(cluster),
      frame,
      log10SizeP: log10Size,
      ...(against === null || label === null
        ? {}
        : { labelShare, neighbourShare: against.share, neighbourLabel: against.other, log10NeighbourP: against.log10P }),
    },
    groups: [members],
  }
}

/** The smallest content: the same wherever the rows stand. */
function nameOf({ members }: Cluster): string {
  return String(members.reduce((least, { content }) => Math.min(least, content), Infinity))
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`
}

/** Mean similarity to the first member. */
function cohesion({ members }: Cluster): number {
  const [first, ...others] = members.slice(0, READ)
  if (others.length === 0) return 1
  return others.reduce((sum, { value }) => sum + jaccard(first!.value, value), 0) / others.length
}

/** The first member's opening, with `…` for what most of the others do not have. */
function frameOf({ members }: Cluster): string {
  const openings = members.slice(0, READ).map(({ value }) => value.excerpt.split(/\s+/))
  const counts = new Map<string, number>()
  for (const words of openings) for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + 1)
  const words = openings[0]!.map((word) => (counts.get(word)! >= FRAME_SHARE * openings.length ? word : '…'))
  return words
    .filter((word, i) => word !== '…' || words[i - 1] !== '…')
    .join(' ')
    .slice(0, FRAME_UNITS)
    .toWellFormed()
}
