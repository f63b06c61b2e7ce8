import { statSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../src/paths.js'
import type { FormatName, SourceFile } from '../../src/read/format.js'

const WORDS = ['quiet', 'sturdy', 'naïve', 'élan', '日本', '🙂', '\ufeffmarked', 'plain']

/** Row `i` of the files that tools/fixtures/make_arrow.py writes, as plain values. */
export function review(i: number): Record<string, unknown> {
  return {
    text: i % 97 === 96 ? null : `review ${i}: ${WORDS[i % 8]} and ${WORDS[(i * 5 + 3) % 8]}`,
    label: BigInt(i % 3),
    source: `shop ${i % 4}`,
    score: i / 4,
    kept: i % 2 === 0,
    created: new Date(Date.UTC(2024, 1, 28, 12, i)),
    tags: Array.from({ length: i % 3 }, (_, j) => `t${j}`),
  }
}

/** Rows [from, to). */
export function reviews(from: number, to: number): Record<string, unknown>[] {
  return Array.from({ length: to - from }, (_, i) => review(from + i))
}

/** A file below fixtures/formats. */
export function fixture(name: string, format: FormatName): SourceFile {
  const absolute = join(packageRoot, 'fixtures', 'formats', name)
  return { path: name, absolute, format, compression: 'none', bytes: statSync(absolute).size, split: null, partitions: {} }
}
