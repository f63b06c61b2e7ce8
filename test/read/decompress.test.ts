import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { csvReader } from '../../src/read/csv.js'
import { DEFAULT_INFLATE_LIMITS, openBytes, type InflateLimits } from '../../src/read/decompress.js'
import type { SourceFile } from '../../src/read/format.js'
import { jsonReader } from '../../src/read/json.js'
import { jsonlReader } from '../../src/read/jsonl.js'
import { failsWith, readWhole, sourceFile } from './text-source.js'

/** What `zstd -19` 1.5 makes of {@link PACKED_TEXT}: one frame with a checksum, Huffman literals, FSE sequences. */
const PACKED = Buffer.from(
  'KLUv/WR9PHUfAFpDQAgagE1hOEQQxw0YQIAkRtcmKaVMKalA5ASyggGRAHQAdgBUmbnY3lvTX0hQXaaIVDUWIf3qhtJtMfWZKhM7NRn3leJpQiEvlRCdRkp6T2tkVw7Pp2oj6WzkZbIWVo0YlXlVCPlTy267c1bGBYPelpw4s8pMKpnmGlvdUzdNRygzv+YGoMJCDA8MDFgQgcEwocGBgYGEBg8GDAoIJIjgYDCAQMAChAkGICwMAWIQsFAgwQKFVR0Lh9y8YjaXtWQjmRqZESlb2EqNskkfInWfykLkjSeevXqDNy+8d9UN3XTSuWs3dOuiO1fcwA0nnLlyAzcuuG+1DdtssnnrNmzbYnusYrGJScyxxobY4hHzV0Ebyz2rkNPdcc9XVTKHLEVmV3Imj2ofVFxbKY1yc/JVJEmkZcgqIYkmZUqSDBnpB1l/3Gu0aZyxIuM8BnXkKN84DOMQHIKkIUgeguYQDK4a9DC4YIfg8NVP93zy8Neb/z6LC1/Tqptqs5Kay2yRWaQVo9YTp0hO1A4FCXGmSmlOskd7UP3xa0JoakZGhugJ/11n6cL5TH7f/fjYF/frVRyVcGoqdbs8rRWrKzOKfCIVkWgd4gjJTW0piMSNKkHzj13D09TD0B+GIdWR4RA3VTGWC1nyItmMsCKbZaoyQylP2JDazXJPZo1PYiG7VJdo0nwKU+plX+VQuSlZKcsuZ1pOsVyCHqgiEKH3+rMZgk7hSCBDdiIIKAi0eAX/vzgJ5AEwlTZ3mXEydjjKOfVizEfC/9qBlWDdBiOHd5mj9KGwhfH0vV/enP914SldnqNdnLP0fJq2//X8O8Aks2jzbMO9LTYpR2vUzd1ySFXEF7/4wY9HuGCFNUZww1+4j+u67vqqVaMTpkgWm0VqlNlOGbMx/ansosCbJ0cfuxP+oHV9WW1xsVvugKOT4hOOW27Fl6b3rHIfU4l6TeosyZPMG+voWTea+v1xn6+X/QbSdh/hY2eErt+485UOmkQYb5aSNobCRec850xzOLRo9ZmccP9ov5ahGbvEaXIxtJgL9PP5U7/ivTjkIcm43u8nu7l5Q7+vO5ii/smrDLYQd3n2PBu38Dhh28mg8vpGIdw5+78sbsyP0ORJ7FgF7nnwgh/rWvyukGRD67tDwbS22m9KCCanft5DsCeoqldzYaHc52ycheFw9QFO7GkTWTs9Wj+uCW7CmXtGluSJe97FM9A8sH2T/y/ko7VSbpLZldH3N/SN90Jz4NZj60A1aA9o259z/EJeYJelEI9Un6bh50k49fVz5Uy3ydWGu4GMNylncA8w5zX2iXIJkddPbPDRh7mC/cEEJjgnBMUK09aAqzZtr6Tg',
  'base64',
)
const PACKED_TEXT = Array.from(
  { length: 300 },
  (_, i) => `{"id": ${i}, "text": "the quick brown fox number ${(i * i) % 97}"}\n`,
).join('')

