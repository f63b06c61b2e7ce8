import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { CellEdits, type EditPlan } from '../../src/clean/cell-edit.js'
import { OutputFile } from '../../src/clean/output-file.js'
import type { Outcome } from '../../src/clean/outcome.js'
import { RowChoice, type RowPlan } from '../../src/clean/row-choice.js'
import { writeRows } from '../../src/clean/write-rows.js'
import { fromErrorRecord, type ErrorCode } from '../../src/errors.js'
import { DEFAULT_READ_LIMITS } from '../../src/model/read-limits.js'
import { toCell } from '../../src/read/cell.js'
import { readRaw } from '../../src/read/data-file.js'
import { openHere } from '../../src/read/file-opener.js'
import type { ReadLog, SourceFile } from '../../src/read/format.js'
import { fileFormat } from '../../src/read/sniff.js'

interface Plan {
  readonly named?: readonly number[]
  readonly write?: RowPlan['write']
  readonly edit?: EditPlan
}

/** Secrets of some rows, ascending. */
export function masking(rows: readonly number[], ...columns: readonly string[]): Plan {
  return { edit: { kind: 'mask', registry: null, columns, rows: Float64Array.from(rows) } }
}

/** @param labels by row, ascending */
export function relabelling(labels: ReadonlyMap<number, string>, column: string): Plan {
  const rows = Float64Array.from(labels.keys())
  return { edit: { kind: 'relabel', columns: [column], rows, labels: [...labels.values()] } }
}

async function sourceOf(absolute: string): Promise<SourceFile> {
  const format = await fileFormat({ absolute, path: basename(absolute) })
  return { path: basename(absolute), absolute, ...format, bytes: statSync(absolute).size, split: null, partitions: {} }
}

let copies = 0

/** A file written again beside itself. */
export async function rewritten(path: string, plan: Plan): Promise<{ path: string; outcome: Outcome }> {
  const file = await sourceOf(path)
  const to = join(dirname(path), `out-${copies++}-${basename(path)}`)
  const out = new OutputFile(to, file.compression)
  const { named = [], write = 'others', edit = null } = plan
  const choice = new RowChoice({ named: Float64Array.from(named), write, edit }, new CellEdits(edit))
  const outcome = await writeRows({ file, choice, limits: DEFAULT_READ_LIMITS, out })
  await out.finish()
  return { path: to, outcome }
}

/**
 * All rows, as the readers give them.
 * @param but codes of errors that do not matter
 * @throws CredenceError where anything cannot be read
 */
export async function rowsOf(path: string, but: readonly ErrorCode[] = []): Promise<Record<string, unknown>[]> {
  const { file, units } = await openHere.open(await sourceOf(path), 2 ** 20, DEFAULT_READ_LIMITS)
  if (file.error !== null) throw fromErrorRecord(file.error)
  const names = file.schema.columns.map(({ name }) => name)
  const rows: Record<string, unknown>[] = []
  for (const planned of units) {
    const log: ReadLog = { skipped: 0, truncated: 0, errors: [] }
    for await (const { length, columns } of readRaw(file, planned, names, 2048, DEFAULT_READ_LIMITS, log)) {
      for (let i = 0; i < length; i++) rows.push(Object.fromEntries(names.map((name) => [name, columns[name]?.[i] ?? null])))
    }
    const fault = log.errors.find(({ code }) => !but.includes(code))
    if (fault !== undefined) throw fromErrorRecord(fault)
  }
  return rows
}

export function digestOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}

type Rows = readonly Readonly<Record<string, unknown>>[]

/**
 * Labels for some rows of a column: each the cell of the row before, where both have one.
 * @returns with the table as it should read then
 */
export function shifted(all: Rows, rows: readonly number[], column: string) {
  const from = (row: number): unknown => all[(row + all.length - 1) % all.length]![column]
  const labels = new Map(
    rows.flatMap((row) => {
      const label = toCell(from(row))
      return label === null || toCell(all[row]![column]) === null ? [] : [[row, label] as const]
    }),
  )
  const expected = all.map((row, i) => (labels.has(i) ? { ...row, [column]: from(i) } : row))
  const edited = [...labels.keys()].map((row) => ({ row, before: toCell(all[row]![column]) }))
  return { labels, expected, edited }
}
