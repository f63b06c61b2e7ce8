/** A registry of scanners that misbehave, each in one way, beside a sound one. Child processes load it like the real one. */
import { appendFileSync, existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { RowBatch } from '../../src/model/row-batch.js'
import { defineScanner, type Need, type Pass, type ScannerDefinition, type ScanResult } from '../../src/scanner.js'

/** A row whose text is this makes the scanners that misbehave by row do so. */
export const FATAL_TEXT = 'the fatal row'

interface Counted {
  rows: number
}

type CountPass = Pass<unknown, Counted, ScanResult>

const options = z.strictObject({
  /** File that the id of each process that runs a pass is written to. */
  pids: z.string().optional(),
})

function result(rows: number, id: string): ScanResult {
  const said = { title: `${rows} rows`, why: 'they were counted', advice: 'none', examples: [], evidence: { rows } }
  const finding = { id: `${id}-000000000000`, scanner: id, message: `${id}/rows`, score: 0.5, rows: [], ...said }
  return { findings: [{ ...finding, category: 'quality', severity: 'low' }], limits: { rows } }
}

const isFatal = ({ input }: RowBatch): boolean => input.includes(FATAL_TEXT)

/** Counts rows in two passes, so that what breaks in the first is seen by the second. */
function counter(id: string, broken: Partial<CountPass> = {}, needs: readonly Need[] = ['input']): ScannerDefinition {
  const pass = (pids: string | undefined): CountPass => ({
    needs,
    init() {
      if (pids !== undefined) appendFileSync(pids, `${process.pid}\n`)
      return { rows: 0 }
    },
    observe(state, batch) {
      state.rows += batch.length
    },
    merge(into, from) {
      into.rows += from.rows
      return into
    },
    finish: ({ rows }) => result(rows, id),
    ...broken,
  })
  return defineScanner({
    id,
    title: id,
    description: 'a scanner for tests',
    version: '1',
    category: 'quality',
    options,
    messages: { [`${id}/rows`]: { title: 'rows', help: 'rows were counted' } },
    skip: () => null,
    passes: ({ pids }) => [pass(pids), pass(pids)],
  })
}

function fail(where: string): never {
  throw new Error(`on purpose, in ${where}`)
}

export const scanners: readonly ScannerDefinition[] = [
  counter('sound'),
  counter('bad-init', { init: () => fail('init') }),
  counter('bad-observe', {
    observe(_state, batch) {
      if (isFatal(batch)) fail('observe')
    },
  }),
  counter('bad-merge', { merge: () => fail('merge') }),
  counter('bad-finish', { finish: () => fail('finish') }),
  counter('exits-in-finish', { finish: () => process.exit(7) }),
  counter('unclonable', {
    observe(state) {
      Object.assign(state, { hook: () => 0 })
    },
  }),
  counter('exits', {
    observe(_state, batch) {
      if (isFatal(batch)) process.exit(7)
    },
  }),
  counter('is-killed', {
    observe(state, batch) {
      state.rows += batch.length
      // By somebody else, as far as the parent can tell: twice, and the third process is left alone.
      const marks = [1, 2].map((turn) => join(tmpdir(), `killed-${turn}`))
      const mark = marks.find((path) => !existsSync(path))
      if (!isFatal(batch) || mark === undefined) return
      appendFileSync(mark, '')
      process.kill(process.pid, 'SIGKILL')
    },
  }),
  counter('loops', {
    observe(_state, batch) {
      while (isFatal(batch));
    },
  }),
  counter('slow', {
    observe(state, batch) {
      const end = performance.now() + 60
      while (performance.now() < end);
      state.rows += batch.length
    },
  }),
  // Array buffers lie outside V8's heap, and count only once they are written to.
  counter('hoards', {
    observe(_state, batch) {
      const held: Uint8Array[] = []
      while (isFatal(batch)) held.push(new Uint8Array(32 * 2 ** 20).fill(1))
    },
  }),
  counter('embeds', {}, ['input', 'embedding']),
]

export const registryUrl = import.meta.url
