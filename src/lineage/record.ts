/** `FILE.lineage.json`: from what, and by which operation, a file or folder was made. In the terms of W3C PROV (PROV-DM, 2013). */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { merkleRoot } from '../lock/merkle.js'

const OPERATIONS = ['clean', 'diff', 'plant'] as const

const MOST_FILES = 100_000
const MOST_SOURCES = 100
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const path = z.string().min(1).max(4096)

const file = z.strictObject({
  path: path.meta({ description: 'from the folder of the record, with slashes' }),
  bytes: z.int().min(0),
  sha256,
})

const entity = z.strictObject({
  root: sha256.meta({
    description: 'Merkle tree hash (RFC 9162) over the SHA-256 of its files, sorted: the same wherever they lie',
  }),
  files: z.array(file).min(1).max(MOST_FILES),
})

const source = entity.extend({
  name: path.meta({ description: 'as it was typed' }),
  at: path.nullable().meta({ description: 'the commit that its files are of, whose paths are meant there; null for files here' }),
  lock: z.strictObject({ path, root: sha256 }).nullable().meta({ description: 'the lock that was found for it, and its root' }),
  lineage: z.array(sha256).max(MOST_SOURCES).meta({ description: 'SHA-256 of the records of its own that were found' }),
})

export const recordSchema = z.strictObject({
  version: z.literal(1),
  tool: z.strictObject({ name: z.literal('credence'), version: z.string().max(100) }).meta({ description: 'wasAssociatedWith' }),
  entity: entity.meta({ description: 'what was made' }),
  wasGeneratedBy: z.strictObject({
    operation: z.enum(OPERATIONS),
    startedAtTime: z.iso.datetime(),
    endedAtTime: z.iso.datetime(),
    parameters: z.record(z.string(), z.json()),
    parametersSha256: sha256.meta({ description: 'of the parameters as JSON without blanks, keys sorted' }),
  }),
  wasDerivedFrom: z.array(source).min(1).max(MOST_SOURCES),
})

export type LineageRecord = z.infer<typeof recordSchema>
export type LineageFile = z.infer<typeof file>
export type LineageSource = z.infer<typeof source>
export type Parameters = LineageRecord['wasGeneratedBy']['parameters']

/** Of an entity, from its files. */
export function rootOfFiles(files: readonly Pick<LineageFile, 'sha256'>[]): string {
  const digests = files.map(({ sha256 }) => sha256).sort()
  return Buffer.from(merkleRoot(Buffer.from(digests.join(''), 'hex'))).toString('hex')
}

export function parametersDigest(parameters: Parameters): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(parameters)))
    .digest('hex')
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  // Not an object's own assignment, which takes `__proto__` for more than a name.
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]))
}

/** What of a record is not what the rest of it says; null where all is. */
export function contradiction({ entity, wasGeneratedBy, wasDerivedFrom }: LineageRecord): string | null {
  const { parameters, parametersSha256 } = wasGeneratedBy
  if (parametersDigest(parameters) !== parametersSha256) return 'its parameters are not those of their digest'
  const wrong = [entity, ...wasDerivedFrom].some(({ root, files }) => rootOfFiles(files) !== root)
  return wrong ? 'a root is not that of its files' : null
}
