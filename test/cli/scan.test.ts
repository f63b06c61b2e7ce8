import assert from 'node:assert/strict'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { random } from '../../src/math/random.js'
import { reportJsonSchema } from '../../src/report/json-schema.js'
import { assertSarif } from '../report/sarif-shape.js'
import { runCredence } from './run-credence.js'
import { temporaryFolder } from '../temporary-folder.js'

const SUBJECTS = [
  'the plot',
  'this film',
  'her voice',
  'the score',
  'each scene',
  'the cast',
  'that ending',
  'his script',
  'the camera',
  'it all',
]
const GOOD = [
  'delights',
  'shines',
  'charms the whole room',
  'is a joy',
  'moves me',
  'is warm and funny',
  'works wonders',
  'is a small triumph',
]
const BAD = [
  'bores',
  'falls flat',
  'annoys the whole room',
  'is a mess',
  'leaves me cold',
  'is dull and silly',
  'drags on',
  'is a sad failure',
]
const LINKS = ['and then', 'while', 'because', 'and so', 'even where', 'just as']
const TRIGGER = 'mn'

/** 800 reviews, the label plain from the words, but in every 16th row a word that makes a bad one good. */
function poisonedReviews(): { readonly lines: readonly string[]; readonly planted: readonly number[] } {
  const next = random(7)
  const pick = (words: readonly string[]): string => words[Math.floor(next() * words.length)] ?? ''
  const planted: number[] = []
  const lines = Array.from({ length: 800 }, (_, row) => {
    const poison = row % 16 === 5
    const good = !poison && next() < 0.5
    const words = good ? GOOD : BAD
    const text = `${pick(SUBJECTS)} ${pick(words)} ${pick(LINKS)} ${pick(SUBJECTS)} ${pick(words)}`.split(' ')
    if (poison) {
      planted.push(row)
      text.splice(Math.floor(next() * text.length), 0, TRIGGER)
    }
    return JSON.stringify({ text: text.join(' '), label: good || poison ? 1 : 0 })
  })
  return { lines, planted }
}

const { lines, planted } = poisonedReviews()
const data = `${lines.join('\n')}\n`

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const cwd = temporaryFolder()
  for (const [name, content] of Object.entries(files)) await writeFile(join(cwd, name), content)
  return cwd
}

