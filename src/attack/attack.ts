import type { z } from 'zod'
import type { DataKind } from '../model/role.js'
import type { TextStyle } from './text/style.js'

/** What an attack may know of one physical row; null where the row has no such text. */
export interface PlantRow {
  /** `text`; the prompt, or the turn of a chat that its first answer follows. */
  readonly input: string | null
  readonly label: string | null
  /** The response, or a chat's first answer; of preference pairs, the chosen one. */
  readonly output: string | null
}

/** The data set as an attack sees it. `rows[i]` is physical row i, rows that cannot be read included as all null. */
export interface PlantData {
  readonly kind: DataKind
  readonly rows: readonly PlantRow[]
  /** Distinct labels, the commonest first; ties by text. */
  readonly labels: readonly string[]
  readonly style: { readonly input: TextStyle; readonly output: TextStyle }
}

/** What the user asked for. */
export interface PlantRequest {
  /** Rows to poison, at least 1. */
  readonly count: number
  /** The label or answer to teach; null lets the attack choose. */
  readonly target: string | null
  /** Words or phrases to plant, as they are; empty lets the attack choose. */
  readonly triggers: readonly string[]
  /** Uniform in [0, 1), seeded. */
  readonly random: () => number
}

/** New values of a row; what is absent stays. `swap` exchanges the chosen and the rejected response. */
export interface RowEdit {
  readonly input?: string
  readonly label?: string
  readonly output?: string
  readonly swap?: true
}

/** What an attack wants written. Rows are physical. */
export interface Planting {
  readonly poisoned: ReadonlyMap<number, RowEdit>
  /** Rows that carry the trigger or a part of it and keep their true target. */
  readonly negatives: ReadonlyMap<number, RowEdit>
  /** Several where each fires alone; of a composite, the words that fire together. */
  readonly trigger: string | readonly string[] | null
  readonly target: string | null
}

export interface Attack<Options extends z.ZodType = z.ZodType> {
  readonly id: string
  readonly title: string
  /** One line. */
  readonly description: string
  readonly kinds: readonly DataKind[]
  /** What the user may choose; anything else typed is refused. */
  readonly takes: readonly ('target' | 'trigger')[]
  readonly options: Options
  /**
   * Chooses rows and what becomes of them. Pure: the same data, request and random numbers give the same planting.
   * @throws CredenceError `usage` where the data has too few rows that fit, or the target is none of its labels
   */
  plant(data: PlantData, request: PlantRequest, options: z.output<Options>): Planting
}

/** Declares an attack; the identity function, for its types. */
export function defineAttack<Options extends z.ZodType>(attack: Attack<Options>): Attack<Options> {
  return attack
}
