import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openEncoder } from '../../src/embed/open.js'
import { packageRoot } from '../../src/paths.js'

interface Reference {
  readonly dim: number
  readonly unit: number
  readonly texts: readonly string[]
  /** base64 of little-endian int16, in units of 1/`unit`. */
  readonly vectors: string
}

const reference = JSON.parse(readFileSync(join(packageRoot, 'test/embed/minilm.reference.json'), 'utf8')) as Reference

test('minilm is float32 all-MiniLM-L6-v2 to a cosine of 0.995 on every reference text, 0.999 on average', async () => {
  const { dim, texts } = reference
  const bytes = Buffer.from(reference.vectors, 'base64')
  const encoder = await openEncoder({ encoder: 'minilm', device: 'cpu', threads: 1 })
  const { vectors } = await encoder.embed(texts)
  assert.equal(encoder.dim, dim)
  let total = 0
  for (const [row, text] of texts.entries()) {
    let cosine = 0
    for (let i = 0; i < dim; i++) cosine += (vectors[row * dim + i]! * bytes.readInt16LE(2 * (row * dim + i))) / reference.unit
    assert.ok(cosine > 0.995 && cosine < 1.001, `row ${row}, ${JSON.stringify(text)}: ${cosine}`)
    total += cosine
  }
  assert.ok(total / texts.length > 0.999, `mean ${total / texts.length}`)
  for (const row of [0, 21, 45]) {
    const alone = await encoder.embed([texts[row]!])
    assert.deepEqual(alone.vectors, vectors.subarray(row * dim, (row + 1) * dim), `row ${row} depends on its batch`)
  }
  await encoder.close()
})
