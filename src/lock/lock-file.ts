/** `credence.lock.json`: what a data set was when it was reviewed, down to its rows. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { merkleRoot } from './merkle.js'

/** Rows of a block, but for the last of a file. Counted in rows, so that a file in another format has the same blocks. */
export const BLOCK_ROWS = 4096
/** Beside the lock. */
export const ROWS_FILE = 'credence.lock.rows'

/** Sources and licences that are listed. */
export const MOST_NAMES = 100
const MOST_NAME_UNITS = 120

const count = z.int().min(0)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

const fileSchema = z.strictObject({
  path: z.string().meta({ description: 'from the folder of the lock file, with slashes' }),
  bytes: count,
  sha256,
  format: z.string(),
  rows: count,
  columns: z.array(z.strictObject({ name: z.string(), type: z.string() })),
  rowsRoot: sha256.meta({ description: 'Merkle tree hash (RFC 9162) over the digests of its rows, in order' }),
  blocks: z.array(sha256).meta({ description: `the same over each ${BLOCK_ROWS} rows` }),
})

const name = z.string().max(MOST_NAME_UNITS)

const names = z
  .strictObject({
    names: count.nullable().meta({ description: 'how many there are; null where there are more than can be counted' }),
    without: count.meta({ description: 'rows that name none' }),
    largest: z.array(z.strictObject({ name, rows: count })).meta({ description: `at most ${MOST_NAMES}, most rows first` }),
  })
  .nullable()
  .meta({ description: 'null where the data has no such column' })

export type LockedNames = z.infer<typeof names>

export const lockSchema = z.strictObject({
  version: z.literal(1),
  tool: z.strictObject({ name: z.literal('credence'), version: z.string() }),
  createdAt: z.iso.datetime(),
  root: sha256.meta({ description: 'Merkle tree hash over the files: SHA-256 of the JSON of path, bytes, sha256 and rowsRoot' }),
  rowsRoot: sha256.meta({ description: 'Merkle tree hash over all rows in order: the same in another format or sharding' }),
  rows: count,
  kind: z.string(),
  roles: z.array(z.strictObject({ role: z.string(), column: z.string() })),
  scanners: z
    .array(z.strictObject({ id: z.string(), version: z.string() }))
    .meta({ description: 'the scanners and rules of the credence that made the lock' }),
  // Locks of version 1 that were made before have none of these.
  encoder: z
    .strictObject({ name: z.string(), sha256 })
    .optional()
    .meta({ description: 'the model by which its scans compare the content of rows' }),
  lineage: z
    .array(sha256)
    .optional()
    .meta({ description: 'SHA-256 of the records of lineage (credence lineage) that speak of its files' }),
  sources: names.optional(),
  hosts: names.optional(),
  licences: names.optional(),
  files: z.array(fileSchema),
  rowDigests: z
    .strictObject({ path: z.string(), bytes: count, sha256 })
    .meta({ description: '16 bytes of the digest of each row: not trusted for more than to name the rows that changed' }),
})

export type Lock = z.infer<typeof lockSchema>
export type LockedFile = z.infer<typeof fileSchema>

/** What the root is of. */
export function rootOf(files: readonly Pick<LockedFile, 'path' | 'bytes' | 'sha256' | 'rowsRoot'>[]): string {
  const entries = files.map(({ path, bytes, sha256, rowsRoot }) =>
    createHash('sha256')
      .update(JSON.stringify([path, bytes, sha256, rowsRoot]))
      .digest(),
  )
  return Buffer.from(merkleRoot(Buffer.concat(entries))).toString('hex')
}
