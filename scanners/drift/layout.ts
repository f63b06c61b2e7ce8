/** What is counted of a row: each feature is there or not. Their numbers, in families, and their names for people. */
import type { Survey } from './survey.js'

/** Features are tested by family, so that thousands of words do not drown two labels. */
export const FAMILIES = ['label', 'source', 'shape', 'word', 'answer'] as const
export type Family = (typeof FAMILIES)[number]

/** Hash buckets of words of the input, and of the output. */
export const WORD_BUCKETS = 2048
export const ANSWER_BUCKETS = 2048
/** Octaves of a text's length: the last is 2^20 units, the longest cell. */
export const LENGTHS = 22

/** Of input and output: what they are mostly written in, and what makes up much of them. */
export const SHAPES = [
  'written in Latin letters',
  'written in Cyrillic letters',
  'written in Greek letters',
  'written in Arabic or Hebrew letters',
  'written in Indic or South-East Asian letters',
  'written in Chinese, Japanese or Korean',
  'without letters',
  'in capitals',
  'a quarter digits',
  'a quarter signs',
  'of several lines',
] as const

export interface Layout {
  /** By family, the half-open range of its features. Feature 0 is not a feature: its counts are the rows. */
  readonly ranges: Readonly<Record<Family, readonly [number, number]>>
  readonly size: number
  readonly labels: ReadonlyMap<string, number>
  readonly sources: ReadonlyMap<string, number>
}

const known = new WeakMap<Survey, Layout>()

/** The layout that follows from what labels and sources there are. */
export function layoutOf(survey: Survey): Layout {
  let layout = known.get(survey)
  if (layout === undefined) {
    layout = makeLayout(survey)
    known.set(survey, layout)
  }
  return layout
}

function makeLayout({ labels, sources }: Survey): Layout {
  let at = 1
  const next = (count: number): [number, number] => [at, (at += count)]
  const ranges = {
    label: next(labels.length),
    source: next(sources.length),
    shape: next(2 * (LENGTHS + SHAPES.length)),
    word: next(WORD_BUCKETS),
    answer: next(ANSWER_BUCKETS),
  }
  const numbered = (values: readonly string[], first: number): Map<string, number> =>
    new Map(values.map((value, i): [string, number] => [value, first + i]))
  return { ranges, size: at, labels: numbered(labels, ranges.label[0]), sources: numbered(sources, ranges.source[0]) }
}

export function familyOf({ ranges }: Layout, feature: number): Family {
  return FAMILIES.find((family) => feature < ranges[family][1]) ?? 'answer'
}

/** `label "1"`, `texts of 64 to 127 units`: what a feature is; words have no name but in the rows themselves. */
export function describe(survey: Survey, feature: number): string {
  const { ranges } = layoutOf(survey)
  const family = familyOf(layoutOf(survey), feature)
  const k = feature - ranges[family][0]
  if (family === 'label') return `label ${quoted(survey.labels[k] ?? '')}`
  if (family === 'source') return `source ${quoted(survey.sources[k] ?? '')}`
  if (family === 'shape') {
    const own = k % (LENGTHS + SHAPES.length)
    return `${k === own ? 'texts' : 'answers'} ${own < LENGTHS ? `of ${octave(own)} units` : (SHAPES[own - LENGTHS] ?? '')}`
  }
  return family === 'word' ? 'words' : 'words of the answers'
}

function quoted(text: string): string {
  return JSON.stringify((text.length > 40 ? `${text.slice(0, 40)}…` : text).toWellFormed())
}

function octave(k: number): string {
  return k === 0 ? '0' : k === 1 ? '1' : `${2 ** (k - 1)} to ${2 ** k - 1}`
}
