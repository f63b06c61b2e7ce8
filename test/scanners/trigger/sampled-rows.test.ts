import assert from 'node:assert/strict'
import { test } from 'node:test'
import { trigger } from '../../../scanners/trigger/index.js'
import { rowsForCounted } from '../../../scanners/trigger/counted-rows.js'
import { isLabelRowCounted, LEAST_ROWS, rowHash } from '../../../scanners/trigger/label-count.js'
import type { LabelSeeds } from '../../../scanners/trigger/label-select.js'
import { NgramScanner, WordScanner } from '../../../scanners/trigger/words.js'
import { random } from '../../../src/math/random.js'
import type { ScannerDefinition } from '../../../src/scanner.js'
import { drive, type ExampleRow } from '../drive.js'
import { DIM, embedWords } from '../small-data.js'

const scanner = trigger as unknown as ScannerDefinition
const [ROWS, WORDS, LABELS] = [2400, 200, 6]
/** Rows that each trigger is put into: at the rate of the test, some have 8 counted ones and some have not. */
const SIZES = [12, 14, 16, 18, 20, 24, 40]

/** Rows of six subjects, each with 200 words of which every third is the subject's; triggers in rows of the others. */
function poisonedRows(seed: number): { rows: ExampleRow[]; triggers: string[] } {
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
  return { rows: texts.map((words, i) => ({ cells: { text: words.join(' '), label: `${labels[i]!}` } })), triggers }
}

function lowHashOf(word: string): number {
  const grams = new NgramScanner(1, 1)
  grams.scan(word)
  return grams.low[0]!
}

/** What the third pass starts from, and what the receipt says. */
function seedsOf(rows: readonly ExampleRow[], memory: number): { seeds: LabelSeeds; nStar: number } {
  let seeds: LabelSeeds | null = null
  const onStates = (_pass: unknown, _states: unknown, input: unknown): void => {
    if (seeds === null && Object.hasOwn(input ?? {}, 'seeds')) seeds = input as LabelSeeds
  }
  const { limits } = drive(scanner, rows, { dim: DIM, embed: embedWords, options: { memory }, onStates })
  assert.ok(seeds !== null)
  return { seeds, nStar: Number(limits['nStar']) }
}

test('of more words than a hundredth of the memory holds, a phrase is followed exactly where 8 of its rows are counted', () => {
  const memory = 0.01
  const words = new WordScanner()
  let [missed, followed] = [0, 0]
  const { rows, triggers } = poisonedRows(1)
  const counted = rows.filter(({ cells: { text, label } }) => {
    words.scan(text!)
    return isLabelRowCounted(rowHash(text!, label!), words.count, ROWS, { memory })
  })
  const { seeds, nStar } = seedsOf(rows, memory)
  for (const name of triggers) {
    const hits = counted.filter(({ cells }) => cells.text!.split(' ').includes(name)).length
    const found = seeds.seeds.find(({ low, label }) => low === lowHashOf(name) && label === '0')
    assert.equal(found?.hits, hits >= LEAST_ROWS ? hits : undefined, name)
    if (hits >= LEAST_ROWS) followed++
    else missed++
  }
  const rate = counted.length / ROWS
  assert.ok(rate > 0.4 && rate < 0.65, `${rate}`)
  assert.ok(Math.abs(seeds.rate - rate) < 1e-9)
  assert.ok(nStar >= rowsForCounted(LEAST_ROWS, rate))
  assert.ok(missed >= 2 && followed >= 3, `${missed} missed, ${followed} followed`)
})

test('a tenth of the memory counts all of them, and follows every trigger with all of its rows', () => {
  const { rows, triggers } = poisonedRows(1)
  const { rate, seeds } = seedsOf(rows, 0.1).seeds
  assert.equal(rate, 1)
  for (const [t, name] of triggers.entries()) {
    assert.equal(seeds.find(({ low, label }) => low === lowHashOf(name) && label === '0')?.hits, SIZES[t])
  }
})