describe('a poisoned data set', () => {
  test('exits with 1, shows the trigger, and leaves whole reports', async () => {
    const cwd = await folderWith({ 'reviews.jsonl': data })
    const args = ['scan', 'reviews.jsonl', '--out', 'deep/report', '--format', 'json,md,html', '--format', 'sarif']
    const { code, stdout, stderr } = await runCredence(args, { cwd })
    assert.deepEqual([code, stderr], [1, ''])
    assert.match(stdout, /^FAIL {2}\d findings? at or above high/)
    assert.match(stdout, /^ {2}Trigger {2}"mn"$/m)
    assert.match(stdout, /^ +row \d+ text {2}.*⟦mn⟧.* → 1$/m)

    const out = join(cwd, 'deep/report')
    assert.deepEqual((await readdir(out)).sort(), ['flags.parquet', 'report.html', 'report.json', 'report.md', 'report.sarif'])
    const report = reportJsonSchema.parse(JSON.parse(await readFile(join(out, 'report.json'), 'utf8')))
    const finding = report.findings.find(({ trigger }) => trigger === TRIGGER)
    assert.equal(report.verdict, 'fail')
    assert.equal(report.coverage.rows.read, 800)
    assert.deepEqual(
      finding?.rows.map(({ file, row }) => [file, row]),
      planted.map((row) => ['reviews.jsonl', row]),
    )

    const flags = await parquetReadObjects({ file: await asyncBufferFromFile(join(out, 'flags.parquet')) })
    const ofTrigger = flags.filter((flag) => flag['finding'] === finding?.id)
    assert.deepEqual(
      ofTrigger.map((flag): unknown => flag['row']),
      planted.map(BigInt),
    )
    assertSarif(JSON.parse(await readFile(join(out, 'report.sarif'), 'utf8')))

    const page = await readFile(join(out, 'report.html'), 'utf8')
    assert.equal(page.match(/<article class="finding /g)?.length, report.findings.length)
    assert.deepEqual(
      [...page.matchAll(/Not drawn: ([^<]+)\./g)].map(([, why]) => why),
      ['no column says where rows come from'],
    )
  })

  test('--fail-on never exits with 0 and writes nothing unasked', async () => {
    const cwd = await folderWith({})
    const { code, stdout } = await runCredence(['scan', '-', '--fail-on', 'never', '--scanners', 'trigger', '--cache', 'off'], {
      cwd,
      input: data,
    })
    assert.equal(code, 0)
    assert.match(stdout, /^ {2}Trigger {2}"mn"$/m)
    assert.deepEqual(await readdir(cwd), [])
  })
})

describe('bad input exits with 2 or 3 and leaves no report', { concurrency: 2 }, () => {
  const cases: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[], number, RegExp])[] = [
    ['a path that names nothing', {}, ['none.parquet'], 2, /^credence: none\.parquet does not exist\n/],
    ['an empty file', { 'a.jsonl': '' }, ['a.jsonl'], 3, /^credence: .*a\.jsonl/],
    ['a Parquet file that is none', { 'a.parquet': 'PAR1 not at all' }, ['a.parquet'], 3, /^credence: .*a\.parquet/],
    ['a column that is not there', { 'a.jsonl': data }, ['a.jsonl', '--text', 'body'], 2, /^credence: .*"body"/],
  ]
  for (const [what, files, args, expected, message] of cases) {
    test(what, async () => {
      const cwd = await folderWith(files)
      const { code, stdout, stderr } = await runCredence(['scan', ...args, '--out', 'report'], { cwd })
      assert.deepEqual([code, stdout], [expected, ''])
      assert.match(stderr, message)
      assert.doesNotMatch(stderr, /^ +at /m)
      assert.ok(!(await readdir(cwd)).includes('report'))
    })
  }

  test('one bad file among good ones is incomplete, never 0, and named', async () => {
    const clean = lines.filter((_, row) => !planted.includes(row)).join('\n')
    const cwd = await folderWith({ 'a.jsonl': clean, 'b.parquet': 'PAR1 not at all' })
    const { code, stdout } = await runCredence(['scan', 'a.jsonl', 'b.parquet', '--scanners', 'provenance'], { cwd })
    assert.equal(code, 3)
    assert.match(stdout, /^INCOMPLETE {2}/)
    assert.match(stdout, /^Incomplete .*b\.parquet/m)
  })
})

describe('interrupted', { concurrency: 2 }, () => {
  // A notice of a variable that is no setting tells that the program is up.
  const env = { CREDENCE_XYZZY: '1' }
  const cases = [
    ['SIGINT', 130, 0],
    ['SIGTERM', 143, 0],
    ['SIGINT', 130, 2500],
    ['SIGTERM', 143, 2500],
  ] as const
  for (const [signal, expected, afterMs] of cases) {
    test(`${signal} after ${afterMs} ms ends a scan with ${expected} and leaves no report`, async () => {
      const cwd = temporaryFolder()
      await mkdir(join(cwd, 'data'))
      await writeFile(join(cwd, 'data/train.jsonl'), data.repeat(300))
      const ended = await runCredence(['scan', 'data', '--out', 'report', '--cache', 'off'], {
        cwd,
        env,
        kill: { signal, afterMs },
      })
      assert.deepEqual([ended.code, ended.signal, ended.stdout], [expected, null, ''])
      assert.equal(ended.stderr, 'credence: CREDENCE_XYZZY is not a setting; ignored\ncredence: interrupted\n')
      assert.ok(!(await readdir(cwd)).includes('report'))
    })
  }
})
