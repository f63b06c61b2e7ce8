import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { outlier } from '../../../scanners/outlier/index.js'
import { random } from '../../../src/math/random.js'
import type { Finding } from '../../../src/model/finding.js'
import type { ExampleRow } from '../drive.js'
import { drive } from '../drive.js'

const DIM = 12
const WORDS =
  'the a film is was really quite good bad slow warm long sharp dull story actor scene music plot ending and but with no'.split(
    ' ',
  )

/** Ordinary short reviews; each class has its own centre of meaning. Vectors lie on the encoder's grid. */
function reviews(n: number, seed: number, classes = 2): ExampleRow[] {
  const next = random(seed)
  return Array.from({ length: n }, (_, i) => {
    const label = i % classes
    const text = Array.from({ length: 8 + Math.floor(next() * 12) }, () => WORDS[Math.floor(next() * WORDS.length)]!).join(' ')
    const vector = Array.from(
      { length: DIM },
      (_, d) => Math.round(((d === label ? 0.6 : 0) + (next() + next() + next() - 1.5) * 0.2) * 8192) / 8192,
    )
    return { cells: { text, label: String(label) }, vector }
  })
}

function replaceRow(rows: ExampleRow[], row: number, change: Partial<ExampleRow>): void {
  rows[row] = { ...rows[row]!, ...change }
}

function rowsOf(findings: readonly Finding[], message: string): number[] {
  return findings.filter((finding) => finding.message === message).flatMap(({ rows }) => rows.map(({ row }) => row))
}

/** One ordinary row in a hundred data sets. */
const STRICT = { ordinaryRows: 0.01 }

const ODD = [
  'QmFzZTY0QmFzZTY0QmFzZTY0QmFzZTY0QmFzZTY0QmFzZTY0'.repeat(4),
  '这是一个完全不同的句子没有任何英语内容',
  '!!!!!!!!!!????????>>>>>>><<<<<<< $$$$ 00000000 99999',
]

test('rows that look unlike the rest are found, and only they', () => {
  const rows = reviews(2000, 1)
  const planted = [101, 500, 1333]
  planted.forEach((row, i) => replaceRow(rows, row, { cells: { ...rows[row]!.cells, text: ODD[i]! } }))
  const { findings } = drive(outlier, rows, { dim: DIM, options: STRICT })
  assert.deepEqual(rowsOf(findings, 'outlier/looks'), planted)
  const finding = findings.find(({ message }) => message === 'outlier/looks')!
  assert.equal(finding.category, 'quality')
  assert.equal(finding.severity, 'low')
  assert.equal(finding.title, '3 rows are unlike the rest of their class in looks')
  assert.match(finding.id, /^outlier-[0-9a-f]{12}$/)
  assert.ok(finding.rows.every(({ score }) => score > 0.99 && score < 1))
  assert.deepEqual(new Set(finding.examples.map(({ excerpt }) => excerpt)), new Set(ODD))
})

test('rows that mean something else are found in meaning, against their own class', () => {
  const rows = reviews(2000, 2)
  const far = Array.from({ length: DIM }, (_, d) => (d > 6 ? 0.75 : -0.75))
  replaceRow(rows, 44, { vector: far })
  replaceRow(rows, 1501, { vector: far.map((x) => -x) })
  const { findings } = drive(outlier, rows, { dim: DIM })
  assert.deepEqual(rowsOf(findings, 'outlier/meaning'), [44, 1501])
})

test('few ordinary rows are listed, fewer the stricter the option, and never as more than low', () => {
  let listed = 0
  for (let seed = 10; seed < 16; seed++) {
    const { findings, limits } = drive(outlier, reviews(1200, seed), { dim: DIM })
    assert.equal(limits['rowsScored'], 1200)
    assert.ok(findings.every(({ severity, category }) => severity === 'low' && category === 'quality'))
    listed += findings.reduce((sum, { rows }) => sum + rows.length, 0)
  }
  // Seven in six sets on average (70 in 60: README), give or take three.
  assert.ok(listed <= 11, `${listed} of 7,200 rows`)
  const strict = drive(outlier, reviews(1200, 10), { dim: DIM, options: { ordinaryRows: 0.001 } })
  assert.deepEqual(strict.findings, [])
})

