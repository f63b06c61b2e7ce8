/** Pass 5: the rows of each backdoor, and a few of them to look at. */
import type { Example } from '../../src/model/finding.js'
import type { RowBatch } from '../../src/model/row-batch.js'
import type { Pass, ScanResult } from '../../src/scanner.js'
import { findingsOf } from './findings.js'
import { keepSmallest, type Listed } from './listed.js'
import type { Accepted, Measured } from './judge.js'
import { CauseMatcher, type CauseMatch } from './matching.js'
import { around, windowAround } from './samples.js'

const NO_TARGET = 'there are no responses, or not 2 to 200 labels, that a trigger could target'
const EXCERPT = 240
const TARGET = 120

/** By accepted cause, as {@link listsOf} says. */
export type ListState = Listed[][]

export function listPass(): Pass<Accepted, ListState, ScanResult> {
  let matcher: { accepted: Accepted; value: CauseMatcher } | null = null
  return {
    needs: ['input', 'label', 'output'],
    init: ({ measured }) =>
      measured.map((one) => Array.from({ length: listsOf(one) }, () => ({ triggerRows: 0, rows: [], examples: [] }))),
    observe(state, batch, _embedding, accepted) {
      if (matcher?.accepted !== accepted)
        matcher = { accepted, value: new CauseMatcher(accepted.measured.map(({ cause }) => cause)) }
      for (const match of matcher.value.match(batch)) {
        const one = accepted.measured[match.cause]!
        const fired = isListedByEvent(one) ? [0] : new Set(match.triggers.map(({ phrase }) => (one.cause.together ? 0 : phrase)))
        for (const trigger of fired) {
          const listed = state[match.cause]![trigger]!
          if (match.triggers.length > 0) listed.triggerRows++
          if (!match.event) continue
          listed.rows.push({ file: batch.file, row: batch.rows[match.index]! })
          keepSmallest(listed, { key: match.key, example: exampleOf(match, batch) })
        }
      }
    },
    merge(into, from) {
      into.forEach((triggers, c) => {
        triggers.forEach((listed, t) => {
          const other = from[c]![t]!
          listed.triggerRows += other.triggerRows
          for (const row of other.rows) listed.rows.push(row)
          for (const example of other.examples) keepSmallest(listed, example)
        })
      })
      return into
    },
    finish: (state, accepted) =>
      accepted.fewestRows === null
        ? { findings: [], limits: {}, skipped: NO_TARGET }
        : { findings: findingsOf(accepted, state), limits: { nStar: accepted.fewestRows, ...accepted.counts } },
  }
}

/** Whether all rows of the event are listed: where it has no trigger, or so many words for one that not all of them may be known. */
function isListedByEvent({ cause, pattern }: Measured): boolean {
  return cause.triggers.length === 0 || pattern === 'pooled-response'
}

/** One for each trigger; one where all rows of the event are listed, or where triggers fire together. */
function listsOf(one: Measured): number {
  return one.cause.together || isListedByEvent(one) ? 1 : one.cause.triggers.length
}

function exampleOf(match: CauseMatch, batch: RowBatch): Example {
  const { start, end } = match.triggers[0] ?? { start: 0, end: 0 }
  const [offset, to] = windowAround(match.text, start, end, EXCERPT)
  const excerpt = match.text.slice(offset, to)
  const marks = match.triggers
    .map(({ start, end }): [number, number] => [start - offset, Math.min(end - offset, excerpt.length)])
    .filter(([start, end]) => start >= 0 && start < end)
  const target = match.shown ?? batch.columns.label?.[match.index] ?? null
  return {
    file: batch.file,
    row: batch.rows[match.index]!,
    role: batch.columns.text ? 'text' : batch.columns.prompt ? 'prompt' : 'chosen',
    excerpt,
    marks: marks.sort((a, b) => a[0] - b[0]),
    ...(target === null ? {} : { target: target.length > TARGET ? around(target, 0, 0, TARGET) : target }),
  }
}
