import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { packageRoot } from '../../src/paths.js'
import type { Explanation } from '../../src/report/explain.js'
import { renderJson } from '../../src/report/json.js'
import { hostileReport, sampleReport } from '../report/sample-report.js'
import { runCredence, runMany } from './run-credence.js'
import { temporaryFolder } from '../temporary-folder.js'

describe('explain a finding of the demo', { concurrency: 2 }, () => {
  const cwd = temporaryFolder()
  let id = ''

  before(async () => {
    const demo = join(packageRoot, 'fixtures/demo/reviews.parquet')
    const scanned = await runCredence(['scan', demo, '--scanners', 'trigger', '--out', 'report', '--format', 'json'], { cwd })
    id = /"quillon".* (trigger-[0-9a-f]{12})$/m.exec(scanned.stdout)?.[1] ?? ''
    assert.notEqual(id, '', scanned.stderr)
  })

  test('by id: claim, table, rows, and what it was judged with', async () => {
    const { code, stdout, stderr } = await runCredence(['explain', 'report', id], { cwd })
    assert.deepEqual([code, stderr], [0, ''])
    assert.match(stdout, /^HIGH {2}Backdoor trigger "quillon" for label "1"\n/)
    assert.match(stdout, /^ {2}Scanner {2}trigger \(version \S+, .+\); report by credence \d+\.\d+\.\d+$/m)
    assert.match(stdout, /^ {2}rows that hold the trigger +60 rows/m)
    assert.match(stdout, /^ {2}share of the other rows that have the +52\.9 % +what chance is reckoned with$/m)
    assert.match(stdout, /^ {2}probability that chance gives so many +10\^-\d+ /m)
    assert.match(stdout, /^ {2}row \d+ text .*⟦quillon⟧.* → 1$/m)
    for (const name of ['alpha {4}0\\.01', 'Tests {4}[\\d,]+ pairs', 'n\\* {7}\\d+ rows', 'Encoder {2}static', 'Seed {5}0'])
      assert.match(stdout, new RegExp(`^ {2}${name}`, 'm'))
  })

  test('by the start of the id and by number it is the same', async () => {
    const [byId, byStart, byNumber] = await Promise.all(
      [id, id.slice(0, 11), '1'].map((name) => runCredence(['explain', 'report/report.json', name], { cwd })),
    )
    assert.equal(byId?.code, 0)
    assert.deepEqual(byStart, byId)
    assert.match(byNumber?.stdout ?? '', new RegExp(`^ {2}Finding {2}1, trigger-`, 'm'))
  })

  test('--format json is the same for a program', async () => {
    const { code, stdout } = await runCredence(['explain', 'report', id, '--format', 'json'], { cwd })
    assert.equal(code, 0)
    const { finding, evidence, rows } = JSON.parse(stdout) as Explanation
    assert.deepEqual([finding.id, finding.trigger, rows.count], [id, 'quillon', 60])
    assert.deepEqual(rows.first.map(({ row }) => row).slice(0, 3), [46, 164, 176])
    const shown = evidence.find(({ key }) => key === 'rowsWithTrigger')
    assert.deepEqual([shown?.value, shown?.shown, shown?.meaning], [60, '60 rows', 'rows that hold the trigger'])
  })
})

describe('explain refuses with 2', { concurrency: 2 }, () => {
  const cwd = temporaryFolder()
  const how = '  write a report with: credence scan PATH --out DIR --format json\n'

  before(async () => {
    await mkdir(join(cwd, 'empty'))
    await mkdir(join(cwd, 'report'))
    await writeFile(join(cwd, 'report', 'report.json'), renderJson(sampleReport()))
    await writeFile(join(cwd, 'newer.json'), '{"schemaVersion": 2}')
    await writeFile(join(cwd, 'other.json'), '{"runs": []}')
  })

  const cases: readonly (readonly [readonly string[], string])[] = [
    [['none', '1'], `credence: none does not exist\n${how}`],
    [['empty', '1'], `credence: empty holds no report.json\n${how}`],
    [
      ['other.json', '1'],
      `credence: other.json is not a report of credence: at schemaVersion: Invalid input: expected 1\n${how}`,
    ],
    [
      ['newer.json', '1'],
      'credence: newer.json has report version 2; this credence reads version 1\n  explain it with the credence that wrote it, or a newer one\n',
    ],
    [['report', '2'], 'credence: there is no finding 2: the report has 1\n  1  trigger-0123456789ab  "cf" goes with label=1\n'],
    [
      ['report', 'label'],
      'credence: there is no finding "label" in the report, which has:\n  1  trigger-0123456789ab  "cf" goes with label=1\n',
    ],
    [['report'], 'credence: missing FINDING\n  see: credence explain --help\n'],
  ]
  test('in words that fit what was typed', async () => {
    const lists = cases.map(([args]) => ['explain', ...args])
    const ended = await runMany(lists, { cwd })
    for (const [i, [args, message]] of cases.entries())
      assert.deepEqual(ended[i], { code: 2, stdout: '', stderr: message }, args.join(' '))
  })
})

test('a hostile report prints nothing raw, found or not', async () => {
  const cwd = temporaryFolder()
  const hostile = '\u001b[2J\u202eowned\u0007\n::error::x'
  await writeFile(join(cwd, 'report.json'), renderJson(hostileReport(hostile)))
  const lists = [['1'], ['1', '--format', 'json'], ['trigger-'], [hostile]]
  const ended = await runMany(
    lists.map((args) => ['explain', '.', ...args]),
    { cwd },
  )
  for (const [i, { code, stdout, stderr }] of ended.entries()) {
    assert.equal(code, lists[i]?.[0] === '1' ? 0 : 2)
    assert.match(stdout + stderr, /owned/)
    assert.doesNotMatch(stdout + stderr, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]|^\s*::/m)
  }
})
