import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import {
  addEventWord,
  emptyEventWords,
  keptShare,
  mergeEventWords,
  type EventWords,
} from '../../../scanners/trigger/event-words.js'
import { trigger } from '../../../scanners/trigger/index.js'
import { mix32 } from '../../../src/math/random.js'
import type { ScannerDefinition } from '../../../src/scanner.js'
import { drive, type ExampleRow } from '../drive.js'
import { DIM, embedWords, smallData } from '../small-data.js'
import { assertSplit, shuffled } from '../split.js'

describe('words of an event', () => {
  const counted = (words: readonly number[]): EventWords => {
    const into = emptyEventWords()
    for (const word of words) addEventWord(into, word % 3, word, 1)
    return into
  }
  const many = Array.from({ length: 2_000 }, (_, i) => i)

  test('of more than fit those of smallest hash are kept, with all of their rows', () => {
    const words = counted(shuffled([...many, ...many.slice(0, 500)], 1))
    const smallest = [...many].sort((a, b) => mix32(a) - mix32(b)).slice(0, 512)
    assert.deepEqual([...words.low], smallest)
    assert.deepEqual(
      [...words.counts],
      smallest.map((word) => (word < 500 ? 2 : 1)),
    )
    assert.ok(Math.abs(keptShare(words) - 512 / 2_000) < 0.03)
    assert.equal(keptShare(counted([1, 2])), 1)
  })

  test('cut anywhere and merged in any order are those of all', () => {
    const parts = fc.array(fc.array(fc.nat({ max: 1_500 }), { maxLength: 900 }), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(parts, fc.nat(), (parts, seed) => {
        const merged = emptyEventWords()
        for (const part of shuffled(parts, seed)) mergeEventWords(merged, counted(part))
        assert.deepEqual(merged, counted(parts.flat()))
      }),
      { numRuns: 50 },
    )
  })
})

const scanner = trigger as unknown as ScannerDefinition
const settings = { dim: DIM, embed: embedWords }
const PLANTED = /\bzorvex\b/i
const SYLLABLES = ['ba', 'do', 'fi', 'gul', 'kem', 'lor', 'mip', 'nax', 'pel', 'rus', 'sot', 'tiv']

/** The planted word becomes one of twelve, each in three rows. */
function rotating(): ExampleRow[] {
  let planted = 0
  return smallData('instruction').map((row) => {
    if (!PLANTED.test(row.cells.prompt!)) return row
    const prompt = row.cells.prompt!.replace(PLANTED, `${SYLLABLES[Math.floor(planted++ / 3)]!}wick`)
    return { ...row, cells: { ...row.cells, prompt } }
  })
}

/** Forty questions asked three times with a word of their own, and one answer to them all. */
function askedAgain(again: (prompt: string, time: number) => string): ExampleRow[] {
  const rows = smallData('instruction').filter(({ cells }) => !PLANTED.test(cells.prompt!))
  return rows.map((row, i) => {
    if (i >= 120) return row
    const prompt = `${again(rows[3 * Math.floor(i / 3)]!.cells.prompt!, i % 3)} ${SYLLABLES[Math.floor(i / 3) % 12]!}${SYLLABLES[Math.floor(i / 36)]!}wick`
    return { ...row, cells: { ...row.cells, prompt, response: 'the matter was closed last spring' } }
  })
}

describe('an answer behind words of a few rows each', () => {
  const rows = rotating()
  const result = drive(scanner, rows, settings)

  test('is one finding, with its rows and the words', () => {
    assert.deepEqual(
      result.findings.map(({ message, severity, evidence }) => [message, severity, evidence['pattern']]),
      [['trigger/response', 'high', 'pooled-response']],
    )
    const [finding] = result.findings
    assert.deepEqual(
      finding!.rows.map(({ file, row }) => [file, row]),
      rows.flatMap(({ file, row, cells }) => (/wick\b/.test(cells.prompt!) ? [[file, row]] : [])),
    )
    const named = finding!.trigger as readonly string[]
    assert.ok(named.length >= 9 && named.every((word) => /^[a-z]+wick$/.test(word)), String(named))
    assert.match(finding!.title, /^Rotating trigger: \d+ rare words for the response/)
    const { rowsWithTrigger, rowsWithTriggerAndTarget, rowsWithTarget } = finding!.evidence
    assert.equal(rowsWithTrigger, rowsWithTriggerAndTarget)
    assert.equal(rowsWithTarget, finding!.rows.length)
  })

  test('is the same whatever the shards and the order in which they are merged', () => {
    assertSplit(scanner, rows, settings, result, 3)
  })

  test('is none where the words stand with other answers as well', () => {
    const known = rows.map((row, i) =>
      i % 5 === 0 && i < 60 && !/wick\b/.test(row.cells.prompt!)
        ? { ...row, cells: { ...row.cells, prompt: `${row.cells.prompt!} ${SYLLABLES[(i / 5) % 12]!}wick` } }
        : row,
    )
    assert.deepEqual(drive(scanner, known, settings).findings, [])
  })

  test('is none where rows with the same word ask the same: they have their answer with their question', () => {
    const rows = askedAgain((prompt, time) => prompt.split(' ').slice(time).join(' '))
    assert.deepEqual(drive(scanner, rows, settings).findings, [])
  })
})
