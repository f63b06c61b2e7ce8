/** No byte of a locked data set can change unseen. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { registryUrl } from '../../scanners/index.js'
import { loadConfig } from '../../src/config/load.js'
import { takeLock, type Taken } from '../../src/lock/take-lock.js'
import { takeSnapshot, type SnapshotRequest } from '../../src/lock/snapshot.js'
import { verify } from '../../src/lock/verify.js'
import { random as randomFrom } from '../../src/math/random.js'
import { temporaryFolder } from '../temporary-folder.js'

/** As many for the format that has most to go wrong; each takes most of a second. */
const FLIPS: Readonly<Record<string, number>> = { 'train.parquet': 200, 'train.jsonl': 40 }

const NO_ENCODER = { name: 'none', sha256: '0'.repeat(64) }
const rows = Array.from({ length: 1500 }, (_, i) => ({ text: `Parcel ${i} came ${i % 7} days late`, label: i % 2 }))
const FILES = {
  'train.parquet': new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'text', data: rows.map(({ text }) => text), type: 'STRING' },
        { name: 'label', data: rows.map(({ label }) => label), type: 'INT32' },
      ],
      rowGroupSize: 500,
    }),
  ),
  'train.jsonl': Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join('')),
}

for (const [name, bytes] of Object.entries(FILES)) {
  const flips = FLIPS[name] ?? 0
  describe(`${flips} random bytes of ${name}`, () => {
    test('each is found: other rows, a file that cannot be read, or the same rows in other bytes', async (t) => {
      const cwd = temporaryFolder()
      const path = join(cwd, name)
      writeFileSync(path, bytes)
      const { config } = await loadConfig({ scanners: [], flags: { jobs: 1 }, env: {}, cwd })
      const request: SnapshotRequest = { paths: [name], cwd, folder: cwd, config, registry: registryUrl }
      const taken: Taken = takeLock(await takeSnapshot(request), {
        scanners: [],
        encoder: NO_ENCODER,
        lineage: [],
        now: new Date(),
      })
      assert.equal((await verify(taken.lock, taken.rowDigests, request)).isSame, true)
      const random = randomFrom(7)
      const seen: Record<string, number> = {}
      for (let flip = 0; flip < flips; flip++) {
        const at = Math.floor(random() * bytes.length)
        const flipped = Buffer.from(bytes)
        flipped[at] = flipped[at]! ^ (1 << Math.floor(random() * 8))
        writeFileSync(path, flipped)
        const found = await verify(taken.lock, taken.rowDigests, request)
        const state = found.files[0]?.state ?? 'none'
        assert.equal(found.isSame, false, `byte ${at}`)
        assert.ok(['changed', 'unread', 'rewritten'].includes(state), `byte ${at}: ${state}`)
        if (state === 'changed') assert.ok((found.rows?.changes.length ?? 0) > 0, `byte ${at}: no row is named`)
        if (state === 'unread') assert.ok(found.unread !== null && found.unread.code !== 'internal', `byte ${at}`)
        seen[state] = (seen[state] ?? 0) + 1
      }
      assert.ok(flips > 0)
      t.diagnostic(JSON.stringify(seen))
      writeFileSync(path, bytes)
      assert.equal((await verify(taken.lock, taken.rowDigests, request)).isSame, true)
      assert.deepEqual(readFileSync(path), Buffer.from(bytes))
    })
  })
}
