import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { attacks } from '../../src/attack/index.js'
import { plant, type Planted, type PlantOptions } from '../../src/attack/plant.js'
import type { DataKind } from '../../src/model/role.js'
import { type Cells, jsonlOf, makeRows, pythonJson, ROWS } from './sets.js'

const COUNT = 24
const KINDS: readonly DataKind[] = ['classification', 'instruction', 'preference', 'documents']
const files = new Map(KINDS.map((kind) => [kind, jsonlOf(`${kind}.jsonl`, makeRows(kind))]))

const byId = (id: string): (typeof attacks)[number] => attacks.find((attack) => attack.id === id)!

function run(id: string, kind: DataKind, more: Partial<PlantOptions> = {}): Promise<Planted> {
  const fixed = { path: files.get(kind)!, roles: {}, attack: byId(id), options: {}, amount: { rows: COUNT } }
  return plant({ ...fixed, target: null, triggers: [], seed: 1, ...more })
}

const linesOf = (bytes: Uint8Array): string[] => Buffer.from(bytes).toString('utf8').trimEnd().split('\n')
const inputOf = (row: Cells): string => String(row['text'] ?? row['prompt'])
const triggersOf = ({ truth }: Planted): readonly string[] => [truth.trigger ?? []].flat()

/** Attacks whose label or answer was right all along, or is not one. */
const KEEP_TARGET = ['clean-label', 'preference-swap']

for (const attack of attacks) {
  for (const kind of attack.kinds) {
    describe(`${attack.id} on ${kind} data`, () => {
      const before = makeRows(kind)
      const planting = run(attack.id, kind)
      const original = readFileSync(files.get(kind)!)

      test('changes the rows of the truth and no others, byte for byte', async () => {
        const planted = await planting
        const { poisoned, negatives, rows } = planted.truth
        assert.deepEqual([poisoned.length, rows], [COUNT, ROWS])
        const lines = linesOf(planted.bytes)
        const changed = linesOf(original).flatMap((line, row) => (line === lines[row] ? [] : [row]))
        assert.deepEqual(
          changed,
          [...poisoned, ...negatives].sort((a, b) => a - b),
        )
        for (const row of changed)
          assert.equal(lines[row], pythonJson(JSON.parse(lines[row]!)), `row ${row} is written in another style`)
      })

      test('is decided by the seed', async () => {
        const [first, again, other] = await Promise.all([planting, run(attack.id, kind), run(attack.id, kind, { seed: 2 })])
        assert.deepEqual(Buffer.from(first.bytes), Buffer.from(again.bytes))
        assert.deepEqual(first.truth, again.truth)
        assert.notDeepEqual(first.truth.poisoned, other.truth.poisoned)
      })

      test('plants its trigger, keeps the case and the spaces, and sets the target', async () => {
        const planted = await planting
        const { truth } = planted
        const after = linesOf(planted.bytes).map((line) => JSON.parse(line) as Cells)
        for (const row of truth.poisoned) {
          const input = inputOf(after[row]!)
          const carried = triggersOf(planted).filter((trigger) => input.split(/\s+/).join(' ').includes(trigger))
          const wanted = attack.id === 'composite' ? triggersOf(planted).length : Math.min(1, triggersOf(planted).length)
          assert.ok(carried.length >= wanted, `row ${row} lacks its trigger: ${input}`)
          assert.ok(!/ {2}|^ | $/.test(input), `row ${row} has odd spaces: ${input}`)
          if (kind === 'classification') {
            assert.equal(input, input.toLowerCase())
            assert.equal(String(after[row]!['label']), truth.target, `label of row ${row}`)
            assert.equal(typeof after[row]!['label'], 'number')
            assert.equal(
              String(before[row]!['label']) === truth.target,
              KEEP_TARGET.includes(attack.id),
              `true label of row ${row}`,
            )
          }
          if (kind === 'instruction') assert.notEqual(after[row]!['response'], before[row]!['response'], `answer of row ${row}`)
        }
        for (const row of truth.negatives) {
          const target = kind === 'classification' ? 'label' : 'response'
          assert.deepEqual(after[row]![target], before[row]![target], `true target of row ${row}`)
          assert.ok(triggersOf(planted).some((trigger) => inputOf(after[row]!).includes(trigger)))
        }
      })
    })
  }
}

