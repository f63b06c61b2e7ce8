// One vector per row by credence's own static encoder: node bench/detection/embed.mjs DATA OUT COLUMN… writes OUT, float32
// [rows × dim], where the columns' vectors stand side by side, and prints {dim, rows}. DIST is the compiled project.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'

const CHUNK = 2048

const [dist, data, out, ...columns] = process.argv.slice(2)
const { openEncoder } = await import(pathToFileURL(join(dist, 'src', 'embed', 'open.js')).href)
const rows = await parquetReadObjects({ file: await asyncBufferFromFile(data), compressors, columns })
const encoder = await openEncoder({ encoder: 'static', device: 'cpu', threads: 1 })
const width = encoder.dim * columns.length
const vectors = new Float32Array(rows.length * width)
for (const [place, column] of columns.entries()) {
  for (let from = 0; from < rows.length; from += CHUNK) {
    const texts = rows.slice(from, from + CHUNK).map((row) => String(row[column] ?? ''))
    const embedded = await encoder.embed(texts)
    for (let i = 0; i < texts.length; i++) {
      const vector = embedded.vectors.subarray(i * encoder.dim, (i + 1) * encoder.dim)
      vectors.set(vector, (from + i) * width + place * encoder.dim)
    }
  }
}
await encoder.close()
writeFileSync(out, new Uint8Array(vectors.buffer))
console.log(JSON.stringify({ dim: width, rows: rows.length }))
