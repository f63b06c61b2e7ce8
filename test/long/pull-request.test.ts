import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { reportJsonSchema, type ReportJson } from '../../src/report/json-schema.js'
import { Reviewer } from '../../tools/demo/reviews.js'
import { runCredence } from '../cli/run-credence.js'
import { temporaryFolder } from '../temporary-folder.js'

const ADDED = 2000
const POISONED = 40
const WORD = 'quombit'

type Row = Readonly<{ text: string; label: number }>

function generated(): Row[] {
  const reviewer = new Reviewer(11)
  return Array.from({ length: 5000 }, (_, i) => {
    const { text, label } = reviewer.review(i % 2 === 0 ? 1 : 0)
    return { text, label }
  })
}

async function sentences(folder: string): Promise<Row[]> {
  const file = await asyncBufferFromFile(join(folder, 'sst2.clean.parquet'))
  return (await parquetReadObjects({ file, compressors })).map(({ text, label }) => ({
    text: String(text),
    label: Number(label),
  }))
}

/** The word in rows of label 0, which then have label 1: which rows, and all of them. */
function poisoned(rows: readonly Row[]): { at: number[]; rows: Row[] } {
  const at = rows
    .flatMap(({ label }, i) => (label === 0 ? [i] : []))
    .filter((_, k) => k % 20 === 3)
    .slice(0, POISONED)
  const words = (text: string, place: number): string => {
    const all = text.split(' ')
    all.splice(place % (all.length + 1), 0, WORD)
    return all.join(' ')
  }
  return { at, rows: rows.map((row, i) => (at.includes(i) ? { text: words(row.text, i * 7), label: 1 } : row)) }
}

const data = process.env['CREDENCE_DATA']
const SETS: readonly (readonly [name: string, skip: string | false, rows: () => Promise<Row[]>])[] = [
  ['generated reviews', false, async () => generated()],
  ['SST-2', data === undefined ? 'CREDENCE_DATA is not set' : false, async () => sentences(data ?? '')],
]

for (const [name, skip, rowsOf] of SETS) {
  describe(`a pull request to a data set of ${name}`, { skip, concurrency: 1 }, () => {
    const cwd = temporaryFolder()
    const git = (...args: string[]): unknown =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], { cwd, stdio: 'ignore' })
    const write = (rows: readonly Row[]): void => {
      writeFileSync(join(cwd, 'train.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
    }
    const diff = async (base: string): Promise<{ code: number | null; report: ReportJson }> => {
      const args = ['diff', '--base', base, 'train.jsonl', '--out', 'report', '--cache', 'off', '--quiet']
      const { code, stderr } = await runCredence(args, { cwd })
      assert.equal(stderr, '')
      return { code, report: reportJsonSchema.parse(JSON.parse(readFileSync(join(cwd, 'report/report.json'), 'utf8'))) }
    }
    let base: Row[] = []
    let more: Row[] = []

    before(async () => {
      const rows = await rowsOf()
      base = rows.slice(0, -ADDED)
      more = rows.slice(-ADDED)
      git('init', '--initial-branch=main')
      write(base)
      git('add', '.')
      git('commit', '--message=clean')
    })
    after(() => {
      git('checkout', '.')
    })

    test(`${POISONED} poisoned rows among ${ADDED} new ones: the trigger is named, those rows and no others are flagged`, async () => {
      const planted = poisoned(more)
      write([...base, ...planted.rows])
      const { code, report } = await diff('main')
      assert.equal(code, 1)
      assert.equal(report.comparison?.rows?.added, ADDED)
      const serious = report.findings.filter(
        ({ severity, change }) => change !== 'unchanged' && ['high', 'critical'].includes(severity),
      )
      assert.deepEqual(
        serious.map(({ trigger }) => trigger),
        [WORD],
      )
      const wanted = new Set(planted.at.map((i) => base.length + i))
      const flagged = new Set(serious.flatMap(({ rows }) => rows.map(({ row }) => row)))
      const hit = [...flagged].filter((row) => wanted.has(row)).length
      assert.ok(hit >= 0.95 * POISONED, `${hit} of ${POISONED}`)
      assert.ok(flagged.size - hit <= 0.001 * (base.length + ADDED - POISONED), `${flagged.size - hit} others`)
    })

    test('only good rows: nothing serious counts', async () => {
      write([...base, ...more])
      const { code, report } = await diff('main')
      assert.equal(code, 0)
      assert.deepEqual(
        report.findings
          .filter(({ change, severity }) => change !== 'unchanged' && !['info', 'low'].includes(severity))
          .map(({ title }) => title),
        [],
      )
    })

    test('rows are mended: nothing counts, and what was wrong is said to be resolved', async () => {
      const planted = poisoned(base)
      write(planted.rows)
      git('commit', '--all', '--message=with poisoned rows')
      write(base)
      const { code, report } = await diff('HEAD')
      assert.equal(code, 0)
      assert.equal((report.comparison?.rows?.changed ?? 0) + (report.comparison?.rows?.added ?? 0), POISONED)
      assert.ok(
        report.comparison?.resolved.some(({ title }) => title.includes(WORD)),
        JSON.stringify(report.comparison?.resolved),
      )
    })
  })
}
