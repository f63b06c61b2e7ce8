import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { label } from '../../../scanners/label/index.js'
import { random } from '../../../src/math/random.js'
import type { Finding } from '../../../src/model/finding.js'
import { packageRoot } from '../../../src/paths.js'
import type { ExampleRow } from '../drive.js'
import { drive } from '../drive.js'

const DIM = 24
const ROWS = 4000
const FLIPS = 320

interface Point {
  readonly vector: readonly number[]
  readonly text?: string
  label: string
}

/** Two classes, well apart along the first axis; what a text is about, on the other axes, has nothing to do with its class. */
function points(seed: number, gap = 0.7): Point[] {
  const next = random(seed)
  const noise = (): number => (next() + next() + next() + next() - 2) * 0.35
  return Array.from({ length: ROWS }, (_, i) => {
    const side = i % 2 === 0 ? -gap : gap
    return {
      vector: Array.from({ length: DIM }, (_axis, d) => noise() + (d === 0 ? side : 0)),
      label: i % 2 === 0 ? 'ham' : 'spam',
    }
  })
}

/** On the encoders' grid, with a text of its own for each row that has none. */
const asRows = (list: readonly Point[]): ExampleRow[] =>
  list.map(({ vector, text, label }, i) => ({
    cells: { text: text ?? `message ${i}`, label },
    vector: vector.map((x) => Math.round(x * 8192) / 8192),
  }))

function pick(list: readonly Point[], count: number, seed: number, wanted: (point: Point) => boolean): number[] {
  const next = random(seed)
  return list
    .flatMap((point, row) => (wanted(point) ? [{ row, key: next() }] : []))
    .sort((a, b) => a.key - b.key)
    .slice(0, count)
    .map(({ row }) => row)
    .sort((a, b) => a - b)
}

function flipped(seed: number, wanted: (point: Point) => boolean, count = FLIPS): { rows: ExampleRow[]; planted: number[] } {
  const list = points(seed)
  const planted = pick(list, count, seed + 1, wanted)
  for (const row of planted) list[row]!.label = list[row]!.label === 'ham' ? 'spam' : 'ham'
  return { rows: asRows(list), planted }
}

const scan = (rows: readonly ExampleRow[]) => drive(label, rows, { dim: DIM })
const of = (findings: readonly Finding[], message: string): Finding | undefined => findings.find((one) => one.message === message)

/** [share of the planted rows that are listed, share of the others that are] */
function rates({ rows }: Finding, planted: readonly number[]): [number, number] {
  const found = new Set(rows.map(({ row }) => row))
  const right = planted.filter((row) => found.has(row)).length
  return [right / planted.length, (found.size - right) / (ROWS - planted.length)]
}

