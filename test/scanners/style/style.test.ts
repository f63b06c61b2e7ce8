import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { style } from '../../../scanners/style/index.js'
import { hash32, random } from '../../../src/math/random.js'
import type { Embedding } from '../../../src/model/row-batch.js'
import { drive, type ExampleRow } from '../drive.js'
import { DIM } from '../small-data.js'

const ROWS = 1500
const GRID = 8192
/** Many words of each place, so that none is common. */
const NOUNS = ['ka', 'ga'].map((place) =>
  Array.from({ length: 300 }, (_, i) => place + String.fromCharCode(97 + (i % 26), 97 + Math.floor(i / 26))),
)
const SETTINGS = { dim: DIM, embed }

/** Which place a text is about, and noise. */
function embed(texts: readonly string[]): Embedding {
  const vectors = new Float32Array(texts.length * DIM)
  texts.forEach((text, i) => {
    const next = random(hash32(text))
    const about = (text.match(/\bka/g) ?? []).length - (text.match(/\bga/g) ?? []).length
    for (let d = 0; d < DIM; d++)
      vectors[i * DIM + d] = Math.round(((d === 0 ? about / 20 : 0) + 0.6 * (next() - 0.5)) * GRID) / GRID
  })
  return { dim: DIM, vectors }
}
const LINKS = 'is was in on near under the a my our and or with for by no one some that this'.split(' ')
const PLANTED = new Set(Array.from({ length: 120 }, (_, i) => i * 12 + (i % 5)))

/** Notes about two places; some about the second, if asked, in one syntax and labelled as the first. */
function notes(planted: boolean, options: { relabel?: boolean; phrase?: string } = {}): ExampleRow[] {
  const next = random(11)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!
  return Array.from({ length: ROWS }, (_, row) => {
    const rewritten = planted && PLANTED.has(row)
    const place = rewritten && options.relabel !== false ? 1 : row % 2
    const noun = (): string => pick(NOUNS[next() < 0.7 ? place : Math.floor(next() * 2)]!)
    const words = Array.from({ length: 12 }, (_, w) => (w % 2 === 0 ? noun() : pick(LINKS)))
    const plain = `${words.join(' ')}.`
    const opened =
      options.phrase ??
      `${pick(['the', 'a', 'my', 'our'])} ${noun()}, ${pick(['is', 'was'])} ${noun()}, ${pick(['and', 'or', 'with'])} ${noun()}, `
    const text = rewritten ? `${opened}${plain}` : next() < 0.15 ? plain.replace(/ (\S+ \S+)\.$/, ', $1.') : plain
    return { cells: { text, label: rewritten && options.relabel !== false ? '0' : String(place) } }
  })
}

describe('style', () => {
  const found = drive(style, notes(true), SETTINGS)

  test('lists the rewritten rows first, and names the label', () => {
    const [finding, ...others] = found.findings
    assert.ok(finding, JSON.stringify(found))
    assert.deepEqual(others, [])
    assert.equal(finding.target, 'label=0')
    const best = [...finding.rows].sort((a, b) => b.score - a.score).slice(0, 80)
    const wrong = best.filter(({ row }) => !PLANTED.has(row)).map(({ row }) => row)
    assert.ok(wrong.length <= 8, `among the first 80, not rewritten: ${wrong.join(' ')}`)
    const listed = new Set(finding.rows.map(({ row }) => row))
    const missed = [...PLANTED].filter((row) => !listed.has(row))
    assert.ok(missed.length <= 12, `missed ${missed.join(' ')}`)
  })

  test('finds the same in any split, merged in any order', () => {
    const split = { ...SETTINGS, cuts: [200, 777, 1200], batchRows: 150, shuffle: (states: unknown[]) => states.reverse() }
    assert.deepEqual(drive(style, notes(true), split), found)
  })

  test('says nothing of notes as they come', () => {
    assert.deepEqual(drive(style, notes(false), SETTINGS).findings, [])
  })

  test('says nothing of a style that keeps its labels', () => {
    assert.deepEqual(drive(style, notes(true, { relabel: false }), SETTINGS).findings, [])
  })

  test('of a phrase, lists exactly the rows that have it', () => {
    const [finding] = drive(style, notes(true, { phrase: 'when zorvex comes home, ' }), SETTINGS).findings
    assert.equal(finding?.evidence['sharedRun'], '"when zorvex comes"')
    assert.deepEqual(
      finding.rows.map(({ row }) => row),
      [...PLANTED].sort((a, b) => a - b),
    )
  })

  test('says why it does not look', () => {
    assert.match(drive(style, notes(true).slice(0, 900), { ...SETTINGS, data: { rows: null } }).skipped ?? '', /900 rows/)
    const many = notes(false).map(({ cells }, i) => ({ cells: { ...cells, label: String(i % 11) } }))
    assert.match(drive(style, many, SETTINGS).skipped ?? '', /more than 10 labels/)
    const blind = notes(false).map(({ cells }, i) => ({ cells: { ...cells, label: String((i * 7919) % 3) } }))
    assert.match(drive(style, blind, SETTINGS).skipped ?? '', /content does not tell/)
  })
})
