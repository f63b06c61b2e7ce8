/** How often words come with one label: what a trigger's strength and frequency are seen against. */
import { z } from 'zod'
import { hash32 } from '../math/random.js'
import type { WordPicture } from '../model/pictures.js'
import type { RowBatch } from '../model/row-batch.js'
import { defineScanner, type Pass, type ScanResult } from '../scanner.js'
import { add, entries, keyTable, mergeKeyTables, type KeyTable } from '../sketch/key-table.js'
import { countLabel, mergeLabelCounts, type LabelCounts } from '../sketch/label-counts.js'
import { isKept } from './row-bytes.js'

/** Pairs of a word and a label that are counted; with more, only a uniform half, quarter, … of the words is, by their hashes. */
const MOST_PAIRS = 50_000
const MOST_SHOWN = 1500
/** A word in fewer rows comes with one label by chance. */
const LEAST_ROWS = 5
/** Of a row: a person sees no more, and a long document would cost as much as a hundred others. */
const MOST_UNITS = 20_000

/** Plain data. */
interface State {
  labels: LabelCounts
  /** One word in 2^level is counted, and exactly. */
  level: number
  /** Rows by hash of the word (high) and of the label (low). */
  pairs: KeyTable
}

const NO_SUMS = new Float64Array()

const pass: Pass<null, State, ScanResult> = {
  needs: ['input', 'label'],
  init: () => ({ labels: new Map(), level: 0, pairs: keyTable(0) }),
  observe: (state, batch) => {
    for (let i = 0; i < batch.length && state.labels !== null; i++) count(state, batch, i)
  },
  merge(into, from) {
    into.labels = mergeLabelCounts(into.labels, from.labels)
    mergeKeyTables(into.pairs, from.pairs)
    if (into.level !== from.level) thin(into, Math.max(into.level, from.level))
    while (into.pairs.size > MOST_PAIRS) thin(into, into.level + 1)
    return into
  },
  finish: (state): ScanResult => ({ findings: [], limits: {}, value: pictureOf(state) }),
}

function count(state: State, batch: RowBatch, i: number): void {
  const label = batch.columns.label?.[i] ?? null
  const text = batch.input[i] ?? null
  if (label === null || text === null) return
  state.labels = countLabel(state.labels, label)
  const low = hash32(label)
  const words = new Set<number>()
  for (const [word] of text
    .slice(0, MOST_UNITS)
    .toLowerCase()
    .matchAll(/[\p{L}\p{N}]+/gu))
    words.add(hash32(word))
  for (const high of words) if (isKept(high, state.level)) add(state.pairs, high, low, 1, NO_SUMS)
  while (state.pairs.size > MOST_PAIRS) thin(state, state.level + 1)
}

/** Keeps the words of a level: those that a part keeps hold all that the whole keeps, so the order of merges does not matter. */
function thin(state: State, level: number): void {
  const fewer = keyTable(0)
  for (const { high, low, count } of entries(state.pairs, 1)) if (isKept(high, level)) add(fewer, high, low, count, NO_SUMS)
  state.level = level
  state.pairs = fewer
}

function pictureOf({ labels, level, pairs }: State): WordPicture | null {
  if (labels === null || labels.size < 2) return null
  const words = new Map<number, { rows: number; most: number }>()
  for (const { high, count } of entries(pairs, 1)) {
    const word = words.get(high) ?? { rows: 0, most: 0 }
    words.set(high, { rows: word.rows + count, most: Math.max(word.most, count) })
  }
  // In the order of their hashes: the first of them are a sample.
  const often = [...words.values()].filter(({ rows }) => rows >= LEAST_ROWS)
  const shown = often.slice(0, MOST_SHOWN).map(({ rows, most }) => ({ rows, share: most / rows }))
  return { words: shown, of: often.length * 2 ** level, leastRows: LEAST_ROWS }
}

export const wordSurvey = defineScanner({
  id: 'survey:words',
  title: 'Words',
  description: 'rows by word and label',
  version: '1',
  category: 'provenance',
  options: z.strictObject({}),
  messages: {},
  skip: ({ roles }) => (roles.includes('label') ? null : 'the data has no labels'),
  passes: () => [pass],
})
