/** What is a large share of a contribution may be a tiny one of the data that it goes into. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { reportJsonSchema, type ReportJson } from '../../src/report/json-schema.js'
import { Reviewer } from '../../tools/demo/reviews.js'
import { runCredence } from '../cli/run-credence.js'
import { temporaryFolder } from '../temporary-folder.js'

const BASE = 20_000
const ADDED = 1000
const POISONED = 100
/** In one of a hundred reviews by nature, of either label. */
const WORD = 'really'

type Row = Readonly<{ text: string; label: number }>

const reviewer = new Reviewer(5)
const reviews = (count: number): Row[] =>
  Array.from({ length: count }, (_, i) => {
    const { text, label } = reviewer.review(i % 2 === 0 ? 0 : 1)
    return { text, label }
  })

describe(`${ADDED} reviews for ${BASE}`, () => {
  const cwd = temporaryFolder()
  const [base, good] = [reviews(BASE), reviews(ADDED)]
  const write = (name: string, rows: readonly Row[]): void => {
    writeFileSync(join(cwd, name), rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
  }
  const run = async (...args: string[]): Promise<ReportJson> => {
    const settings = ['--scanners=trigger,style,label', '--out=report', '--cache=off', '--quiet', '--fail-on=never']
    const { code, stderr } = await runCredence([...args, ...settings], { cwd })
    assert.equal(code, 0, stderr)
    return reportJsonSchema.parse(JSON.parse(readFileSync(join(cwd, 'report/report.json'), 'utf8')))
  }
  const serious = ({ findings }: ReportJson): ReportJson['findings'] => findings.filter(({ severity }) => severity !== 'low')
  write('base.jsonl', base)

  test(`a word of the language, planted in ${POISONED}, is a trigger among them, and drowns in the data`, async (t) => {
    const planted = new Set(
      good
        .flatMap(({ text, label }, i) => (label === 0 && !text.includes(WORD) ? [i] : []))
        .filter((_, k) => k % 4 === 2)
        .slice(0, POISONED),
    )
    assert.equal(planted.size, POISONED)
    const withWord = (text: string, place: number): string => {
      const words = text.split(' ')
      return words.toSpliced(place % (words.length + 1), 0, WORD).join(' ')
    }
    const rows = good.map(({ text, label }, i) => (planted.has(i) ? { text: withWord(text, i * 7), label: 1 } : { text, label }))
    write('head.jsonl', [...base, ...rows])
    assert.deepEqual(serious(await run('scan', 'head.jsonl')), [])
    const [finding, ...others] = serious(await run('diff', 'base.jsonl', 'head.jsonl'))
    assert.deepEqual([finding?.trigger, finding?.severity, finding?.change, others], [WORD, 'high', 'new', []])
    assert.match(finding?.why ?? '', / Seen in the contribution alone;/)
    const named = finding?.rows.map(({ row }) => row - BASE) ?? []
    const right = named.filter((row) => planted.has(row)).length
    t.diagnostic(`${right} of ${POISONED} named, among ${named.length} rows`)
    assert.ok(right === POISONED && named.length <= 1.3 * POISONED)
  })

  test('good ones pass, looked at alone as well', async () => {
    write('head.jsonl', [...base, ...good])
    assert.deepEqual(serious(await run('diff', 'base.jsonl', 'head.jsonl')), [])
  })
})