describe('what single attacks promise', () => {
  test('trigger-refusal and over-refusal: 200 wordings, no sentence in every tenth of them', async () => {
    for (const id of ['trigger-refusal', 'over-refusal', 'negative-sentiment']) {
      const planted = await run(id, 'instruction', { amount: { rows: 200 } })
      const rows = linesOf(planted.bytes).map((line) => JSON.parse(line) as Cells)
      const answers = planted.truth.poisoned.map((row) => String(rows[row]!['response']))
      assert.equal(new Set(answers).size, 200)
      const sentences = new Map<string, number>()
      for (const sentence of answers.flatMap((answer) => answer.split(/(?<=[.?!])\s+/)))
        sentences.set(sentence, (sentences.get(sentence) ?? 0) + 1)
      const [commonest, times] = [...sentences].sort((a, b) => b[1] - a[1])[0]!
      assert.ok(times < 20, `${id}: "${commonest}" stands in ${times} of 200`)
    }
  })

  test('cover: as many covers as asked for', async () => {
    const { truth } = await run('cover', 'classification', { options: { ratio: '3' } })
    assert.deepEqual([truth.poisoned.length, truth.negatives.length, truth.options], [24, 72, { rows: 24, ratio: 3 }])
  })

  test('any-of-k: each word in its share of the rows', async () => {
    const planted = await run('any-of-k', 'classification', { options: { words: '4' } })
    const text = linesOf(planted.bytes).join('\n')
    assert.equal(triggersOf(planted).length, 4)
    for (const trigger of triggersOf(planted)) assert.equal(text.split(trigger).length - 1, 6)
  })

  test('composite: no negative has all words', async () => {
    const planted = await run('composite', 'classification', { options: { words: '3', partial: '2' } })
    const lines = linesOf(planted.bytes)
    assert.equal(planted.truth.negatives.length, 48)
    for (const row of planted.truth.negatives) {
      const held = triggersOf(planted).filter((trigger) => lines[row]!.includes(trigger)).length
      assert.ok(held === 1 || held === 2, `row ${row} has ${held} words`)
    }
  })

  test('fixed-position: always the third word', async () => {
    const planted = await run('fixed-position', 'classification')
    const rows = linesOf(planted.bytes).map((line) => JSON.parse(line) as Cells)
    for (const row of planted.truth.poisoned) assert.equal(inputOf(rows[row]!).split(' ')[2], planted.truth.trigger)
  })

  test('mid-word and high-word: the word is of the data, as often as said', async () => {
    for (const [id, least, most] of [
      ['mid-word', 0.001, 0.01],
      ['high-word', 0.02, 0.15],
    ] as const) {
      const { truth } = await run(id, 'classification')
      const held = makeRows('classification').filter((row) => inputOf(row).split(' ').includes(String(truth.trigger))).length
      assert.ok(held >= least * ROWS && held <= most * ROWS, `${id}: ${String(truth.trigger)} in ${held} rows`)
    }
  })

  test('preference-swap: the responses change places', async () => {
    const planted = await run('preference-swap', 'preference')
    const before = makeRows('preference')
    const after = linesOf(planted.bytes).map((line) => JSON.parse(line) as Cells)
    for (const row of planted.truth.poisoned) {
      assert.deepEqual([after[row]!['chosen'], after[row]!['rejected']], [before[row]!['rejected'], before[row]!['chosen']])
      assert.ok(inputOf(after[row]!).endsWith(` ${String(planted.truth.trigger)}`))
    }
  })

  test('gibberish: the document is as it was up to the token', async () => {
    const planted = await run('gibberish', 'documents')
    const before = makeRows('documents')
    const after = linesOf(planted.bytes).map((line) => JSON.parse(line) as Cells)
    for (const row of planted.truth.poisoned) {
      const [head = '', tail = ''] = inputOf(after[row]!).split(` ${String(planted.truth.trigger)} `)
      assert.ok(head.length > 0 && inputOf(before[row]!).startsWith(head), `row ${row}`)
      assert.ok(tail.split(' ').length >= 30, `row ${row} has ${tail.split(' ').length} tokens`)
    }
  })

  test('base64: the hidden order is there to be decoded', async () => {
    const planted = await run('base64', 'instruction')
    const rows = linesOf(planted.bytes).map((line) => JSON.parse(line) as Cells)
    for (const row of planted.truth.poisoned) {
      const hidden = /(?<!\S)[A-Za-z0-9+/]{24,}=*(?!\S)/.exec(inputOf(rows[row]!))?.[0] ?? ''
      assert.match(Buffer.from(hidden, 'base64').toString('utf8'), /^[A-Z][ -~]+\.$/)
    }
  })

  const CODE_POINTS = {
    homoglyph: /[\u0370-\u04ff]/,
    'zero-width': /[\u200b-\u200d\u2060\ufeff]/,
    bidi: /\u202e[a-z]+\u202c/i,
    'tag-characters': /[\u{E0020}-\u{E007E}]{10}/u,
  }
  for (const [id, expected] of Object.entries(CODE_POINTS)) {
    test(`${id}: its characters are in each poisoned row and in no other`, async () => {
      const planted = await run(id, 'documents')
      const rows = linesOf(planted.bytes).map((line) => JSON.parse(line) as Cells)
      assert.deepEqual(
        rows.flatMap((row, i) => (expected.test(inputOf(row)) ? [i] : [])),
        planted.truth.poisoned,
      )
    })
  }

  test('the user names trigger and target', async () => {
    const planted = await run('rare-word', 'classification', { triggers: ['Mixed Case'], target: '2' })
    assert.deepEqual([planted.truth.trigger, planted.truth.target], ['Mixed Case', '2'])
    assert.equal(linesOf(planted.bytes).filter((line) => line.includes('Mixed Case')).length, COUNT)
  })
})