async function unpack(file: SourceFile, inflate: InflateLimits = DEFAULT_INFLATE_LIMITS): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of openBytes(file, { inflate })) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function gzip(bytes: Uint8Array): SourceFile {
  return sourceFile('jsonl', bytes, 'gzip')
}

function zstd(...bytes: Uint8Array[]): SourceFile {
  return sourceFile('jsonl', Buffer.concat(bytes), 'zstd')
}

const RAW = 0
const RLE = 1

/** A zstd frame written by hand (RFC 8878): window descriptor byte, then blocks. */
function frame(windowByte: number, ...blocks: { type: number; size: number; bytes: Uint8Array }[]): Buffer {
  const parts = [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, windowByte])]
  blocks.forEach(({ type, size, bytes }, i) => {
    const header = Buffer.alloc(3)
    header.writeUIntLE((size << 3) | (type << 1) | (i === blocks.length - 1 ? 1 : 0), 0, 3)
    parts.push(header, Buffer.from(bytes))
  })
  return Buffer.concat(parts)
}

function raw(text: string): { type: number; size: number; bytes: Buffer } {
  return { type: RAW, size: text.length, bytes: Buffer.from(text) }
}

const SKIPPABLE = Buffer.from([0x53, 0x2a, 0x4d, 0x18, 5, 0, 0, 0, 1, 2, 3, 4, 5])

test('gzip: several members, zero padding', async () => {
  const members = Buffer.concat([gzipSync('{"a":0}\n{"a":'), gzipSync('1}\n'), Buffer.alloc(100)])
  const { units, rows, records } = await readWhole(jsonlReader, gzip(members))
  assert.deepEqual(units, [{ unit: { kind: 'whole' }, firstRow: 0, rows: null }])
  assert.deepEqual(
    [rows, records],
    [
      [0, 1],
      [{ a: 0 }, { a: 1 }],
    ],
  )
})

test('gzip: cut short, corrupt, or followed by something else', async () => {
  const good = gzipSync(PACKED_TEXT)
  const flipped = Buffer.from(good)
  flipped[good.length - 6] = (flipped[good.length - 6] ?? 0) ^ 1
  for (const length of [1, 9, 100, good.length - 1]) {
    await assert.rejects(
      unpack(gzip(good.subarray(0, length))),
      failsWith('format', /^\d+\.jsonl is cut short/),
      `${length} bytes`,
    )
  }
  await assert.rejects(unpack(gzip(flipped)), failsWith('integrity', /not those of its gzip checksum/))
  await assert.rejects(unpack(gzip(Buffer.from('{"a":1}\n'))), failsWith('format', /is not intact gzip data/))
  await assert.rejects(unpack(gzip(Buffer.concat([good, Buffer.from('hidden')]))), failsWith('format', /gzip data/))
  await assert.rejects(
    unpack(gzip(Buffer.concat([good, Buffer.alloc(70_000), good]))),
    failsWith('format', /bytes after the end of its gzip data/),
  )
})

test('zstd: compressed, raw and run-length blocks, several frames, skippable frames', async () => {
  assert.equal((await unpack(zstd(PACKED))).toString(), PACKED_TEXT)
  const run = { type: RLE, size: 1000, bytes: Buffer.from(' ') }
  const file = zstd(
    SKIPPABLE,
    frame(0, raw('{"a":0}\n')),
    PACKED,
    SKIPPABLE,
    frame(0, raw('{"a"'), run, raw(':1}\n')),
    frame(0, raw('')),
  )
  assert.equal((await unpack(file)).toString(), `{"a":0}\n${PACKED_TEXT}{"a"${' '.repeat(1000)}:1}\n`)
})

