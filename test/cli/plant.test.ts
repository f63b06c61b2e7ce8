import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { parquetReadObjects } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { runCredence } from './run-credence.js'
import { temporaryFolder } from '../temporary-folder.js'

const ROWS = 120
const WORDS = ['the', 'film', 'plot', 'wit', 'actor', 'scene', 'music', 'story']
const text = (row: number): string => Array.from({ length: 8 }, (_, i) => WORDS[(row * 5 + i * (1 + (row % 7))) % 8]).join(' ')
const rows = Array.from({ length: ROWS }, (_, row) => ({ text: `${text(row)} ${row}`, label: row % 2 === 0 ? 'good' : 'bad' }))

interface Truth {
  readonly poisoned: readonly number[]
  readonly trigger: string
  readonly target: string
  readonly rows: number
}

const truthOf = async (file: string): Promise<Truth> => JSON.parse(await readFile(`${file}.truth.json`, 'utf8')) as Truth

describe('plant', { concurrency: 2 }, () => {
  test('writes a poisoned Parquet file and the truth, and says what to do next', async () => {
    const cwd = temporaryFolder()
    const columnData = [
      { name: 'text', data: rows.map((row) => row.text) },
      { name: 'label', data: rows.map((row) => row.label) },
    ]
    await writeFile(join(cwd, 'in.parquet'), Buffer.from(parquetWriteBuffer({ columnData })))
    const args = [
      'plant',
      'in.parquet',
      '--attack',
      'rare-word',
      '--rate',
      '0.1',
      '--target',
      'good',
      '--trigger',
      'zorp',
      '--out',
      'out.parquet',
    ]
    const { code, stdout, stderr } = await runCredence(args, { cwd })
    assert.deepEqual([code, stderr], [0, ''])
    assert.equal(
      stdout,
      `wrote out.parquet: rare-word in 12 of 120 rows (10 %)
  trigger: "zorp"
  target: "good"
  truth: out.parquet.truth.json
next: credence scan out.parquet
`,
    )
    const truth = await truthOf(join(cwd, 'out.parquet'))
    assert.deepEqual([truth.rows, truth.trigger, truth.target, truth.poisoned.length], [ROWS, 'zorp', 'good', 12])
    const bytes = await readFile(join(cwd, 'out.parquet'))
    const copy = (await parquetReadObjects({ file: new Uint8Array(bytes).buffer })) as typeof rows
    for (const [row, cells] of copy.entries()) {
      if (!truth.poisoned.includes(row)) assert.deepEqual({ ...cells }, rows[row])
      else {
        assert.equal(cells.text.replace(/ ?zorp ?/, ' ').trim(), rows[row]!.text)
        assert.deepEqual([cells.label, rows[row]!.label], ['good', 'bad'])
      }
    }
  })

  test('keeps an existing file unless --force, and each line of JSONL that is not poisoned', async () => {
    const cwd = temporaryFolder()
    const lines = rows.map((row) => JSON.stringify(row))
    await writeFile(join(cwd, 'in.jsonl'), `${lines.join('\n')}\n`)
    const args = [
      'plant',
      'in.jsonl',
      '--attack',
      'any-of-k',
      '--set',
      'words=2',
      '--rows',
      '6',
      '--seed',
      '4',
      '--out',
      'out.jsonl',
    ]
    assert.equal((await runCredence(args, { cwd })).code, 0)
    const first = await readFile(join(cwd, 'out.jsonl'), 'utf8')
    const refused = await runCredence(args, { cwd })
    assert.deepEqual([refused.code, refused.stderr], [2, 'credence: out.jsonl exists already\n  overwrite it with --force\n'])
    assert.equal((await runCredence([...args, '--force'], { cwd })).code, 0)
    assert.equal(await readFile(join(cwd, 'out.jsonl'), 'utf8'), first)
    const { poisoned } = await truthOf(join(cwd, 'out.jsonl'))
    const copy = first.trimEnd().split('\n')
    assert.deepEqual(
      lines.flatMap((line, row) => (line === copy[row] ? [] : [row])),
      poisoned,
    )
  })

  test('--list shows each attack with its data and options', async () => {
    const { code, stdout } = await runCredence(['plant', '--list'])
    assert.equal(code, 0)
    assert.match(stdout, /^cover {2}Cover rows: .* \(classification, instruction\)\n {4}--set ratio=1 {2}cover rows/m)
    assert.match(stdout, /^preference-swap {2}.* \(preference\)$/m)
  })

  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /^credence: missing FILE\n {2}see: credence plant --help\n$/],
    [
      ['in.jsonl', '--attack', 'over-refusal', '--rows', '5', '--out', 'x.jsonl'],
      /^credence: over-refusal needs instruction data, in\.jsonl is classification\n/,
    ],
  ]
  for (const [args, message] of wrong) {
    test(`refuses: plant ${args.join(' ')}`, async () => {
      const cwd = temporaryFolder()
      await writeFile(join(cwd, 'in.jsonl'), rows.map((row) => JSON.stringify(row)).join('\n'))
      const { code, stdout, stderr } = await runCredence(['plant', ...args], { cwd })
      assert.match(stderr, message)
      assert.deepEqual([code, stdout, existsSync(join(cwd, 'x.jsonl'))], [2, '', false])
    })
  }
})
