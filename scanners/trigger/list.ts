/** Pass 5: the rows of each backdoor, and a few of them to look at. */
import type { Example, FlaggedRow } from '../../src/model/finding.js'
import type { RowBatch } from '../../src/model/row-batch.js'
import type { Pass, ScanResult } from '../../src/scanner.js'
import { findingsOf, scoreOf } from './findings.js'
import type { Accepted } from './judge.js'
import { CauseMatcher, type CauseMatch } from './matching.js'
import { around } from './samples.js'

const EXAMPLES = 5
const EXCERPT = 240
const TARGET = 120

export interface ListedRow {
  readonly file: number
  readonly row: number
}

export interface KeyedExample {
  readonly key: number
  readonly example: Example
}

/** By accepted cause. */
export interface Listed {
  rows: ListedRow[]
  /** The smallest keys, ascending. */
  examples: KeyedExample[]
}

export function listPass(): Pass<Accepted, Listed[], ScanResult> {
  let matcher: { accepted: Accepted; value: CauseMatcher } | null = null
  return {
    needs: ['input', 'label', 'output'],
    init: ({ measured }) => measured.map(() => ({ rows: [], examples: [] })),
    observe(state, batch, _embedding, accepted) {
      if (matcher?.accepted !== accepted)
        matcher = { accepted, value: new CauseMatcher(accepted.measured.map(({ cause }) => cause)) }
      for (const match of matcher.value.match(batch)) {
        if (!match.event || match.triggers.length === 0) continue
        const listed = state[match.cause]!
        const file = batch.file
        const row = batch.rows[match.index]!
        listed.rows.push({ file, row })
        keepSmallest(listed, { key: match.key, example: exampleOf(match, batch) })
      }
    },
    merge(into, from) {
      into.forEach((listed, c) => {
        for (const row of from[c]!.rows) listed.rows.push(row)
        for (const example of from[c]!.examples) keepSmallest(listed, example)
      })
      return into
    },
    finish(state, accepted) {
      const listed = state.map(({ rows, examples }, c) => ({
        rows: flagged(rows, scoreOf(accepted.measured[c]!)),
        examples: examples.map(({ example }) => example),
      }))
      return {
        findings: findingsOf(accepted.measured, listed),
        limits: { nStar: accepted.fewestRows, tests: accepted.tests },
      }
    },
  }
}

function exampleOf(match: CauseMatch, batch: RowBatch): Example {
  const first = match.triggers[0]!
  const excerpt = around(match.text, first.start, first.end, EXCERPT)
  const offset = match.text.indexOf(excerpt, Math.max(0, first.start - EXCERPT))
  const marks = match.triggers
    .map(({ start, end }): [number, number] => [start - offset, Math.min(end - offset, excerpt.length)])
    .filter(([start, end]) => start >= 0 && start < end)
  const target = batch.columns.label?.[match.index] ?? batch.output?.[match.index] ?? null
  return {
    file: batch.file,
    row: batch.rows[match.index]!,
    role: batch.columns.text ? 'text' : batch.columns.prompt ? 'prompt' : 'chosen',
    excerpt,
    marks: marks.sort((a, b) => a[0] - b[0]),
    ...(target === null ? {} : { target: target.length > TARGET ? around(target, 0, 0, TARGET) : target }),
  }
}

function keepSmallest(listed: Listed, added: KeyedExample): void {
  const { examples } = listed
  if (
    examples.some(
      ({ key, example }) => key === added.key && example.row === added.example.row && example.file === added.example.file,
    )
  )
    return
  examples.push(added)
  examples.sort((a, b) => a.key - b.key || a.example.file - b.example.file || a.example.row - b.example.row)
  examples.length = Math.min(EXAMPLES, examples.length)
}

/** In row order, a row once however many of its turns are named. */
function flagged(rows: readonly ListedRow[], score: number): FlaggedRow[] {
  const sorted = [...rows].sort((a, b) => a.file - b.file || a.row - b.row)
  return sorted
    .filter(({ file, row }, i) => i === 0 || file !== sorted[i - 1]!.file || row !== sorted[i - 1]!.row)
    .map(({ file, row }) => ({ file, row, score }))
}
