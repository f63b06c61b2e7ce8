import { describe, test } from 'node:test'
import { scanners } from '../../scanners/index.js'
import type { DataKind } from '../../src/model/role.js'
import { drive } from '../scanners/drive.js'
import { DIM, embedWords, smallData } from '../scanners/small-data.js'
import { assertSplit } from '../scanners/split.js'

const KINDS: readonly DataKind[] = ['classification', 'instruction', 'preference', 'documents']
const TIMES = 20

describe(`${TIMES} splits into shards and batches give the same findings`, () => {
  for (const scanner of scanners) {
    for (const kind of KINDS) {
      const rows = smallData(kind)
      if (scanner.skip({ kind, roles: ['prompt'], rows: rows.length, files: [] }) !== null) continue
      test(`${scanner.id}: ${kind}`, () => {
        const settings = { dim: DIM, embed: embedWords }
        assertSplit(scanner, rows, settings, drive(scanner, rows, settings), TIMES)
      })
    }
  }
})
