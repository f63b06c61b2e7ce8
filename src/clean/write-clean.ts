/** Fills the output folder: `data/` and `quarantine/` in the data set's layout, a line for each row that changed, `clean.json`. */
import { createReadStream } from 'node:fs'
import { mkdir, stat } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import type { CleanOptions, CleanResult } from './clean-options.js'
import type { CleanRequest, WrittenRows } from './clean-messages.js'
import { writeLineage } from './clean-lineage.js'
import { OutputFile, type Written } from './output-file.js'
import { isUnchanged, type FilePlan } from './plan-file.js'
import { reasonLines, relabelledLines } from './reasons.js'
import { receiptSchema, type Receipt } from './receipt.js'
import type { Sources } from './report-folder.js'
import type { SelectedRows } from './select-rows.js'
import { CredenceError } from '../errors.js'
import { safeJson } from '../report/safe-text.js'
import { version } from '../version.js'

export interface CleanWork {
  readonly sources: Sources
  readonly selected: SelectedRows
  readonly plans: readonly FilePlan[]
  readonly result: CleanResult
  readonly options: CleanOptions
  /** The folder to fill. */
  readonly staging: string
  readonly ask: (request: CleanRequest) => Promise<WrittenRows>
}

type Derived = Receipt['wasDerivedFrom'][number]

export async function writeClean(work: CleanWork): Promise<Receipt> {
  const startedAt = new Date()
  const derived: Derived[] = []
  for (const plan of work.plans) derived.push(await writeFile(work, plan))
  const { mode } = work.options
  const lines = {
    reasons: mode === 'drop' ? null : await writeLines(work, 'quarantine-reasons.jsonl', reasonLines),
    relabelled: mode === 'relabel' ? await writeLines(work, 'relabelled.jsonl', relabelledLines) : null,
  }
  const receipt = receiptSchema.parse(receiptOf(work, derived, lines))
  const out = new OutputFile(join(work.staging, 'clean.json'), 'none')
  await out.write(Buffer.from(`${safeJson(receipt)}\n`))
  await out.finish()
  await writeLineage(work, receipt, startedAt)
  work.options.signal?.throwIfAborted()
  return receipt
}

async function writeFile(work: CleanWork, plan: FilePlan): Promise<Derived> {
  const { file, rows, read } = plan
  const { source } = file
  const kept = await outputPath(work, 'data', file.inside)
  const removed = rows.named.length
  const input = await copyBytes(source.absolute, isUnchanged(rows) ? kept.absolute : null)
  const keptBytes = isUnchanged(rows) ? input : await writeRows(work, plan, rows, kept.absolute, read - removed)
  const quarantined = removed > 0 && work.options.mode !== 'drop' ? await writeQuarantine(work, plan) : null
  const { mtimeMs, size } = await stat(source.absolute)
  if (mtimeMs !== plan.mtimeMs || size !== source.bytes) {
    throw new CredenceError('io', `${source.path} changed while it was read`, { place: { file: source.path } })
  }
  return {
    path: source.path,
    ...input,
    rows: read,
    kept: { path: kept.name, ...keptBytes, rows: read - removed },
    quarantined,
  }
}

async function writeQuarantine(work: CleanWork, plan: FilePlan): Promise<Derived['quarantined']> {
  const path = await outputPath(work, 'quarantine', plan.file.inside)
  const rows = { ...plan.rows, write: 'named' as const, edit: null }
  const written = await writeRows(work, plan, rows, path.absolute, plan.rows.named.length)
  return { path: path.name, ...written, rows: plan.rows.named.length }
}

async function writeRows(work: CleanWork, { file }: FilePlan, rows: FilePlan['rows'], path: string, expected: number) {
  const { limits } = work.options
  const { outcome, written } = await work.ask({ kind: 'write', file: file.source, plan: rows, limits, path })
  if (outcome.kept === expected) return written
  throw new CredenceError('io', `${file.source.path} changed while it was read: ${outcome.kept} rows, not ${expected}`)
}

/** A file's digest, and a copy of it where there is a path. */
async function copyBytes(from: string, to: string | null): Promise<Written> {
  const out = new OutputFile(to, 'none')
  for await (const chunk of createReadStream(from, { highWaterMark: 2 ** 20 })) await out.write(chunk as Buffer)
  return out.finish()
}

async function outputPath({ staging }: CleanWork, part: 'data' | 'quarantine', inside: string) {
  const absolute = join(staging, part, inside)
  await mkdir(dirname(absolute), { recursive: true })
  return { absolute, name: [part, ...inside.split(sep)].join('/') }
}

async function writeLines(
  { sources, plans, staging }: CleanWork,
  path: string,
  linesOf: typeof reasonLines,
): Promise<Receipt['reasons']> {
  const out = new OutputFile(join(staging, path), 'none')
  let rows = 0
  for (const plan of plans) {
    for (const line of linesOf(sources.report, plan)) {
      await out.write(Buffer.from(`${line}\n`))
      rows++
    }
  }
  return { path, ...(await out.finish()), rows }
}

function receiptOf(
  { sources, selected, result, options }: CleanWork,
  derived: readonly Derived[],
  lines: Pick<Receipt, 'reasons' | 'relabelled'>,
): Receipt {
  const { report, digests } = sources
  const { minSeverity, scanners, categories } = options.selection
  return {
    schemaVersion: 1,
    kind: 'clean',
    tool: { name: 'credence', version },
    at: new Date().toISOString(),
    operation: {
      mode: options.mode,
      minSeverity,
      findings: selected.findings.map((place) => report.findings[place]!.id),
      scanners: [...scanners],
      categories: [...categories],
    },
    report: {
      startedAt: report.startedAt,
      version: report.tool.version,
      verdict: report.verdict,
      reportSha256: digests.report,
      flagsSha256: digests.flags,
      decisionsSha256: digests.decisions,
    },
    rows: result.rows,
    wasDerivedFrom: [...derived],
    ...lines,
    notes: [...result.notes],
  }
}
