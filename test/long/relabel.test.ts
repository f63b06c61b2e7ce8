// From flipped labels to true ones, by real processes: plant, scan, clean --mode relabel.
import assert from 'node:assert/strict'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { labelFlip } from '../../src/attack/label-flip.js'
import { plant } from '../../src/attack/plant.js'
import { packageRoot } from '../../src/paths.js'
import { rowsOf } from '../clean/rewritten.js'
import { runCredence } from '../cli/run-credence.js'
import { temporaryFolder } from '../temporary-folder.js'

const data = process.env['CREDENCE_DATA']

interface Relabelled {
  readonly row: number
  readonly from: string
  readonly to: string
}

/** Scans a file of `cwd` and sets its labels right. @returns its rows then, and what was changed */
async function relabelled(cwd: string, name: string) {
  const scan = ['scan', name, '--scanners', 'label', '--out', 'report', '--cache', 'off', '--quiet']
  assert.ok([0, 1].includes((await runCredence(scan, { cwd })).code ?? -1))
  const clean = ['clean', name, '--report', 'report', '--out', 'cleaned', '--mode', 'relabel', '--write']
  const { code, stdout } = await runCredence(clean, { cwd })
  assert.equal(code, 0)
  const lines = readFileSync(join(cwd, 'cleaned/relabelled.jsonl'), 'utf8').trimEnd().split('\n')
  const changes = lines.map((line) => JSON.parse(line) as Relabelled)
  assert.match(stdout, new RegExp(`^Wrote: of [\\d,]+ rows, [\\d,]+ kept, ${changes.length} relabelled, 0 quarantined\n`))
  const [before, after] = [await rowsOf(join(cwd, name)), await rowsOf(join(cwd, 'cleaned/data', name))]
  const expected = before.map((row) => ({ ...row }))
  for (const { row, from, to } of changes) {
    assert.equal(String(before[row]!['label']), from)
    expected[row]!['label'] = after[row]!['label']
    assert.equal(String(after[row]!['label']), to)
  }
  assert.deepEqual(after, expected)
  return { before, after }
}

type Rows = readonly Readonly<Record<string, unknown>>[]
const wrong = (rows: Rows, truth: readonly unknown[]): number => rows.filter(({ label }, i) => label !== truth[i]).length

describe('flipped labels are set right again, and nothing else is touched', () => {
  test('120 of 1,600 messages (JSON Lines, words)', async (context) => {
    const cwd = temporaryFolder()
    const path = join(packageRoot, 'fixtures/label/passes-messages/data.jsonl')
    const amount = { rows: 120 }
    const { bytes, truth } = await plant({
      path,
      roles: {},
      attack: labelFlip,
      options: {},
      amount,
      target: 'customer',
      triggers: [],
      seed: 7,
    })
    writeFileSync(join(cwd, 'drill.jsonl'), bytes)
    const { before, after } = await relabelled(cwd, 'drill.jsonl')
    const labels = (await rowsOf(path)).map(({ label }) => label)
    const restored = truth.poisoned.filter((row) => after[row]!['label'] === labels[row]).length
    context.diagnostic(`${restored} of 120 restored, ${wrong(before, labels)} labels were wrong, ${wrong(after, labels)} are`)
    assert.ok(restored >= 72, `${restored} of 120 labels are back`)
    assert.ok(wrong(after, labels) <= 80, `${wrong(after, labels)} labels are wrong`)
  })

  test(
    '500 of 17,600 news items (Parquet, integers)',
    { skip: data === undefined && 'CREDENCE_DATA is not set' },
    async (context) => {
      const cwd = temporaryFolder()
      copyFileSync(join(data ?? '', 'ag.flip.500.parquet'), join(cwd, 'drill.parquet'))
      const { poisoned } = JSON.parse(readFileSync(join(data ?? '', 'truth/ag.flip.500.json'), 'utf8')) as { poisoned: number[] }
      const known = new Map((await rowsOf(join(data ?? '', 'ag.clean.parquet'))).map(({ text, label }) => [text, label]))
      const { before, after } = await relabelled(cwd, 'drill.parquet')
      const labels = before.map(({ text }) => known.get(text))
      const restored = poisoned.filter((row) => after[row]!['label'] === labels[row]).length
      context.diagnostic(`${restored} of 500 restored, ${wrong(before, labels)} labels were wrong, ${wrong(after, labels)} are`)
      assert.ok(restored >= 400, `${restored} of 500 labels are back`)
      assert.ok(wrong(after, labels) <= 230, `${wrong(after, labels)} labels are wrong`)
    },
  )
})
