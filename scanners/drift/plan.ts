/** From the grid to what the last pass looks at more closely. Plain data. */
import type { PassContext } from '../../src/scanner.js'
import { logNormalTail } from '../../src/math/stats.js'
import { contentZ } from './content.js'
import type { GridState } from './grid.js'
import { labelOrderOf, type LabelOrder } from './label-order.js'
import { layoutOf } from './layout.js'
import { partsOf, type Part, type RawBlock } from './parts.js'
import { totalOf } from './stretch.js'
import type { Survey } from './survey.js'

/** Blocks looked at, and features of each: their presence in a row is a mask of bits. */
const MOST_BLOCKS = 6
const MOST_FEATURES = 16
/** Cells on each side of a block in which its edge may be. */
const MARGIN = 2
/** Parts are told only where the order is far from random: one scan in many thousand would be so by chance. */
const CERTAIN = 100

export interface Candidate {
  /** Positions [from, to) that hold the block and its edges. */
  readonly from: number
  readonly to: number
  /** Positions [from, to) where the grid sees it. */
  readonly seenFrom: number
  readonly seenTo: number
  /** The features that set it apart, the most telling first; then perhaps the label that its rows lean to. */
  readonly features: readonly number[]
  /** How many of them set it apart. */
  readonly telling: number
  /** Rows of its part, and how many of them have each feature. */
  readonly rows: number
  readonly totals: readonly number[]
  /** ln of the bound on the probability, over alpha. */
  readonly excess: number
  readonly contentZ: number
  /** How far the rest of its part is from random order, in standard errors. */
  readonly restZ: number
  /** Blocks of its part, this one included. */
  readonly siblings: number
}

export interface Plan {
  readonly survey: Survey
  readonly labelOrder: LabelOrder | null
  /** Positions at which parts begin. */
  readonly borders: readonly number[]
  /** Whether the parts are in random order but for the candidates. */
  readonly areRandom: boolean
  /** Whether it is certain that the rows as they stand are not, blocks aside. */
  readonly isOrdered: boolean
  /** Of the whole, blocks aside, in standard errors. */
  readonly z: number
  /** What changes at the borders. */
  readonly telling: readonly number[]
  readonly candidates: readonly Candidate[]
}

export function planOf(grid: GridState, survey: Survey, { alpha }: PassContext): Plan {
  const layout = layoutOf(survey)
  const { parts, areRandom, telling, whole } = partsOf(grid, layout, survey.cells, alpha)
  const found = parts
    .flatMap((part) => part.blocks.map((block) => ({ part, block })))
    .sort((a, b) => strength(a.block) - strength(b.block) || a.block.first - b.block.first)
  return {
    survey,
    labelOrder: survey.labels.length < 2 ? null : labelOrderOf(whole.all),
    borders: parts.slice(1).map(({ first }) => first * survey.width),
    areRandom,
    isOrdered: !whole.order.isRandom && (whole.isMixed || logNormalTail(-whole.order.z) < Math.log(alpha / CERTAIN)),
    z: whole.order.z,
    telling: [...new Set(telling)],
    candidates: found.slice(0, MOST_BLOCKS).map(({ part, block }) => candidateOf(grid, survey, part, block)),
  }
}

const strength = ({ telling }: RawBlock): number => telling[0]?.excess ?? 0

function candidateOf(grid: GridState, { width, positions }: Survey, part: Part, block: RawBlock): Candidate {
  const telling = block.telling.slice(0, MOST_FEATURES - 1).map(({ feature }) => feature)
  const label = leaningOf(grid, part, block)
  const features = label === null || telling.includes(label) ? telling : [...telling, label]
  return {
    from: Math.max(part.first, block.first - MARGIN) * width,
    to: Math.min(positions, Math.min(part.end, block.end + MARGIN) * width),
    seenFrom: block.first * width,
    seenTo: Math.min(positions, block.end * width),
    features,
    telling: telling.length,
    rows: part.all.rows,
    totals: features.map((feature) => totalOf(part.all, feature)),
    excess: strength(block),
    contentZ: Math.min(999, contentZ(grid, part, block)),
    restZ: part.order.z,
    siblings: part.blocks.length,
  }
}

/** The label that the block's rows have most often beyond its share of the part; null where there are no labels. */
function leaningOf(grid: GridState, { all }: Part, { first, end }: RawBlock): number | null {
  const surplus = [...all.tested.label].map((label) => {
    let surplus = 0
    for (let cell = first; cell < end; cell++) {
      const counts = grid.get(cell)
      surplus += (counts?.[label] ?? 0) - ((counts?.[0] ?? 0) * totalOf(all, label)) / all.rows
    }
    return { label, surplus }
  })
  surplus.sort((a, b) => b.surplus - a.surplus || a.label - b.label)
  return surplus[0]?.label ?? null
}
