import assert from 'node:assert/strict'
import { readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { CredenceError } from '../../src/errors.js'
import { DecisionLog } from '../../src/review/decision-log.js'
import { mergeDecisions, parseDecisions, readDecisionFile, settle, type Decision } from '../../src/review/decisions.js'
import { mergeFiles } from '../../src/review/merge-files.js'
import { temporaryFolder } from '../temporary-folder.js'

function decision(reviewer: string, row: number, verdict: Decision['verdict'], second = 0, note?: string): Decision {
  const at = new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString()
  return { v: 1, at, reviewer, target: { kind: 'row', file: 'a.csv', row }, verdict, ...(note === undefined ? {} : { note }) }
}

const lines = (decisions: readonly Decision[]): string => decisions.map((each) => `${JSON.stringify(each)}\n`).join('')
const verdicts = (decisions: readonly Decision[]): readonly unknown[] =>
  [...settle(decisions).values()].map(({ target, verdict }) => [target.kind === 'row' ? target.row : target.id, verdict])

describe('what decisions come to', () => {
  test('the last line of a reviewer counts, reviewers agree or are in conflict, null is no verdict', () => {
    const all = [
      decision('anna', 1, 'poison'),
      decision('anna', 1, 'clean'),
      decision('ben', 1, 'clean'),
      decision('anna', 2, 'poison'),
      decision('ben', 2, 'unsure'),
      decision('anna', 3, 'poison'),
      decision('anna', 3, null),
      decision('anna', 4, 'poison'),
      decision('ben', 4, 'clean'),
      decision('ben', 4, null),
    ]
    assert.deepEqual(verdicts(all), [
      [1, 'clean'],
      [2, 'conflict'],
      [4, 'poison'],
    ])
  })

  test('a row and a finding never share a key, whatever they are called', () => {
    const base = decision('anna', 1, 'poison')
    const all: Decision[] = [
      { ...base, target: { kind: 'row', file: 'x', row: 1 } },
      { ...base, target: { kind: 'row', file: '1 x', row: 1 }, verdict: 'clean' },
      { ...base, target: { kind: 'finding', id: 'row 1 x' }, verdict: 'unsure' },
    ]
    assert.deepEqual(
      [...settle(all).values()].map(({ verdict }) => verdict),
      ['poison', 'clean', 'unsure'],
    )
  })

  test('files merge by time, each line once; a clock set back does not reorder a file', () => {
    const anna = [decision('anna', 1, 'poison', 10), decision('anna', 1, 'clean', 2)]
    const ben = [decision('ben', 1, 'poison', 5), decision('ben', 2, 'unsure', 20)]
    const merged = mergeDecisions([anna, ben, anna])
    assert.deepEqual(
      merged.map(({ reviewer, verdict }) => `${reviewer} ${verdict ?? ''}`),
      ['ben poison', 'anna poison', 'anna clean', 'ben unsure'],
    )
    assert.deepEqual(verdicts(merged), [
      [1, 'conflict'],
      [2, 'unsure'],
    ])
  })
})

describe('decisions.jsonl', () => {
  test('a line that a crash cut short, wherever in it, is ignored; what follows starts a new line', async () => {
    const path = join(temporaryFolder(), 'decisions.jsonl')
    const first = decision('anna', 1, 'poison')
    const whole = lines([first, decision('anna', 2, 'clean', 1, 'a ⏎ note')])
    const bytes = Buffer.byteLength(whole)
    const start = Buffer.byteLength(lines([first]))
    for (const cut of [start + 1, start + 9, Math.floor((start + bytes) / 2), bytes - 3]) {
      await writeFile(path, whole)
      await truncate(path, cut)
      assert.deepEqual(await readDecisionFile(path), { decisions: [first], torn: 1 })
      const log = await DecisionLog.open(path)
      await log.append(decision('anna', 3, 'unsure', 2))
      await log.close()
      const { decisions, torn } = await readDecisionFile(path)
      assert.deepEqual(
        [decisions.map(({ target }) => (target.kind === 'row' ? target.row : -1)), torn],
        [[1, 3], 1],
        `cut ${cut}`,
      )
    }
  })

  test('a last line that only lacks its end counts', async () => {
    const path = join(temporaryFolder(), 'decisions.jsonl')
    await writeFile(path, lines([decision('anna', 1, 'poison')]).trimEnd())
    const log = await DecisionLog.open(path)
    await log.append(decision('anna', 2, 'clean'))
    await log.close()
    assert.equal((await readDecisionFile(path)).decisions.length, 2)
    assert.equal((await readFile(path, 'utf8')).split('\n').length, 3)
  })

  test('two logs on one file lose nothing', async () => {
    const path = join(temporaryFolder(), 'decisions.jsonl')
    const logs = await Promise.all([DecisionLog.open(path), DecisionLog.open(path)])
    const rows = Array.from({ length: 40 }, (_, row) => row)
    await Promise.all(rows.map((row) => logs[row % 2]!.append(decision(row % 2 === 0 ? 'anna' : 'ben', row, 'poison'))))
    await Promise.all(logs.map((log) => log.close()))
    const { decisions, torn } = await readDecisionFile(path)
    assert.deepEqual([decisions.length, torn, settle(decisions).size], [40, 0, 40])
  })

  const wrong: readonly (readonly [string, RegExp])[] = [
    ['file,row\na,1\n', /line 1 .*not JSON/],
    [`${JSON.stringify({ ...decision('anna', 1, 'poison'), v: 2 })}\n`, /line 1 .*v: /],
    [`${JSON.stringify({ ...decision('anna', 1, 'poison'), verdict: 'evil' })}\n`, /verdict: /],
    [`${JSON.stringify({ ...decision('anna', 1, 'poison'), reviewer: '' })}\n`, /reviewer: /],
    [`${JSON.stringify({ ...decision('anna', 1, 'poison'), extra: 1 })}\n`, /extra/],
    [`${JSON.stringify({ ...decision('anna', -1, 'poison') })}\n`, /target/],
  ]
  test('what is no file of decisions is refused, with its line', () => {
    for (const [text, message] of wrong)
      assert.throws(
        () => parseDecisions(text, 'x.jsonl'),
        (error) => error instanceof CredenceError && error.code === 'usage' && message.test(error.message),
        text,
      )
  })

  test('merging into a file that was not read is refused, and changes nothing', async () => {
    const cwd = temporaryFolder()
    const [anna, ben, out] = ['anna', 'ben', 'out'].map((name) => join(cwd, `${name}.jsonl`)) as [string, string, string]
    await writeFile(anna, lines([decision('anna', 1, 'poison'), decision('anna', 2, 'clean')]))
    await writeFile(ben, `${lines([decision('ben', 1, 'clean', 1)])}{"v":1,"at"`)
    await writeFile(out, lines([decision('carl', 9, 'clean')]))
    await assert.rejects(mergeFiles([anna, ben], out), { code: 'usage', message: /would be lost/ })
    assert.deepEqual(await mergeFiles([anna, ben, out], out), {
      decisions: 4,
      reviewers: ['anna', 'ben', 'carl'],
      targets: 3,
      conflicts: 1,
      torn: 1,
    })
    assert.equal((await readDecisionFile(out)).decisions.length, 4)
  })
})
