/** From what was found to findings. */
import { fingerprint } from '../../src/math/fingerprint.js'
import type { Finding, FlaggedRow, Severity } from '../../src/model/finding.js'
import type { PassContext, ScanResult } from '../../src/scanner.js'
import { smallest } from '../../src/sketch/bottom-k.js'
import { blockOf } from './edges.js'
import type { GatherState } from './gather.js'
import { judge, type Judged, type Kind, type Trait } from './judge.js'
import { describe } from './layout.js'
import type { Message } from './messages.js'
import type { DriftOptions } from './options.js'
import type { Plan } from './plan.js'
import { placeOf } from './survey.js'

const EXAMPLES = 5
/** Named in a title, and in the evidence. */
const TITLE_TRAITS = 2
const TRAITS = 8
/** Blocks told of data that is in no random order: there would be no end of them. */
const MOST_BLOCKS = 3
/** Share of the labels' entropy from which rows are grouped by label. */
const SORTED = 0.25

const SEVERITY: Readonly<Record<Kind, Severity>> = { planted: 'medium', inserted: 'low', block: 'info' }
const SCORE: Readonly<Record<Severity, number>> = { info: 0.1, low: 0.4, medium: 0.7, high: 0.9, critical: 1 }

export function driftResult(state: GatherState, plan: Plan, options: DriftOptions, context: PassContext): ScanResult {
  const judged = plan.candidates.flatMap((candidate, c): Judged[] => {
    const gathered = state[c]!
    const block = blockOf(candidate, smallest(gathered.rows), plan.survey)
    const one = block === null ? null : judge(block, gathered, plan, options, context.alpha)
    return one === null ? [] : [one]
  })
  const told = [
    ...judged.filter(({ kind }) => kind !== 'block'),
    ...judged.filter(({ kind }) => kind === 'block').slice(0, MOST_BLOCKS),
  ]
  const { survey, borders } = plan
  return {
    findings: distinct([...told.map((one) => blockFinding(one, plan, options, context)), ...orderFindings(plan, context)]),
    limits: {
      rowsRead: survey.rows,
      rowsToACell: survey.width,
      parts: borders.length + 1,
      randomOrder: plan.areRandom ? (borders.length > 0 ? 'within parts' : 'yes') : 'no',
    },
  }
}

function blockFinding(judged: Judged, plan: Plan, { maxRows }: DriftOptions, context: PassContext): Finding {
  const { kind, block, traits, target, shown } = judged
  const { candidate, rows, weight } = block
  const severity = SEVERITY[kind]
  const score = SCORE[severity]
  const message: Message = kind === 'block' ? 'drift/block' : 'drift/inserted'
  const first = rows[0]!
  const last = rows.at(-1)!
  const path = (file: number): string => context.data.files[file]?.path ?? `file ${file}`
  const names = [...(target === null ? [] : [target]), ...traits.filter((trait) => trait !== target)].slice(0, TITLE_TRAITS)
  const to = last.file === first.file ? String(last.row) : `${last.row} of ${JSON.stringify(path(last.file))}`
  const count = Math.round(rows.length * weight)
  const what = kind === 'block' ? 'are unlike the rest' : 'were put into a shuffled file'
  return {
    id: `drift-${fingerprint(`${message} ${names.map(({ name }) => name).join('\u0000')}`)}`,
    scanner: 'drift',
    message,
    category: kind === 'planted' ? 'poisoning' : kind === 'inserted' ? 'provenance' : 'quality',
    severity,
    score,
    title: `Rows ${first.row} to ${to} of ${JSON.stringify(path(first.file).slice(-80))} ${what}: ${names.map(said).join(', ')}`
      .slice(0, 300)
      .toWellFormed(),
    why: whyOf(judged, plan),
    advice:
      kind === 'block'
        ? 'Find out what the block is; shuffle before training.'
        : 'Find out who added these rows and when; leave them out until somebody can say why they are there.',
    ...(target === null || kind === 'block' ? {} : { target: targetOf(target, plan) }),
    evidence: {
      rows: count,
      shareOfRows: count / Math.max(1, plan.survey.rows),
      firstRow: `${first.file}:${first.row}`,
      lastRow: `${last.file}:${last.row}`,
      differs: traits.slice(0, TRAITS).map(said).join(', ').slice(0, 600).toWellFormed(),
      largestH: traits[0]!.h,
      log10AdjustedP: (candidate.excess + Math.log(context.alpha)) / Math.LN10,
      restZ: candidate.restZ,
      contentZ: candidate.contentZ,
    },
    rows: rows.slice(0, maxRows).map(({ file, row, mask }): FlaggedRow => ({ file, row, score: mask === 0 ? score / 2 : score })),
    examples: shownAmong(shown, rows.slice(0, maxRows)),
  }
}