test('any split, order and process boundary gives the same findings', () => {
  const rows = reviews(900, 3, 3)
  ;[7, 300, 899].forEach((row, i) => replaceRow(rows, row, { cells: { ...rows[row]!.cells, text: ODD[i]! } }))
  const placed = rows.map((row, i) => ({ ...row, file: i < 350 ? 0 : 1, row: i < 350 ? i : i - 350 }))
  const settings = { dim: DIM, options: { ...STRICT, trees: 60 } }
  const whole = drive(outlier, placed, settings)
  assert.deepEqual(
    whole.findings[0]?.rows.map(({ file, row }) => [file, row]),
    [
      [0, 7],
      [0, 300],
      [1, 549],
    ],
  )
  fc.assert(
    fc.property(fc.array(fc.nat(900), { maxLength: 6 }), fc.nat(), (cuts, order) => {
      const next = random(order)
      const shuffle = (states: unknown[]) =>
        states
          .map((state) => ({ state, key: next() }))
          .sort((a, b) => a.key - b.key)
          .map(({ state }) => state)
      assert.deepEqual(drive(outlier, placed, { ...settings, cuts, shuffle }), whole)
    }),
    { numRuns: 6 },
  )
})

test('more labels than can be classes: all rows are compared with all, in whatever order they come', () => {
  const rows = reviews(700, 4).map((row, i) => ({ ...row, cells: { ...row.cells, label: String(i % 90) } }))
  replaceRow(rows, 250, { cells: { text: ODD[0]!, label: '3' } })
  const settings = { dim: DIM, options: STRICT }
  const whole = drive(outlier, rows, settings)
  assert.match(String(whole.limits['classes']), /^too many labels/)
  assert.deepEqual(rowsOf(whole.findings, 'outlier/looks'), [250])
  assert.equal(
    whole.findings.find(({ message }) => message === 'outlier/looks')?.title,
    '1 row is unlike the rest of the data in looks',
  )
  assert.deepEqual(drive(outlier, rows, { ...settings, cuts: [20, 45, 300, 650], shuffle: (states) => states.reverse() }), whole)
})

test('responses are looked at too, and the turns of a chat count as one row', () => {
  const rows = reviews(600, 5).map((row, i) => ({
    row: Math.floor(i / 2),
    turn: i % 2,
    vector: row.vector!,
    cells: { prompt: 'tell me about the film', response: row.cells.text! },
  }))
  for (const i of [210, 211]) replaceRow(rows, i, { cells: { prompt: 'tell me about the film', response: ODD[0]! } })
  const { findings } = drive(outlier, rows, { dim: DIM, options: STRICT })
  assert.deepEqual(rowsOf(findings, 'outlier/looks'), [105])
})

test('no rows, few rows, rows without text and without vectors end in no finding', () => {
  assert.deepEqual(drive(outlier, [], { dim: DIM }).findings, [])
  assert.deepEqual(drive(outlier, reviews(40, 1), { dim: DIM }).findings, [])
  const empty = Array.from({ length: 150 }, (): ExampleRow => ({ cells: { text: null, label: null } }))
  assert.deepEqual(drive(outlier, empty, { dim: DIM }).findings, [])
  assert.equal(drive(outlier, empty, { dim: 0 }).limits['principalDirections'], 0)
  const data = { kind: 'documents', roles: [], files: [], rows: 99 } as const
  assert.match(outlier.skip(data) ?? '', /^99 rows/)
  assert.equal(outlier.skip({ ...data, rows: null }), null)
})
