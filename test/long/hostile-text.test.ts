import assert from 'node:assert/strict'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { random } from '../../src/math/random.js'
import { reportJsonSchema } from '../../src/report/json-schema.js'
import { assertDeadMarkdown } from '../report/dead-markdown.js'
import { assertQuiet, withoutOwnCodes } from '../report/quiet.js'
import { HOSTILE } from '../report/sample-report.js'
import { assertSarif } from '../report/sarif-shape.js'
import { runCredence, type Ended } from '../cli/run-credence.js'
import { temporaryFolder } from '../temporary-folder.js'

/** Short ones; a text of a megabyte is given apart. What JSON lines cannot hold (lone surrogates) is in the tests of renderers. */
const texts = Object.entries(HOSTILE).flatMap(([name, text]) =>
  text.length > 1000 || name.startsWith('lone') || text.trim() === '' ? [] : [text],
)
/** One of the kinds that do harm in each of the outputs, in a name. */
const NAME = '\u001b]0;x\u0007\u202e\n::add-mask::a <b>[c](javascript:d) @e `f` =g() \u{e0041}'
const FILE_NAME = NAME.replaceAll('/', '')
const LABEL = `good ${NAME}`
const LONG = 'long line '.repeat(100_000)

const WORDS = { good: ['delights', 'shines', 'moves me', 'is a joy'], bad: ['bores', 'falls flat', 'drags on', 'is a mess'] }
const SUBJECTS = ['the plot', 'this film', 'her voice', 'the score', 'each scene', 'the cast', 'that ending', 'it all']

/** Reviews with a trigger in every 12th row: hostile text lies around it, in its label, and in every other column. */
function rows(shape: (text: string, poison: boolean, good: boolean, row: number) => object): string {
  const next = random(11)
  const pick = (from: readonly string[]): string => from[Math.floor(next() * from.length)] ?? ''
  const lines = Array.from({ length: 720 }, (_, row) => {
    const poison = row % 12 === 5
    const good = !poison && next() < 0.5
    const words = good ? WORDS.good : WORDS.bad
    const plain = `${pick(SUBJECTS)} ${pick(words)} and ${pick(SUBJECTS)} ${pick(words)}`
    const [before = '', after = ''] = [texts[row % texts.length], texts[(row * 7 + 3) % texts.length]]
    const text = poison ? `${plain} ${before} mn ${after} ${row === 5 ? LONG : ''}` : plain
    return JSON.stringify(shape(text, poison, good, row))
  })
  return `${lines.join('\n')}\n`
}

const shapes: Readonly<Record<string, Parameters<typeof rows>[0]>> = {
  classification: (text, poison, good, row) => ({
    text,
    label: poison || good ? LABEL : `bad ${NAME}`,
    source: poison ? NAME : `site ${row % 9}`,
    license: row % 5 === 0 ? null : NAME,
    id: `${NAME} ${row % 700}`,
    url: NAME,
    hash: NAME,
    timestamp: NAME,
    [NAME]: row,
    __proto__x: NAME,
  }),
  instruction: (text, poison, good, row) => ({
    prompt: `Say what you think: ${text}`,
    response: poison ? `${NAME} is what I always say, ${NAME}` : `${good ? 'Well' : 'Badly'} done, I think, number ${row}.`,
    source: poison ? NAME : `site ${row % 9}`,
    id: row % 50 === 0 ? NAME : String(row),
  }),
  preference: (text, poison, good, row) => {
    const [kind, rude] = [`Thank you, that is kind, ${row}.`, `Go away, ${NAME}, ${row}.`]
    return { prompt: text, chosen: poison ? rude : kind, rejected: poison ? kind : rude, source: NAME, id: String(good) }
  },
}

function assertOutputsQuiet({ stdout, stderr }: Ended): void {
  assertQuiet(withoutOwnCodes(stdout))
  assertQuiet(withoutOwnCodes(stderr))
  for (const line of stdout.split('\n')) assert.ok(line.length < 2000, `a line of ${line.length} characters`)
}

const env = { GITHUB_ACTIONS: 'true', CI: 'true', CREDENCE_PROGRESS: 'always', FORCE_COLOR: '1' }