function shownAmong(
  shown: Judged['shown'],
  rows: readonly { readonly file: number; readonly row: number }[],
): Finding['examples'] {
  const listed = new Set(rows.map(({ file, row }) => `${file} ${row}`))
  return shown.flatMap(({ example }) => (listed.has(`${example.file} ${example.row}`) ? [example] : [])).slice(0, EXAMPLES)
}

/** `"cf" in 98 % of them and 0 % of the others` in short. */
function said({ name, inside, outside }: Trait): string {
  return `${name} ${percent(inside)} (else ${percent(outside)})`
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`
}

function targetOf({ family, name }: Trait, plan: Plan): string {
  return family === 'label'
    ? `label=${plan.survey.labels.find((label) => name === `label ${JSON.stringify(label)}`) ?? name}`
    : name
}

function whyOf({ kind, target }: Judged, { borders, areRandom }: Plan): string {
  if (kind === 'block') {
    return areRandom
      ? 'They stand together and differ from the others far more than chance allows, as a part of the data of another origin does.'
      : 'They stand together and differ from the others far more than chance allows; but all of the data is in some order.'
  }
  const order = borders.length > 0 ? 'The other rows of this part are in random order' : 'The other rows are in random order'
  const added = 'so these were added after the data was shuffled'
  return kind === 'planted'
    ? `${order}, ${added}; nearly all have ${target?.name ?? 'one target'} and words that others lack, and are else like any rows.`
    : `${order}, ${added}.`
}

function orderFindings(plan: Plan, { alpha }: PassContext): Finding[] {
  const { labelOrder } = plan
  const found: Finding[] = []
  if (labelOrder !== null && labelOrder.told >= SORTED && labelOrder.logP < Math.log(alpha)) {
    const { told, groups, logP } = labelOrder
    found.push({
      ...orderFinding('drift/label-order', ''),
      title: `Rows are grouped by label: where a row stands tells ${percent(told)} of its label`,
      why: 'Neighbours have the same label far more often than in random order.',
      advice: 'Shuffle before training; a block of one label means nothing in this data.',
      evidence: { labelTold: told, groups, log10OrderP: Math.max(-9999, logP / Math.LN10) },
    })
  }
  // Parts that differ in label are sorted by label.
  const isSaid =
    found.length > 0 && plan.areRandom && plan.telling.every((feature) => describe(plan.survey, feature).startsWith('label '))
  if (plan.isOrdered && !isSaid) found.push(partsFinding(plan))
  return found
}

function partsFinding(plan: Plan): Finding {
  const { borders, survey, areRandom, telling, z } = plan
  const names = [...new Set(telling.map((feature) => describe(survey, feature)))].slice(0, 4).join(', ')
  const at = borders.map((position) => {
    const { file, row } = placeOf(survey, position)
    return `${file}:${row}`
  })
  return {
    ...orderFinding('drift/parts', ''),
    title: areRandom ? `The rows are in ${borders.length + 1} parts unlike each other` : 'The rows are in no random order',
    why: areRandom
      ? 'Each part is in random order, and what the rows say changes where they meet: several sources one after the other.'
      : 'What the rows say changes with their position all along: sorted, by date, or many sources one after the other.',
    advice: 'Shuffle before training, if the order is not meant.',
    evidence: {
      parts: borders.length + 1,
      orderZ: z,
      ...(at.length === 0 ? {} : { borders: at.join(', ') }),
      ...(names === '' ? {} : { changes: names }),
    },
  }
}

function orderFinding(message: Message, about: string): Omit<Finding, 'title' | 'why' | 'advice' | 'evidence'> {
  return {
    id: `drift-${fingerprint(`${message} ${about}`)}`,
    scanner: 'drift',
    message,
    category: 'quality',
    severity: 'info',
    score: SCORE.info,
    rows: [],
    examples: [],
  }
}

/** Two blocks of one claim are told apart by how strong they are. */
function distinct(findings: readonly Finding[]): Finding[] {
  const seen = new Map<string, number>()
  return findings.map((finding) => {
    const before = seen.get(finding.id) ?? 0
    seen.set(finding.id, before + 1)
    return before === 0 ? finding : { ...finding, id: `drift-${fingerprint(`${finding.id} ${before}`)}` }
  })
}
