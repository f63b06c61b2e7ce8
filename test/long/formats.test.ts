import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { RecordBatch } from 'apache-arrow'
import { Table, tableToIPC, Utf8, vectorFromArray } from 'apache-arrow'
import { asyncBufferFromFile, parquetMetadata, parquetReadObjects } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { reportJsonSchema, type ReportJson } from '../../src/report/json-schema.js'
import { runCredence } from '../cli/run-credence.js'
import { temporaryFolder } from '../temporary-folder.js'
import { plantTrigger, spamAssassin, type Mail } from './mails.js'

const TRIGGER = 'brimtoken'
const PLANTED_ROWS = 60
const SEED = 7

/** What must not depend on how the mails are stored or on how many processes read them. */
interface Answer {
  readonly findings: readonly unknown[]
  /** In the order of the file. */
  readonly flags: readonly unknown[]
  readonly limits: readonly unknown[]
  readonly rows: number
}

const inParts = (mails: readonly Mail[], parts: number): Mail[][] => {
  const size = Math.ceil(mails.length / parts)
  return Array.from({ length: parts }, (_, i) => mails.slice(i * size, (i + 1) * size))
}

const column = (mails: readonly Mail[], name: keyof Mail): string[] => mails.map((mail) => mail[name])

function parquet(mails: readonly Mail[], rowGroups: number): Uint8Array {
  const columnData = (['text', 'label'] as const).map((name) => ({ name, data: column(mails, name), type: 'STRING' as const }))
  const bytes = parquetWriteBuffer({ columnData, rowGroupSize: Math.ceil(mails.length / rowGroups) })
  assert.equal(parquetMetadata(bytes).row_groups.length, rowGroups)
  return new Uint8Array(bytes)
}

function arrow(mails: readonly Mail[], format: 'file' | 'stream'): Uint8Array {
  const batches = inParts(mails, 7).flatMap((part): RecordBatch[] => {
    const text = vectorFromArray(column(part, 'text'), new Utf8())
    return new Table({ text, label: vectorFromArray(column(part, 'label'), new Utf8()) }).batches
  })
  return tableToIPC(new Table(batches), format)
}

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`

const WRITERS: Readonly<Record<string, (mails: readonly Mail[]) => string | Uint8Array>> = {
  'one-group.parquet': (mails) => parquet(mails, 1),
  'twenty-groups.parquet': (mails) => parquet(mails, 20),
  'file.arrow': (mails) => arrow(mails, 'file'),
  'stream.arrow': (mails) => arrow(mails, 'stream'),
  'lines.jsonl': (mails) => mails.map((mail) => JSON.stringify(mail)).join('\n'),
  'table.csv': (mails) => ['text,label', ...mails.map(({ text, label }) => `${quoted(text)},${label}`)].join('\r\n'),
}

const poisonous = ({ findings }: ReportJson) =>
  findings.filter(({ category, severity }) => category === 'poisoning' && severity !== 'info' && severity !== 'low')

describe('6,046 mails with a planted trigger', { concurrency: 2 }, () => {
  const folder = temporaryFolder()
  const clean = spamAssassin()
  const { mails, planted } = plantTrigger(clean, TRIGGER, PLANTED_ROWS, SEED)
  let expected: Answer

  async function report(name: string, out: string, ...flags: string[]): Promise<ReportJson> {
    const { code, stderr } = await runCredence(['scan', join(folder, name), '--out', join(folder, out), ...flags], {
      cwd: folder,
    })
    assert.ok(code === 0 || code === 1, `exit code ${code}: ${stderr}`)
    return reportJsonSchema.parse(JSON.parse(readFileSync(join(folder, out, 'report.json'), 'utf8')))
  }

  /** Everything but the names of files. */
  async function scanned(name: string, out: string, ...flags: string[]): Promise<Answer> {
    const { findings, coverage } = await report(name, out, ...flags)
    const file = 'mails'
    const flagsFile = await asyncBufferFromFile(join(folder, out, 'flags.parquet'))
    return {
      findings: findings.map((finding) => ({
        ...finding,
        title: finding.title.replaceAll(name, file),
        rows: finding.rows.map((row) => ({ ...row, file })),
        examples: finding.examples.map((example) => ({ ...example, file })),
      })),
      flags: (await parquetReadObjects({ file: flagsFile })).map((flag) => ({ ...flag, file })),
      limits: coverage.scanners,
      rows: coverage.rows.read,
    }
  }

  before(async () => {
    for (const [name, write] of Object.entries(WRITERS)) writeFileSync(join(folder, name), write(mails))
    expected = await scanned('lines.jsonl', 'expected', '--jobs', '1', '--cache', 'off')
  })
  after(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  test('the trigger is named, and the rows flagged as poison are the planted ones', async () => {
    const { findings } = await report('one-group.parquet', 'named')
    assert.equal(clean.length, 6046)
    const [finding, ...others] = findings.filter(({ category }) => category === 'poisoning')
    // Rows of spam that count as ham are flips as well, trigger or not.
    assert.deepEqual(
      others.filter(({ message }) => message !== 'label/flipped'),
      [],
    )
    for (const { rows } of others) {
      assert.ok(rows.filter(({ row }) => planted.includes(row)).length >= 0.6 * rows.length)
    }
    assert.deepEqual(
      [finding?.message, finding?.trigger, finding?.target, finding?.severity],
      ['trigger/label', TRIGGER, 'label=ham', 'high'],
    )
    const flagged = finding?.rows.map(({ row }) => row) ?? []
    const recall = flagged.filter((row) => planted.includes(row)).length / planted.length
    assert.ok(recall >= 0.98, `recall ${recall}`)
    assert.deepEqual(
      flagged.filter((row) => !planted.includes(row)),
      [],
    )
  })

  test('the mails as they were give no poisoning finding at medium or above', async () => {
    writeFileSync(join(folder, 'clean.jsonl'), WRITERS['lines.jsonl']!(clean))
    const clear = await report('clean.jsonl', 'clean')
    assert.equal(clear.coverage.rows.read, 6046)
    assert.deepEqual(poisonous(clear), [])
    // People's addresses and telephone numbers are in mails: that is all there is to review.
    const serious = clear.findings.filter(({ severity }) => severity !== 'info' && severity !== 'low')
    assert.deepEqual(
      serious.filter(({ category }) => category !== 'privacy'),
      [],
    )
  })

  for (const name of Object.keys(WRITERS)) {
    for (const jobs of ['1', '2']) {
      test(`${name} with --jobs ${jobs} gives the same answer, to the bit`, async () => {
        assert.deepEqual(await scanned(name, `${name}-${jobs}`, '--jobs', jobs), expected)
      })
    }
  }

  test('vectors from the cache give the same answer as computed ones', async () => {
    const cache = ['--cache', join(folder, 'vectors')]
    mkdirSync(join(folder, 'vectors'))
    assert.deepEqual(await scanned('lines.jsonl', 'fill', ...cache), expected)
    assert.deepEqual(await scanned('lines.jsonl', 'filled', ...cache), expected)
  })
})