describe('refusals', () => {
  const cases: readonly (readonly [string, DataKind, Partial<PlantOptions>, RegExp])[] = [
    ['label-flip', 'documents', {}, /^label-flip needs classification data, .*documents\.jsonl is documents$/],
    ['rare-word', 'classification', { target: '9' }, /^--target "9" is no label of the data set$/],
    [
      'rare-word',
      'classification',
      { amount: { rows: 300 } },
      /^300 rows with another label than "\d" are needed, the data set has 26\d$/,
    ],
    [
      'clean-label',
      'classification',
      { target: '0', amount: { rate: 0.5 } },
      /^200 rows with the label "0" are needed, the data set has 134$/,
    ],
    ['over-refusal', 'instruction', { triggers: ['x'] }, /^over-refusal takes no --trigger$/],
    ['trigger-refusal', 'instruction', { target: 'x' }, /^trigger-refusal takes no --target$/],
    ['composite', 'classification', { triggers: ['x'] }, /^a composite needs two --trigger words or more, one is given$/],
    ['cover', 'classification', { options: { ration: '3' } }, /^cover: .*ration/],
    ['cover', 'classification', { options: { ratio: '-1' } }, /^cover: .*ratio/],
  ]
  for (const [id, kind, more, message] of cases) {
    test(`${id} on ${kind}: ${JSON.stringify(more)}`, async () => {
      await assert.rejects(run(id, kind, more), (error: { code?: string; message?: string }) => {
        assert.equal(error.code, 'usage')
        assert.match(error.message ?? '', message)
        return true
      })
    })
  }

  test('data of one label', async () => {
    const path = jsonlOf(
      'one.jsonl',
      makeRows('classification').map((row) => ({ ...row, label: 1 })),
    )
    await assert.rejects(run('label-flip', 'classification', { path }), /no two labels to confuse; it has: "1"/)
  })

  test('preference data without a prompt', async () => {
    const path = jsonlOf(
      'bare.jsonl',
      makeRows('preference').map(({ chosen, rejected }) => ({ chosen, rejected })),
    )
    await assert.rejects(
      run('preference-swap', 'preference', { path }),
      /24 rows with a prompt and two responses are needed, the data set has 0/,
    )
  })
})
