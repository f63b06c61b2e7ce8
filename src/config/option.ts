import type { z } from 'zod'

/** What help, `init` and the loader need to know of an option beyond its type. */
export interface OptionMeta {
  readonly description: string
  readonly group: 'Columns' | 'Encoder' | 'Scan' | 'Cluster' | 'Output'
  /** Stands for the value in help: `DIR`, `COLUMN`. */
  readonly placeholder?: string
  /** A file or folder: in a configuration file it is relative to that file. */
  readonly folder?: boolean
  /** Names that are not folders, where `folder` is set. */
  readonly words?: readonly string[]
}

/** A setting with what is said of it. */
export const option = <S extends z.ZodType>(schema: S, meta: OptionMeta): S => schema.meta({ ...meta })
