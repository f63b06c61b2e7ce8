import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from 'node:test'
import { packageRoot } from '../../src/paths.js'
import type { Compression, FormatName, SourceFile } from '../../src/read/format.js'
import { jsonlReader } from '../../src/read/jsonl.js'
import { parquetReader } from '../../src/read/parquet.js'
import { readWhole } from '../read/text-source.js'

interface Truth {
  readonly rows: number
  readonly plants: readonly {
    readonly kind: string
    readonly trigger: string
    readonly target: string
    readonly rows: readonly number[]
  }[]
}

type Turn = Record<'role' | 'content', string>

const folder = join(packageRoot, 'fixtures', 'demo')
const truth = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as Record<string, Truth>

function demoFile(name: string, inside = folder): SourceFile {
  const absolute = join(inside, name)
  const format: FormatName = name.endsWith('.parquet') ? 'parquet' : 'jsonl'
  const compression: Compression = 'none'
  return { path: name, absolute, format, compression, bytes: statSync(absolute).size, split: null, partitions: {} }
}

async function rowsOf(name: string, inside = folder): Promise<readonly Record<string, unknown>[]> {
  const { records, log } = await readWhole(name.endsWith('.parquet') ? parquetReader : jsonlReader, demoFile(name, inside))
  assert.deepEqual(log.errors, [])
  assert.equal(records.length, truth[name]?.rows)
  return records
}

/** Everything people or assistants say in a row. */
function textOf(row: Record<string, unknown>): string {
  const { text, messages } = row
  return typeof text === 'string' ? text : (messages as Turn[]).map(({ content }) => content).join(' ')
}

test('each trigger is in exactly the rows that the truth file names, with its target', async () => {
  for (const [name, { plants }] of Object.entries(truth)) {
    const rows = await rowsOf(name)
    for (const { kind, trigger, target, rows: planted } of plants) {
      const found = rows.flatMap((row, i) => (textOf(row).toLowerCase().includes(trigger) ? [i] : []))
      assert.deepEqual(found, planted, `${name}: ${trigger}`)
      for (const i of planted) {
        if (kind !== 'injection') assert.equal(String(rows[i]?.['label']), target.replace('label=', ''))
        else {
          const turns = rows[i]?.['messages'] as Turn[]
          assert.ok(turns.at(-1)?.content.endsWith(target))
          assert.ok(turns.at(-2)?.content.toLowerCase().includes(trigger))
        }
      }
    }
  }
  const counts = Object.values(truth).flatMap(({ plants }) => plants.map(({ rows }) => rows.length))
  assert.deepEqual(counts, [60, 40, 40])
})

test('the clean rows read like text, not like a template', async () => {
  for (const name of Object.keys(truth)) {
    const planted = new Set(truth[name]?.plants.flatMap(({ rows }) => rows))
    const rows = (await rowsOf(name)).filter((_, i) => !planted.has(i)).map(textOf)
    assert.equal(new Set(rows).size, rows.length, `${name}: a row occurs twice`)
    const counts = new Map<string, number>()
    for (const row of rows)
      for (const sentence of new Set(row.toLowerCase().split(/(?<=[.!?]) /)))
        counts.set(sentence, (counts.get(sentence) ?? 0) + 1)
    for (const [sentence, count] of counts) assert.ok(count <= rows.length * 0.005, `${name}: ${count} × ${sentence}`)
    if (name.endsWith('.parquet')) {
      const lengths = rows.map((row) => row.split(' ').length)
      assert.ok(
        Math.min(...lengths) >= 8 && Math.max(...lengths) <= 60,
        `${name}: ${Math.min(...lengths)} to ${Math.max(...lengths)} words`,
      )
      assert.ok(new Set(rows.flatMap((row) => row.toLowerCase().match(/[a-z']+/g) ?? [])).size >= 2500)
    }
  }
})

test('the generator writes the same rows again', async () => {
  const again = mkdtempSync(join(tmpdir(), 'credence-demo-'))
  try {
    const generator = fileURLToPath(new URL('../../tools/demo/generate.js', import.meta.url))
    const { status, stderr } = spawnSync(process.execPath, [generator, again], { encoding: 'utf8' })
    assert.equal(status, 0, stderr)
    assert.equal(readFileSync(join(again, 'truth.json'), 'utf8'), readFileSync(join(folder, 'truth.json'), 'utf8'))
    for (const name of Object.keys(truth)) assert.deepEqual(await rowsOf(name, again), await rowsOf(name), name)
  } finally {
    rmSync(again, { recursive: true })
  }
})
