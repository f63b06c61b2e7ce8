/** The flow of a clean: report → rows → rehearsal → copies, quarantine and receipt. The input is only ever read. */
import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CleanRequest, WrittenRows } from './clean-messages.js'
import type { CleanOptions, CleanResult } from './clean-options.js'
import { checkRowCount, matchData, type MatchedFile } from './match-data.js'
import { planFile, quarantined, type Editing, type FilePlan } from './plan-file.js'
import type { Receipt } from './receipt.js'
import { readSources, type Sources } from './report-folder.js'
import { selectRows, type SelectedRows, type Selection } from './select-rows.js'
import { checkOutFolder, withStaging } from './staging.js'
import { writeClean } from './write-clean.js'
import { AskedChild } from '../engine/asked-child.js'
import { CredenceError, fromErrorRecord } from '../errors.js'
import { discoverFiles } from '../read/discover.js'
import type { ReportJson } from '../report/json-schema.js'
import type { FlagLines } from '../review/data-messages.js'

const CHILD = fileURLToPath(new URL('./clean-child.js', import.meta.url))
/** The bytes that one deadline is meant for; larger files get more time. */
const DEADLINE_BYTES = 16 * 2 ** 20
const TEXT_ROLES: readonly string[] = ['text', 'prompt', 'response', 'chosen', 'rejected']

/**
 * @throws CredenceError `usage` where the data is not what was scanned or the folder is taken, `not-found`, and what reading and
 *   writing the files gives; then nothing is written
 */
export async function clean(options: CleanOptions): Promise<CleanResult> {
  const cwd = options.cwd ?? process.cwd()
  const out = resolve(cwd, options.out)
  await checkOutFolder(out)
  const { decisions } = options
  const sources = await readSources(resolve(cwd, options.report), decisions === null ? null : resolve(cwd, decisions))
  const matched = matchData(sources.report.coverage.files, (await discoverFiles(options.data, cwd, options.split)).files)
  const largest = Math.max(...matched.map(({ source }) => source.bytes))
  const deadlineMs = options.bounds.deadlineMs * Math.max(1, largest / DEADLINE_BYTES)
  const child = new AskedChild<CleanRequest>(CHILD, { ...options.bounds, deadlineMs }, options.signal)
  try {
    const flags = (await ask(child, { kind: 'flags', path: join(sources.folder, 'flags.parquet') })) as FlagLines
    const selected = selectRows(sources.report, flags, sources.decisions, selectionOf(options))
    const plans = await rehearse(child, options, editingOf(options, sources.report), selected, matched)
    const result = resultOf(options, sources, selected, plans)
    if (!options.write) return result
    const write = (staging: string): Promise<Receipt> =>
      writeClean({
        sources,
        selected,
        plans,
        result,
        options,
        staging,
        ask: (request) => ask(child, request) as Promise<WrittenRows>,
      })
    return { ...result, receipt: await withStaging(out, write) }
  } finally {
    child.close()
  }
}

async function ask(child: AskedChild<CleanRequest>, request: CleanRequest): Promise<unknown> {
  const reply = await child.ask(request)
  if (reply.kind === 'done') return reply.value
  throw fromErrorRecord(reply.error)
}

/** What the mode does to cells. @throws CredenceError `usage` where there is no label to replace */
function editingOf({ mode, registry }: CleanOptions, { roles, kind }: ReportJson): Editing {
  const columnsOf = (wanted: readonly string[]): string[] =>
    roles.filter(({ role }) => wanted.includes(role)).map(({ column }) => column)
  if (mode === 'redact') {
    // A role may have several columns.
    const columns = columnsOf(TEXT_ROLES).flatMap((names) => [names, ...names.split(' + ')])
    return { kind: 'mask', columns, registry: registry ?? null }
  }
  if (mode !== 'relabel') return null
  const columns = columnsOf(['label'])
  if (columns.length > 0) return { kind: 'relabel', columns }
  throw new CredenceError('usage', `--mode relabel needs a column of labels: the scan of this ${kind} data found none`, {
    suggestions: ['name it for the scan, with --label NAME', 'take the rows out with --mode quarantine'],
  })
}

/** Only findings of personal data and secrets name something to mask. */
function selectionOf({ mode, selection }: CleanOptions): Selection {
  if (mode !== 'redact') return selection
  if (selection.categories.some((category) => category !== 'privacy')) {
    throw new CredenceError('usage', '--mode redact masks what findings of the category privacy name, and no others')
  }
  return { ...selection, categories: ['privacy'] }
}

/** Does all but write: what cannot be read or written is known before a file is made. */
async function rehearse(
  child: AskedChild<CleanRequest>,
  { limits }: CleanOptions,
  editing: Editing,
  selected: SelectedRows,
  matched: readonly MatchedFile[],
): Promise<FilePlan[]> {
  const plans: FilePlan[] = []
  for (const [index, file] of matched.entries()) {
    const { mtimeMs } = await stat(file.source.absolute)
    const plan = planFile(file, selected.files[index]!, editing, mtimeMs)
    const request: CleanRequest = { kind: 'write', file: file.source, plan: plan.rows, limits, path: null }
    const { outcome } = (await ask(child, request)) as WrittenRows
    checkRowCount(file, outcome.rows)
    plans.push(quarantined(plan, outcome))
  }
  return plans
}

function resultOf(
  { mode, out }: CleanOptions,
  { report }: Sources,
  selected: SelectedRows,
  plans: readonly FilePlan[],
): CleanResult {
  const sum = (of: (plan: FilePlan) => number): number => plans.reduce((total, plan) => total + of(plan), 0)
  const read = sum((plan) => plan.read)
  const kept = sum((plan) => plan.read - plan.rows.named.length)
  const edited = sum((plan) => plan.edited.length)
  const skipped = report.coverage.rows.skipped
  return {
    mode,
    out,
    rows: {
      read,
      kept,
      removed: read - kept,
      redacted: mode === 'redact' ? edited : 0,
      relabelled: mode === 'relabel' ? edited : 0,
    },
    findings: selected.findings.map((place) => report.findings[place]!),
    files: plans.map(({ file, read, rows, edited }) => ({
      path: file.source.path,
      read,
      kept: read - rows.named.length,
      edited: edited.length,
    })),
    notes: [
      ...selected.notes,
      ...(skipped > 0 ? [`the scan could not read ${skipped} rows: they are kept, and nobody has looked at them`] : []),
      ...plans.flatMap(({ file, notes }) => notes.map((note) => `${file.source.path}: ${note}`)),
    ],
    receipt: null,
  }
}
