import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ProvenanceBoard } from '../../src/model/provenance.js'
import { originOf } from '../../src/report/origin.js'

const board: ProvenanceBoard = { rows: null, files: { total: 3, declared: 0, matching: 0 }, metadata: [] }

test('the scoreboard in a line: shares are never rounded to all or none', () => {
  assert.equal(originOf(undefined), null)
  assert.equal(originOf(board), 'no metadata beside the data')
  const rows = { rows: 10_000, source: 9999, url: 1, license: 10_000, hash: 0 }
  const receipt = {
    kind: 'croissant',
    files: 3,
    digests: 2,
    licenses: [],
    origins: [],
    terms: [],
    error: null,
    problems: ['a', 'b'],
  }
  assert.equal(
    originOf({ rows, files: { total: 3, declared: 2, matching: 1 }, metadata: [{ ...receipt, path: 'croissant.json' }] }),
    'rows with a source 99.9 %, an address < 0.1 %, a licence 100 %; SHA-256 declared for 2 of 3 files, 1 of them hold; metadata: croissant.json (2 mistakes)',
  )
  assert.equal(
    originOf({ ...board, rows: { ...rows, source: 0, url: 0, license: 0 } }),
    'no row gives a source, licence or digest; no metadata beside the data',
  )
})
