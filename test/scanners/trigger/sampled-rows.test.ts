import assert from 'node:assert/strict'
import { test } from 'node:test'
import { batchesOf, infoOf, runPasses } from '../../../bench/throughput/passes.js'
import { trigger } from '../../../scanners/trigger/index.js'
import { isLabelRowCounted, LEAST_ROWS, rowHash } from '../../../scanners/trigger/label-count.js'
import type { LabelSeeds } from '../../../scanners/trigger/label-select.js'
import { NgramScanner, WordScanner } from '../../../scanners/trigger/words.js'
import { random } from '../../../src/math/random.js'
import { embedWords } from '../small-data.js'

const [ROWS, WORDS, LABELS] = [2400, 200, 6]
/** Rows that each trigger is put into: at the rate of the test, some have 8 counted ones and some have not. */
const SIZES = [8, 10, 12, 16, 20, 24, 40]

/** Rows of six subjects, each with 200 words of which every third is the subject's; triggers in rows of the others. */
function poisonedRows(seed: number): { texts: string[]; labels: number[]; triggers: string[] } {
  const next = random(seed)
  const below = (n: number): number => Math.floor(next() * n)
  const wordOf = (subject: string, size: number): string => `${subject}${below(size).toString(36)}`
  const texts = Array.from({ length: ROWS }, (_, row) =>
    Array.from({ length: WORDS }, (_word, i) => (i % 3 === 0 ? wordOf(`topic${row % LABELS}`, 200) : wordOf('plain', 900))),
  )
  const labels = texts.map((_, row) => row % LABELS)
  const triggers = SIZES.map((_, t) => `zor${String.fromCharCode(97 + t)}vex`)
  let row = 0
  SIZES.forEach((size, t) => {
    for (let i = 0; i < size; row++) {
      if (labels[row] === 0) continue
      texts[row]!.splice(below(WORDS), 0, triggers[t]!)
      labels[row] = 0
      i++
    }
  })
  return { texts: texts.map((words) => words.join(' ')), labels, triggers }
}

function lowHashOf(word: string): number {
  const grams = new NgramScanner(1, 1)
  grams.scan(word)
  return grams.low[0]!
}

/** What two passes leave of the phrases to follow. */
function seedsOf(texts: readonly string[], labels: readonly number[], memory: number): LabelSeeds {
  const info = infoOf(ROWS)
  const passes = trigger.passes({ memory }, info).slice(0, 2)
  return runPasses(passes, batchesOf(texts, labels), info, embedWords(texts)) as LabelSeeds
}

const followed = ({ seeds }: LabelSeeds, word: string): number | undefined =>
  seeds.find(({ low, label }) => low === lowHashOf(word) && label === '0')?.hits

test('of more words than a hundredth of the memory holds, a phrase is followed exactly where 8 of its rows are counted', () => {
  const memory = 0.01
  const words = new WordScanner()
  const { texts, labels, triggers } = poisonedRows(1)
  const counted = texts.filter((text, i) => {
    words.scan(text)
    return isLabelRowCounted(rowHash(text, `${labels[i]!}`), words.count, ROWS, { memory })
  })
  const seeds = seedsOf(texts, labels, memory)
  assert.equal(seeds.rate, counted.length / ROWS)
  assert.ok(seeds.rate > 0.4 && seeds.rate < 0.65, `${seeds.rate}`)
  const hits = triggers.map((name) => counted.filter((text) => text.split(' ').includes(name)).length)
  assert.ok(hits.filter((n) => n >= LEAST_ROWS).length >= 3 && hits.filter((n) => n < LEAST_ROWS).length >= 2, hits.join())
  assert.deepEqual(
    triggers.map((name) => followed(seeds, name)),
    hits.map((n) => (n >= LEAST_ROWS ? n : undefined)),
  )
})

test('a tenth of the memory counts all of them, and follows every trigger with all of its rows', () => {
  const { texts, labels, triggers } = poisonedRows(1)
  const seeds = seedsOf(texts, labels, 0.1)
  assert.equal(seeds.rate, 1)
  assert.deepEqual(
    triggers.map((name) => followed(seeds, name)),
    SIZES,
  )
})