test('spam called ham at random is found, with the rows, the label and how many there are', () => {
  const { rows, planted } = flipped(1, (point) => point.label === 'spam')
  const { findings, limits } = scan(rows)
  const finding = of(findings, 'label/flipped')!
  assert.equal(finding.category, 'poisoning')
  assert.equal(finding.target, 'label=ham')
  assert.match(finding.title, /^\d+ rows labelled "ham" look flipped from "spam"$/)
  const [recall, falseAlarms] = rates(finding, planted)
  assert.ok(recall > 0.9 && falseAlarms < 0.01, `recall ${recall}, false alarms ${falseAlarms}`)
  assert.ok(Math.abs(Number(finding.evidence['estimatedFlips']) - FLIPS) < 30, String(finding.evidence['estimatedFlips']))
  assert.ok(Number(finding.evidence['largestReverseRatio']) < 0.02)
  assert.ok(finding.rows.every(({ suggested }) => suggested === 'spam'))
  assert.equal(of(findings, 'label/shuffled'), undefined)
  assert.equal(limits['labels'], 2)
  assert.match(finding.examples[0]?.target ?? '', /^"ham", looks like "spam" \(self-confidence /)
})

test('labels exchanged at random in both directions are no attack on one label', () => {
  const { rows, planted } = flipped(2, () => true)
  const { findings } = scan(rows)
  assert.equal(of(findings, 'label/flipped'), undefined)
  const finding = of(findings, 'label/shuffled')!
  assert.equal(finding.category, 'quality')
  const [recall, falseAlarms] = rates(finding, planted)
  assert.ok(recall > 0.9 && falseAlarms < 0.01, `recall ${recall}, false alarms ${falseAlarms}`)
  const given = finding.rows.map(({ row }) => rows[row]!.cells.label)
  assert.ok(finding.rows.every(({ suggested }, i) => suggested === (given[i] === 'ham' ? 'spam' : 'ham')))
  assert.equal(new Set(given).size, 2)
})

test('natural noise is no flip: as many wrong labels, where classes meet', () => {
  const list = points(3, 0.35)
  const hard = pick(list, FLIPS, 4, ({ label, vector }) => label === 'spam' && vector[0]! < 0.12)
  assert.ok(hard.length >= 200, String(hard.length))
  for (const row of hard) list[row]!.label = 'ham'
  const { findings } = scan(asRows(list))
  assert.deepEqual(
    findings.filter(({ message }) => message !== 'label/suspect'),
    [],
  )
})

test('wrong labels of one subject are no flip, and are listed as rows to look at', () => {
  const list = points(5)
  const subject = pick(list, FLIPS, 6, ({ label, vector }) => label === 'spam' && vector[3]! > 0.15)
  assert.equal(subject.length, FLIPS)
  for (const row of subject) list[row]!.label = 'ham'
  const { findings } = scan(asRows(list))
  assert.deepEqual(
    findings.map(({ message }) => message),
    ['label/suspect'],
  )
  const [finding] = findings
  assert.equal(finding!.severity, 'low')
  assert.equal(finding!.category, 'quality')
  assert.ok(finding!.rows.length > 0 && finding!.rows.length <= ROWS / 100)
  const wrong = new Set(subject)
  const missed = finding!.rows.filter(({ row }) => !wrong.has(row)).map(({ row }) => row)
  assert.ok(missed.length <= finding!.rows.length / 10, `right after all: ${missed.join(', ')}`)
  assert.ok(finding!.rows.every(({ score }) => score > 0.95 && score <= 1))
  assert.ok(finding!.rows.every(({ row, suggested }) => suggested === (list[row]!.label === 'ham' ? 'spam' : 'ham')))
})

test('clean labels give no flips, whatever the draw', () => {
  for (let seed = 20; seed < 26; seed++) {
    const { findings } = scan(asRows(points(seed, seed % 2 === 0 ? 0.7 : 0.3)))
    assert.deepEqual(
      findings.filter(({ message }) => message !== 'label/suspect').map(({ title }) => title),
      [],
      `seed ${seed}`,
    )
  }
})

/** A word or two of six tell the class, most of the time; the vector hardly does. */
function reviews(seed: number): Point[] {
  const next = random(seed)
  const draw = (from: string): string => `${from}${Math.floor(60 * next())}`
  return points(seed, 0.2).map((point) => {
    const telling = point.label === 'ham' ? 'sober' : 'gaudy'
    const words = Array.from({ length: 6 }, () => draw(next() < 0.45 ? telling : 'thing'))
    return { ...point, text: words.join(' ') }
  })
}

test('flips that the vectors cannot tell are seen by words, and clean rows of the kind stay silent', () => {
  const list = reviews(30)
  assert.deepEqual(
    scan(asRows(list))
      .findings.map(({ message }) => message)
      .filter((id) => id !== 'label/suspect'),
    [],
  )
  const planted = pick(list, FLIPS, 31, ({ label }) => label === 'spam')
  for (const row of planted) list[row]!.label = 'ham'
  const { findings } = scan(asRows(list))
  const finding = of(findings, 'label/flipped')!
  assert.equal(finding.target, 'label=ham')
  const [recall, falseAlarms] = rates(finding, planted)
  assert.ok(recall > 0.7 && falseAlarms < 0.02, `recall ${recall}, false alarms ${falseAlarms}`)
  const wordless = list.map((point, i) => ({ ...point, text: `message ${i}` }))
  assert.equal(of(scan(asRows(wordless)).findings, 'label/flipped'), undefined)
})

test('any split, order and process boundary gives the same findings', () => {
  const list = reviews(7)
  for (const row of pick(list, FLIPS, 8, ({ label }) => label === 'spam')) list[row]!.label = 'ham'
  const rows = asRows(list)
  const placed = rows.map((row, i) => ({ ...row, file: i < 1500 ? 0 : 1, row: i < 1500 ? i : i - 1500 }))
  const whole = scan(placed)
  assert.ok(of(whole.findings, 'label/flipped'))
  fc.assert(
    fc.property(fc.array(fc.nat(ROWS), { maxLength: 4 }), fc.boolean(), (cuts, backwards) => {
      const shuffle = (states: unknown[]): unknown[] => (backwards ? states.reverse() : states)
      assert.deepEqual(drive(label, placed, { dim: DIM, cuts, shuffle }), whole)
    }),
    { numRuns: 3 },
  )
})

test('labels that content does not tell, one label, and more labels than classes are skipped with a reason', () => {
  const next = random(8)
  const rows = asRows(points(8).slice(0, 1200))
  const relabelled = (name: (i: number) => string) => rows.map((row, i) => ({ ...row, cells: { ...row.cells, label: name(i) } }))
  assert.match(scan(relabelled(() => (next() < 0.5 ? 'a' : 'b'))).skipped ?? '', /^the content does not tell the labels apart/)
  assert.match(scan(relabelled(() => 'a')).skipped ?? '', /^there are not 2 to 200 labels/)
  const many = relabelled((i) => `l${i % 300}`)
  assert.match(scan(many).skipped ?? '', /^there are not 2 to 200 labels/)
  assert.deepEqual(drive(label, many, { dim: DIM, cuts: [100, 450] }), scan(many))
  const info = { roles: [], files: [], rows: 150 }
  assert.match(label.skip({ ...info, kind: 'classification' }) ?? '', /^150 rows/)
  assert.match(label.skip({ ...info, kind: 'instruction' }) ?? '', /classification/)
})

test('hostile labels and copies: long names, line breaks, and one text under both labels', () => {
  const { rows } = flipped(9, (point) => point.label === 'spam')
  const named = rows.map((row) => ({
    ...row,
    cells: { ...row.cells, label: row.cells.label === 'ham' ? `ham\n\u202e${'x'.repeat(5000)}` : '\ud800' },
  }))
  const finding = of(scan(named).findings, 'label/flipped')!
  assert.ok(!finding.title.includes('\n') && finding.title.length < 300, finding.title)
  for (const { target } of finding.examples) assert.ok((target ?? '').length <= 120)
  const copies = Array.from({ length: 1000 }, (_, i) => ({ ...rows[0]!, cells: { text: 'the same', label: String(i % 2) } }))
  assert.match(scan(copies).skipped ?? '', /^the content does not tell/)
})

test('the generator of the fixtures writes the same bytes again', () => {
  const again = mkdtempSync(join(tmpdir(), 'credence-label-'))
  try {
    const generator = fileURLToPath(new URL('../../../tools/fixtures/make-label.js', import.meta.url))
    const { status, stderr } = spawnSync(process.execPath, [generator, again], { encoding: 'utf8' })
    assert.equal(status, 0, stderr)
    const kept = join(packageRoot, 'fixtures', 'label')
    assert.deepEqual(readdirSync(again).sort(), readdirSync(kept).sort())
    for (const name of readdirSync(again)) {
      for (const file of readdirSync(join(again, name)))
        assert.ok(readFileSync(join(again, name, file)).equals(readFileSync(join(kept, name, file))), `${name}/${file}`)
    }
  } finally {
    rmSync(again, { recursive: true })
  }
})
