import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { tableFromArrays, tableToIPC } from 'apache-arrow'
import fc from 'fast-check'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { CredenceError } from '../../src/errors.js'
import { packageRoot } from '../../src/paths.js'
import { openDataSet, readShard } from '../../src/read/dataset.js'
import type { ReadLog } from '../../src/read/format.js'
import { codeSpan } from '../../src/report/markdown-text.js'
import { guardLines, safeJson, safeText } from '../../src/report/safe-text.js'

/** Minutes for all of the files together; half a minute for the texts. */
const MINUTES = Number(process.env['CREDENCE_FUZZ_MINUTES'] ?? '10')
/** The same files every time, unless other ones are asked for. */
const SEED = Number(process.env['CREDENCE_FUZZ_SEED'] ?? '1')
/** A file of a few kilobytes that takes longer than this to read is a way to stop a scan. */
const SLOW_MS = 5000

const folder = mkdtempSync(join(tmpdir(), 'credence-fuzz-'))
after(() => {
  rmSync(folder, { recursive: true, force: true })
})

const texts = Array.from({ length: 60 }, (_, i) => `row ${i}: ${'some words, more words '.repeat(i % 5)}é\u{1f600}`)
const labels = texts.map((_, i) => i % 3)
const objects = texts.map((text, i) => ({ text, label: labels[i], turns: [{ role: 'user', content: text }] }))
const columnData = [
  { name: 'text', data: texts, type: 'STRING' as const },
  { name: 'label', data: labels, type: 'INT32' as const },
]
const table = tableFromArrays({ text: texts, label: Int32Array.from(labels) })
const lines = objects.map((object) => JSON.stringify(object)).join('\n')
const csv = ['text,label', ...texts.map((text, i) => `"${text}\n",${labels[i]}`)].join('\r\n')

/** Files of other writers: every codec, dictionaries, nested columns, CRCs. Small ones, so that a change hits something. */
const fixtures = (format: string): [string, Uint8Array][] => {
  const at = join(packageRoot, 'fixtures', 'formats', format)
  return readdirSync(at).map((name) => [name, readFileSync(join(at, name))])
}

/** Sound files by name. */
const SEEDS: Readonly<Record<string, Uint8Array>> = {
  ...Object.fromEntries([...fixtures('parquet'), ...fixtures('arrow')]),
  'a.parquet': new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: 25 })),
  'b.parquet': new Uint8Array(parquetWriteBuffer({ columnData, codec: 'UNCOMPRESSED' })),
  'a.arrow': tableToIPC(table, 'file'),
  'b.arrow': tableToIPC(table, 'stream'),
  'a.jsonl': Buffer.from(lines),
  'b.jsonl.gz': gzipSync(lines),
  'a.json': Buffer.from(JSON.stringify(objects)),
  'a.csv': Buffer.from(csv),
  'a.tsv': Buffer.from(csv.replaceAll(',', '\t')),
}

type Change = (bytes: Buffer) => Buffer

const place = fc.double({ min: 0, max: 1, noNaN: true })
const at = (bytes: Buffer, share: number): number => Math.min(Math.max(0, bytes.length - 1), Math.floor(share * bytes.length))
/** Numbers that readers multiply, allocate and seek by. */
const edge = fc.constantFrom(0, 1, 0x7f, 0x80, 0xff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff)

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(place, fc.nat(255)).map(([share, value]): Change => (bytes) => {
    bytes[at(bytes, share)] = value
    return bytes
  }),
  fc.tuple(place, edge).map(([share, value]): Change => (bytes) => {
    if (bytes.length >= 4) bytes.writeUInt32LE(value, Math.min(at(bytes, share), bytes.length - 4))
    return bytes
  }),
  place.map(
    (share): Change =>
      (bytes) =>
        bytes.subarray(0, at(bytes, share)),
  ),
  fc.tuple(place, place, place).map(([from, to, target]): Change => (bytes) => {
    const [start, end] = [at(bytes, Math.min(from, to)), at(bytes, Math.max(from, to))]
    const into = at(bytes, target)
    return Buffer.concat([bytes.subarray(0, into), bytes.subarray(start, end), bytes.subarray(into)])
  }),
  fc.tuple(place, place).map(([from, to]): Change => (bytes) => {
    const [start, end] = [at(bytes, Math.min(from, to)), at(bytes, Math.max(from, to))]
    return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)])
  }),
)

/** Reads a whole file; nothing but a declared outcome may come of it. */
async function readAll(name: string): Promise<void> {
  try {
    const dataset = await openDataSet([name], { roles: {}, cwd: folder })
    for (const shard of dataset.shards) {
      const log: ReadLog = { skipped: 0, truncated: 0, errors: [] }
      for await (const batch of readShard(dataset, shard, new Set(['text', 'label']), 16, log)) {
        assert.equal(batch.input.length, batch.length)
      }
      for (const error of log.errors) assert.notEqual(error.code, 'internal', error.message)
    }
  } catch (error) {
    if (!(error instanceof CredenceError)) throw error
    assert.notEqual(error.code, 'internal', error.message)
  }
}

describe('files changed at random end in a declared outcome, soon', () => {
  const names = Object.keys(SEEDS).filter((name) => /\.(parquet|arrow|feather|jsonl|json|csv|tsv|gz)$/.test(name))
  for (const name of names) {
    test(name, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
          writeFileSync(
            join(folder, name),
            changes.reduce<Buffer>((bytes, one) => one(bytes), Buffer.from(SEEDS[name]!)),
          )
          const startedAt = performance.now()
          await readAll(name)
          const took = performance.now() - startedAt
          assert.ok(took < SLOW_MS, `${took} ms`)
        }),
        { seed: SEED, numRuns: 1e9, interruptAfterTimeLimit: (MINUTES * 60_000) / names.length, markInterruptAsFailure: false },
      )
    })
  }
})

test('no text gets through the functions that make texts safe', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '\u001b[2J',
      '\u001b]8;;x\u0007',
      '\u009b',
      '\r\n::add-mask::',
      '\u202e',
      '\u200b',
      '\u{e0041}',
      '```',
      '\ud800',
    ),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), fc.integer({ min: 1, max: 200 }), (pieces, longest) => {
      const text = pieces.join('')
      for (const safe of [safeText(text, longest), codeSpan(text, longest)]) {
        assert.doesNotMatch(
          safe,
          /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|[\u{e0000}-\u{e007f}]/u,
        )
        assert.ok(!guardLines(safe).startsWith('::'))
      }
      const json = safeJson({ [text]: text })
      assert.deepEqual(JSON.parse(json), { [text]: text })
      assert.doesNotMatch(json, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u)
    }),
    { seed: SEED, numRuns: 1e9, interruptAfterTimeLimit: 30_000, markInterruptAsFailure: false },
  )
})
