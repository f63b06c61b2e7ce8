/** What a block is: put into a shuffled file, or one of the ways in which data is put together. */
import { logBinomialTail } from '../../src/math/stats.js'
import { describe, familyOf, layoutOf } from './layout.js'
import type { Block } from './edges.js'
import type { Gathered, ShownRow } from './gather.js'
import type { DriftOptions } from './options.js'
import type { Plan } from './plan.js'
import { smallest } from '../../src/sketch/bottom-k.js'

/** Cohen's h (1988): medium is worth a word, large sets a block apart. */
const WORTH_TELLING = 0.5
const LARGE = 0.8
/** A trigger fires nearly always, and is rare elsewhere. */
const NEARLY_ALL = 0.9
const MOST = 0.8
const RARE = 0.05
/** Where there are more blocks, or fewer rows, nobody can say that the rest was shuffled. */
const MOST_INSERTIONS = 2
const FEWEST_ROWS = 400
const MOST_OF_FILE = 0.5
/** Windows of the rest lie this far apart by chance: once in a thousand. */
const ALIKE_Z = 3.1

/** A feature as a finding says it. */
export interface Trait {
  readonly feature: number
  readonly family: string
  readonly name: string
  readonly inside: number
  readonly outside: number
  readonly h: number
}

export type Kind = 'planted' | 'inserted' | 'block'

export interface Judged {
  readonly kind: Kind
  readonly block: Block
  /** Large ones, the most different first. */
  readonly traits: readonly Trait[]
  /** The label, or words of the answer, that nearly all of the rows have. */
  readonly target: Trait | null
  readonly shown: readonly ShownRow[]
}

/** Null where the block is beyond chance and yet hardly unlike the rest. */
export function judge(block: Block, gathered: Gathered, plan: Plan, { largest }: DriftOptions, alpha: number): Judged | null {
  const places = new Set(block.rows.map(({ file, row }) => `${file} ${row}`))
  const shown = smallest(gathered.shown).flatMap(({ file, row, value }) => (places.has(`${file} ${row}`) ? [value] : []))
  const all = traitsOf(block, shown, plan)
  const label = all.find((trait) => isBound(trait, block, plan, alpha)) ?? null
  const traits = all.filter((trait) => trait.h >= WORTH_TELLING || trait === label)
  if (!traits.some(({ h }) => h >= WORTH_TELLING)) return null
  const large = traits.filter(({ h }) => h >= LARGE)
  const answer =
    large.find(({ family, inside, outside }) => family === 'answer' && inside >= NEARLY_ALL && outside <= RARE) ?? null
  const target = label ?? answer
  const hasPhrase = large.some(({ family, inside, outside }) => family === 'word' && inside >= MOST && outside <= RARE)
  const isNamed = large.some(({ family, inside }) => family === 'source' && inside >= MOST)
  const isSmall = block.rows.length * block.weight <= largest * block.candidate.rows
  const isShuffled = plan.areRandom && block.candidate.siblings <= MOST_INSERTIONS && block.candidate.rows >= FEWEST_ROWS
  const isInserted = isShuffled && isSmall && large.some(isTelling) && !isNamed && !isFile(block, plan)
  const isPlanted = target !== null && hasPhrase && block.candidate.contentZ <= ALIKE_Z
  return { kind: !isInserted ? 'block' : isPlanted ? 'planted' : 'inserted', block, traits, target, shown }
}

/** Data is sorted by length, and sources name themselves: neither alone makes an insertion. */
function isTelling({ family, name }: Trait): boolean {
  return family === 'label' || family === 'word' || family === 'answer' || (family === 'shape' && !name.endsWith(' units'))
}

/** Whether nearly all rows have the label, and far more than its share explains: an exact binomial tail over the labels. */
function isBound({ family, inside, outside }: Trait, { rows, weight }: Block, { survey }: Plan, alpha: number): boolean {
  if (family !== 'label' || inside < NEARLY_ALL) return false
  const n = Math.round(rows.length * weight)
  return logBinomialTail(n, Math.round(inside * n), outside) + Math.log(survey.labels.length) < Math.log(alpha)
}

function traitsOf({ candidate, inside, outside }: Block, shown: readonly ShownRow[], { survey }: Plan): Trait[] {
  const layout = layoutOf(survey)
  return candidate.features
    .map((feature, k): Trait => {
      const family = familyOf(layout, feature)
      const word = family === 'word' || family === 'answer' ? commonest(shown.map(({ words }) => words[k] ?? [])) : null
      return {
        feature,
        family,
        name: word === null ? describe(survey, feature) : `${family === 'answer' ? 'answers with ' : ''}${JSON.stringify(word)}`,
        inside: inside[k]!,
        outside: outside[k]!,
        h: 2 * Math.asin(Math.sqrt(inside[k]!)) - 2 * Math.asin(Math.sqrt(outside[k]!)),
      }
    })
    .sort((a, b) => b.h - a.h || a.feature - b.feature)
}

/** The word of a bucket that most of the rows have. */
function commonest(lists: readonly (readonly string[])[]): string | null {
  const counts = new Map<string, number>()
  for (const word of lists.flat()) counts.set(word, (counts.get(word) ?? 0) + 1)
  const [best] = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  return best?.[0] ?? null
}

/** Whether the block is most of a file: that is no place within a file. */
function isFile({ rows, weight }: Block, { survey }: Plan): boolean {
  if (survey.files.length < 2) return false
  const within = new Map<number, number>()
  for (const { file } of rows) within.set(file, (within.get(file) ?? 0) + weight)
  return survey.files.some(({ file, rows: count }) => (within.get(file) ?? 0) >= MOST_OF_FILE * count)
}