test('zstd: cut short at every byte, damaged, or followed by something else', async () => {
  for (let length = 1; length < PACKED.length; length += 13) {
    await assert.rejects(
      unpack(zstd(PACKED.subarray(0, length))),
      failsWith('format', /^\d+\.jsonl is cut short/),
      `${length} bytes`,
    )
  }
  await assert.rejects(unpack(zstd(PACKED, Buffer.from('hidden'))), failsWith('format', /no zstd frame at byte 1020/))
  await assert.rejects(unpack(zstd(Buffer.from('{"a":1}\n'))), failsWith('format', /no zstd frame at byte 0/))
  await assert.rejects(
    unpack(zstd(frame(0, { type: 3, size: 1, bytes: Buffer.from('x') }))),
    failsWith('format', /invalid zstd block at byte 6/),
  )
  const declared = Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, 9]), frame(0, raw('12345678')).subarray(6)])
  await assert.rejects(unpack(zstd(declared)), failsWith('format', /frame of 8 bytes that declares 9/))
})

test('zstd: damage ends in a typed error or in other bytes, never in anything else', async () => {
  for (let at = 4; at < PACKED.length; at += 29) {
    const damaged = Buffer.from(PACKED)
    damaged[at] = (damaged[at] ?? 0) ^ 0x55
    await unpack(zstd(damaged)).catch((error: unknown) => {
      assert.match((error as { code: string }).code, /^(format|limit|unsupported)$/, `byte ${at}: ${String(error)}`)
    })
  }
})

test('zstd: a window that the header only claims is not set aside', async () => {
  await assert.rejects(unpack(zstd(frame(0xff, raw('x')))), failsWith('limit', /window of \d+ bytes; at most 134217728/))
  const dictionary = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 1, 0, 7, 1, 0, 0])
  await assert.rejects(unpack(zstd(dictionary)), failsWith('unsupported', /dictionary/))
})

test('bombs end at the limits', async () => {
  const inflate = { maxBytes: 10_000_000, maxRatio: 100, ratioFrom: 1_000_000 }
  const zeros = gzipSync(Buffer.alloc(30_000_000))
  await assert.rejects(unpack(gzip(zeros), inflate), failsWith('limit', /more than 100 bytes for each packed byte/))
  await assert.rejects(
    unpack(gzip(zeros), { ...inflate, maxRatio: 1e6 }),
    failsWith('limit', /unpacks to more than 10000000 bytes/),
  )
  const run = { type: RLE, size: 100_000, bytes: Buffer.from('x') }
  const bomb = zstd(frame(0x38, ...Array.from({ length: 60 }, () => run)))
  await assert.rejects(unpack(bomb, inflate), failsWith('limit', /more than 100 bytes for each packed byte/))
  assert.equal((await unpack(bomb, { ...inflate, maxRatio: 1e6 })).length, 6_000_000)
})

test('every text format reads the same packed', async () => {
  const csv = 'a,b\n1,"x\ny"\n\n2,z\n3\n'
  const json = '{"n":1,"rows":[{"a":1},{"a":2},7]}'
  const jsonl = '{"a":1}\n\n{"a":2}\nx\n'
  for (const [reader, format, text] of [
    [csvReader, 'csv', csv],
    [jsonReader, 'json', json],
    [jsonlReader, 'jsonl', jsonl],
  ] as const) {
    const plain = await readWhole(reader, sourceFile(format, text))
    for (const [compression, bytes] of [
      ['gzip', gzipSync(text)],
      ['zstd', frame(0, raw(text))],
    ] as const) {
      const packed = await readWhole(reader, sourceFile(format, bytes, compression))
      assert.deepEqual([packed.rows, packed.records], [plain.rows, plain.records])
      assert.deepEqual(
        packed.log.errors.map(({ place }) => [place.line, place.row]),
        plain.log.errors.map(({ place }) => [place.line, place.row]),
      )
      assert.equal(packed.log.skipped, 1)
    }
  }
})
