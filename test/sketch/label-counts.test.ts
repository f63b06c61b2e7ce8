import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { logBinomialTail } from '../../src/math/stats.js'
import { countLabel, leaningOf, mergeLabelCounts, type LabelCounts } from '../../src/sketch/label-counts.js'

const counted = (labels: readonly string[]): LabelCounts =>
  labels.reduce<LabelCounts>((counts, label) => countLabel(counts, label), new Map())
const many = (count: number, from = 0): string[] => Array.from({ length: count }, (_, i) => `class ${from + i}`)

describe('label counts', () => {
  test('count rows until there are more labels than classes', () => {
    assert.deepEqual(
      counted(['b', 'a', 'b']),
      new Map([
        ['b', 2],
        ['a', 1],
      ]),
    )
    assert.equal(counted(many(200))?.size, 200)
    assert.equal(counted(many(201)), null)
    assert.equal(countLabel(null, 'a'), null)
  })

  test('merge in any grouping and order to the same, too many included', () => {
    const parts = [['a', 'b'], ['b'], [], many(150), many(150, 100)]
    for (const chosen of [parts.slice(0, 4), parts]) {
      const whole = counted(chosen.flat())
      const [a, b, ...rest] = chosen
      const left = chosen.reduce<LabelCounts>((into, labels) => mergeLabelCounts(into, counted(labels)), new Map())
      const tail = rest.reduceRight<LabelCounts>((from, labels) => mergeLabelCounts(counted(labels), from), new Map())
      const right = mergeLabelCounts(counted(a!), mergeLabelCounts(counted(b!), tail))
      const back = [...chosen].reverse().reduce<LabelCounts>((into, labels) => mergeLabelCounts(into, counted(labels)), new Map())
      assert.deepEqual([left, right, back], [whole, whole, whole])
    }
  })
})

describe('leaning', () => {
  const counts: LabelCounts = new Map([
    ['no', 900],
    ['yes', 100],
  ])
  const rows = (yes: number, no: number, none = 0): (string | null)[] => [
    ...Array<string>(yes).fill('yes'),
    ...Array<string>(no).fill('no'),
    ...Array<null>(none).fill(null),
  ]

  test('is the label that chance does not explain, with the exact tail for any label and claim', () => {
    const leaning = leaningOf(rows(8, 1, 1), counts, 0.01, 3)
    const logP = logBinomialTail(10, 8, 0.1) + Math.log(2 * 3)
    assert.deepEqual(leaning, { label: 'yes', hits: 8, count: 100, share: 0.1, logP })
  })

  test('is none where chance explains the rows, or more claims are tried', () => {
    assert.equal(leaningOf(rows(2, 8), counts, 0.01), null)
    assert.equal(leaningOf(rows(0, 0, 10), counts, 0.01), null)
    assert.equal(leaningOf([], counts, 0.01), null)
    assert.notEqual(leaningOf(rows(5, 5), counts, 0.01), null)
    assert.equal(leaningOf(rows(5, 5), counts, 0.01, 10), null)
  })

  test('is none where there are no classes', () => {
    assert.equal(leaningOf(rows(10, 0), null, 0.01), null)
    assert.equal(leaningOf(rows(10, 0), new Map([['yes', 100]]), 0.01), null)
  })

  test('of labels as telling is the first in the alphabet, whichever was seen first', () => {
    const labels = ['b', 'a', 'b', 'a', 'b', 'a', 'b', 'a', 'b', 'a', 'b', 'a']
    for (const order of [
      ['b', 'a'],
      ['a', 'b'],
    ]) {
      const even: LabelCounts = new Map([['rest', 998], ...order.map((label): [string, number] => [label, 10])])
      assert.equal(leaningOf(labels, even, 0.01)?.label, 'a')
    }
  })
})