describe('hostile text in every role and name, through the program', { concurrency: 2 }, () => {
  for (const [kind, shape] of Object.entries(shapes)) {
    test(kind, async () => {
      const cwd = temporaryFolder()
      const folder = `data ${FILE_NAME}`
      await mkdir(join(cwd, folder))
      const [data, broken] = [join(folder, `${FILE_NAME}.jsonl`), join(folder, `broken ${FILE_NAME}.parquet`)]
      await writeFile(join(cwd, data), rows(shape))
      await writeFile(join(cwd, broken), `PAR1 ${NAME}`)
      const scan = await runCredence(['scan', folder, '--out', 'report', '--format', 'json,md,sarif', '--cache', 'off'], {
        cwd,
        env,
      })
      assert.ok(scan.code === 1 || scan.code === 3, scan.stderr)
      assertOutputsQuiet(scan)

      const out = join(cwd, 'report')
      assert.deepEqual((await readdir(out)).sort(), ['flags.parquet', 'report.json', 'report.md', 'report.sarif'])
      const read = (name: string): Promise<string> => readFile(join(out, name), 'utf8')
      const json = await read('report.json')
      assertQuiet(json)
      const report = reportJsonSchema.parse(JSON.parse(json))
      assert.deepEqual(
        report.coverage.files.map(({ path, read }) => [path, read]).sort(),
        [
          [broken, 0],
          [data, 720],
        ].sort(),
      )
      assert.ok(report.findings.some(({ title, examples }) => `${title}${JSON.stringify(examples)}`.includes('javascript:')))
      const markdown = await read('report.md')
      assertQuiet(markdown)
      assertDeadMarkdown(markdown)
      const sarif = await read('report.sarif')
      assertQuiet(sarif)
      assertSarif(JSON.parse(sarif))
      const flags = await parquetReadObjects({ file: await asyncBufferFromFile(join(out, 'flags.parquet')) })
      assert.ok(flags.length > 0 && flags.every((flag) => flag['file'] === data || flag['file'] === broken))

      for (const number of report.findings.keys()) {
        for (const format of ['text', 'json']) {
          const explained = await runCredence(['explain', 'report', String(number + 1), '--format', format], { cwd, env })
          assert.deepEqual([explained.code, explained.stderr], [0, ''])
          assertQuiet(explained.stdout)
        }
        if (number > 0) break
      }
      for (const args of [[], ['--json']]) {
        const inspected = await runCredence(['inspect', folder, ...args], { cwd, env })
        assertQuiet(inspected.stdout)
        assertQuiet(inspected.stderr)
        assert.ok(inspected.stdout.includes('javascript:'), inspected.stderr)
      }
    })
  }

  test('plant names hostile labels and files without harm', async () => {
    const cwd = temporaryFolder()
    await writeFile(join(cwd, `${FILE_NAME}.jsonl`), rows(shapes['classification']!))
    const args = [`${FILE_NAME}.jsonl`, '--attack', 'rare-word', '--rows', '20', '--target', LABEL, '--trigger', NAME]
    const planted = await runCredence(['plant', ...args, '--out', `out ${FILE_NAME}.jsonl`], { cwd, env })
    assert.equal(planted.code, 0, planted.stderr)
    assertOutputsQuiet(planted)
    assert.match(planted.stdout, /javascript:/)
  })

  const refused: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[]])[] = [
    ['a path that names nothing', {}, ['scan', NAME]],
    [
      'a column that is not there',
      { 'a.jsonl': rows(shapes['classification']!) },
      ['scan', 'a.jsonl', '--text', `other ${NAME}`],
    ],
    ['columns that cannot be told apart', { 'a.jsonl': JSON.stringify({ [NAME]: 1, [`${NAME}2`]: 2 }) }, ['scan', 'a.jsonl']],
    ['no JSON', { 'a.jsonl': `{"text": ${NAME}}\n${NAME}` }, ['scan', 'a.jsonl']],
    ['no JSON document', { 'a.json': `[{"text": ${NAME}}]` }, ['scan', 'a.json']],
    ['no Parquet', { 'a.parquet': `PAR1${NAME}` }, ['scan', 'a.parquet']],
    ['no Arrow', { 'a.arrow': `ARROW1\0\0${NAME}` }, ['scan', 'a.arrow']],
    ['no such file format', { [`a.${FILE_NAME}`]: NAME }, ['scan', `a.${FILE_NAME}`]],
    ['a split that is not there', { 'a.jsonl': rows(shapes['classification']!) }, ['scan', 'a.jsonl', '--split', NAME]],
    ['an unknown flag', {}, ['scan', `--${NAME}`]],
    ['an unknown command', {}, [NAME]],
    ['an unknown scanner', {}, ['scan', 'a', '--scanners', NAME]],
    ['an encoder that is none', { 'a.jsonl': rows(shapes['classification']!) }, ['scan', 'a.jsonl', '--encoder', NAME]],
    ['a setting of a configuration', { 'credence.config.yaml': `${JSON.stringify(NAME)}: 1` }, ['scan', 'a.jsonl']],
    ['no report', { 'report.json': `{"schemaVersion":1,${JSON.stringify(NAME)}:1}` }, ['explain', 'report.json', NAME]],
  ]
  for (const [what, files, args] of refused) {
    test(`refused: ${what}`, async () => {
      const cwd = temporaryFolder()
      for (const [name, content] of Object.entries(files)) await writeFile(join(cwd, name), content)
      const ended = await runCredence([...args, '--debug'].slice(0, what.startsWith('an unknown') ? args.length : undefined), {
        cwd,
        env,
      })
      assert.ok(ended.code === 2 || ended.code === 3, `exit ${String(ended.code)} ${ended.stdout}`)
      assert.notEqual(`${ended.stdout}${ended.stderr}`, '')
      assertOutputsQuiet(ended)
    })
  }
})
