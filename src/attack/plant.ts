import { z } from 'zod'
import { CredenceError } from '../errors.js'
import { random } from '../math/random.js'
import type { Role } from '../model/role.js'
import { disposeDataSet, openDataSet, type DataSet } from '../read/dataset.js'
import type { Attack, Planting } from './attack.js'
import { Fields } from './fields.js'
import { openPlantFile } from './file/open.js'
import type { CellChange } from './file/plant-file.js'
import { checkCopy } from './check-copy.js'

export interface PlantOptions {
  /** One file. */
  readonly path: string
  readonly roles: Partial<Record<Role, string>>
  readonly attack: Attack
  /** The attack's own options as typed, by name. */
  readonly options: Readonly<Record<string, string>>
  /** Rows to poison, or the share of all rows, in (0, 1). */
  readonly amount: { readonly rows: number } | { readonly rate: number }
  readonly target: string | null
  readonly triggers: readonly string[]
  readonly seed: number
}

/** What was planted, as it is written next to the copy. Row numbers are 0-based and physical. */
export interface Truth {
  readonly attack: string
  readonly seed: number
  /** Rows of the file. */
  readonly rows: number
  /** Ascending. */
  readonly poisoned: readonly number[]
  /** Rows that carry the trigger or a part of it and keep their true target; ascending. */
  readonly negatives: readonly number[]
  readonly trigger: string | readonly string[] | null
  readonly target: string | null
  readonly options: Readonly<Record<string, unknown>>
}

export interface Planted {
  readonly truth: Truth
  /** The file, not compressed as a whole. */
  readonly bytes: Uint8Array
  /** What the copy could not keep. */
  readonly notes: readonly string[]
}

/**
 * A poisoned copy of a file, in its own format and schema, and the truth about it. The same options give the same bytes.
 * @throws CredenceError `usage` where the attack does not suit the data or its options are wrong, `limit` above 2 GiB, and
 *   what reading throws
 */
export async function plant(options: PlantOptions): Promise<Planted> {
  const { attack, path, roles } = options
  refuseUnused(options)
  const own = parseOptions(attack, options.options)
  const dataset = await openDataSet([path], { roles })
  try {
    return await plantInto(dataset, options, own)
  } finally {
    await disposeDataSet(dataset)
  }
}

async function plantInto(dataset: DataSet, options: PlantOptions, own: unknown): Promise<Planted> {
  const { attack, target, triggers, seed } = options
  const [source] = dataset.files
  if (source === undefined || dataset.files.length > 1) {
    throw new CredenceError('usage', `planting takes one file, ${options.path} names ${dataset.files.length}`)
  }
  if (!attack.kinds.includes(dataset.kind)) {
    throw new CredenceError('usage', `${attack.id} needs ${attack.kinds.join(' or ')} data, ${source.path} is ${dataset.kind}`, {
      suggestions: ['see the attacks for each kind: credence plant --list', 'say which column is which, as for a scan'],
    })
  }
  const file = await openPlantFile(source)
  const fields = new Fields(dataset, file)
  const count = countOf(options.amount, file.rows)
  const planting = attack.plant(fields.data, { count, target, triggers, random: random(seed) }, own)
  const changes = changesOf(planting, fields)
  const bytes = file.rewrite(changes)
  await checkCopy(source, file, bytes, changes)
  return { truth: truthOf(planting, options, own, file.rows), bytes, notes: file.notes }
}

/** What was typed and would do nothing is a mistake. */
function refuseUnused({ attack, target, triggers }: PlantOptions): void {
  if (target !== null && !attack.takes.includes('target')) throw new CredenceError('usage', `${attack.id} takes no --target`)
  if (triggers.length > 0 && !attack.takes.includes('trigger'))
    throw new CredenceError('usage', `${attack.id} takes no --trigger`)
}

function countOf(amount: PlantOptions['amount'], rows: number): number {
  return 'rows' in amount ? amount.rows : Math.max(1, Math.round(amount.rate * rows))
}

function changesOf({ poisoned, negatives }: Planting, fields: Fields): Map<number, CellChange[]> {
  return new Map([...poisoned, ...negatives].map(([row, edit]) => [row, fields.changes(row, edit)]))
}

function truthOf(planting: Planting, { attack, seed, amount }: PlantOptions, own: unknown, rows: number): Truth {
  const ascending = (edits: ReadonlyMap<number, unknown>): number[] => [...edits.keys()].sort((a, b) => a - b)
  return {
    attack: attack.id,
    seed,
    rows,
    poisoned: ascending(planting.poisoned),
    negatives: ascending(planting.negatives),
    trigger: planting.trigger,
    target: planting.target,
    options: { ...amount, ...(own as object) },
  }
}

/** Typed text as the attack's schema wants it: JSON where it is JSON, else as it is. */
function parseOptions(attack: Attack, typed: Readonly<Record<string, string>>): unknown {
  const values = Object.entries(typed).map(([name, text]): [string, unknown] => [name, valueOf(text)])
  const result = attack.options.safeParse(Object.fromEntries(values))
  if (result.success) return result.data
  const known = optionNames(attack)
  throw new CredenceError('usage', `${attack.id}: ${z.prettifyError(result.error).replace(/\s+/g, ' ')}`, {
    suggestions: [known.length === 0 ? 'it has no options' : `its options: ${known.join(', ')}`],
  })
}

function valueOf(text: string): unknown {
  return /^(-?\d+(\.\d+)?|true|false)$/.test(text) ? (JSON.parse(text) as unknown) : text
}

function optionNames({ options }: Attack): string[] {
  return options instanceof z.ZodObject ? Object.keys(options.shape) : []
}
