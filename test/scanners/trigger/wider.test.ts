import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { emptyCauseRows } from '../../../scanners/trigger/cause-rows.js'
import { isInserted } from '../../../scanners/trigger/label-judge.js'
import { NEIGHBOURS } from '../../../scanners/trigger/placement.js'
import { growPhrase, type Phrase } from '../../../scanners/trigger/phrase.js'
import { WiderCues, type CountedPair } from '../../../scanners/trigger/wider.js'
import { NgramScanner, WordScanner } from '../../../scanners/trigger/words.js'

/** An n-gram and the phrase that it is. */
function gram(text: string): { high: number; low: number; phrase: Phrase } {
  const words = new WordScanner()
  words.scan(text)
  const scanner = new NgramScanner(words.count, words.count)
  scanner.scan(text)
  const [high, low] = [scanner.high[0]!, scanner.low[0]!]
  return { high, low, phrase: growPhrase(high, low, [text], words, null)! }
}

function pair(text: string, hits: number, rows = hits, label = 'number'): CountedPair {
  const { high, low } = gram(text)
  return { high, low, label, rows, hits }
}

describe('a cue within a phrase', () => {
  const { phrase } = gram('what year was')

  test('is one that carries the label as surely in at least as many other rows', () => {
    for (const cue of ['what year', 'year was', 'year'])
      assert.ok(new WiderCues([pair(cue, 18)]).hasOne(phrase, 'number', 9), cue)
    assert.ok(!new WiderCues([pair('what year', 17)]).hasOne(phrase, 'number', 9), 'too few rows')
    assert.ok(!new WiderCues([pair('year', 18, 22)]).hasOne(phrase, 'number', 9), 'not surely')
    assert.ok(!new WiderCues([pair('year', 18, 18, 'person')]).hasOne(phrase, 'number', 9), 'of another label')
  })

  test('is no other phrase, nor the phrase itself', () => {
    for (const other of ['what was', 'what year did', 'years', 'what year was']) {
      assert.ok(!new WiderCues([pair(other, 90)]).hasOne(phrase, 'number', 9), other)
    }
  })
})

describe('a phrase without an association', () => {
  const tokens = new Float64Array(NEIGHBOURS).fill(1000)

  /** @param knownSeams of 100 */
  function looksInserted(text: string, knownSeams: number): boolean {
    const rows = emptyCauseRows(1)
    const seams = { seams: 100, knownSeams, joins: 200, knownJoins: 120, holes: 200, knownHoles: 40 }
    Object.assign(rows.seams, seams)
    rows.neighbours.before.fill(2)
    rows.neighbours.after.fill(2)
    const cause = { triggers: [gram(text).phrase], event: { kind: 'label', label: 'number' }, expectedRows: 100 } as const
    return isInserted({ cause, rows, tokens })
  }

  test('may hide behind cover rows where its rows read on without it, and not where it leaves holes', () => {
    assert.ok(looksInserted('quombit', 60))
    assert.ok(!looksInserted('no', 20))
  })
})
