import { availableParallelism, homedir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { SEVERITIES } from '../model/finding.js'
import { GAPS } from '../model/report.js'
import type { ScannerDefinition } from '../scanner.js'
import { byteCount } from './bytes.js'
import { clusterOptions } from './cluster-options.js'
import { LEAST_MEMORY } from './memory.js'
import { option, type OptionMeta } from './option.js'
import { readBounds } from './read-bounds.js'

const column = (holds: string) =>
  option(z.string().min(1).nullable().default(null), {
    group: 'Columns',
    description: `column that holds ${holds}`,
    placeholder: 'COLUMN',
  })

const ofOnline = (description: string, placeholder: string): OptionMeta => ({ group: 'Scan', description, placeholder })

function defaultCacheFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'credence')
}

/** More processes than this cost more memory than they save time. */
const MOST_DEFAULT_JOBS = 8

/** Each option, once. Flag and variable names follow from the key: `failOn`, `--fail-on`, `CREDENCE_FAIL_ON`. */
const shape = {
  text: column('the text'),
  label: column('the class label'),
  prompt: column('the prompt, or a whole chat'),
  response: column('the response'),
  chosen: column('the preferred response'),
  rejected: column('the response that was not preferred'),
  source: column('where a row came from'),
  url: column('the address a row was fetched from'),
  timestamp: column('when a row was made'),
  license: column('the licence of a row'),
  hash: column('the digest of a row'),
  id: column('the name of a row'),
  split: option(z.string().min(1).nullable().default(null), {
    group: 'Columns',
    description: 'read this split only, for example train; all splits when absent',
    placeholder: 'NAME',
  }),
  encoder: option(z.string().min(1).default('auto'), {
    group: 'Encoder',
    description: 'sentence encoder: auto, static, minilm, or a folder with an ONNX export and its tokenizer.json',
    placeholder: 'auto|static|minilm|DIR',
    folder: true,
    words: ['auto', 'static', 'minilm'],
  }),
  device: option(z.enum(['auto', 'cpu', 'cuda', 'webgpu', 'coreml', 'dml']).default('auto'), {
    group: 'Encoder',
    description: 'where the encoder runs; auto falls back to cpu, a named device that is absent is an error',
  }),
  cache: option(
    z
      .string()
      .min(1)
      .default('auto')
      .transform((value) => (value === 'auto' ? defaultCacheFolder() : value)),
    {
      group: 'Encoder',
      description: "folder for vectors already computed; auto is the user's cache folder, off keeps none",
      placeholder: 'auto|off|DIR',
      folder: true,
      words: ['auto', 'off'],
    },
  ),
  cacheBytes: option(byteCount.prefault('2GiB'), {
    group: 'Encoder',
    description: 'most bytes that the cache may hold; the oldest entries go first',
    placeholder: 'BYTES',
  }),
  scanners: option(z.array(z.string()).min(1).nullable().default(null), {
    group: 'Scan',
    description: 'run these scanners only; all when absent (see: credence scanners)',
    placeholder: 'ID',
  }),
  skipScanners: option(z.array(z.string()).default([]), {
    group: 'Scan',
    description: 'leave these scanners out',
    placeholder: 'ID',
  }),
  plugins: option(z.array(z.string().min(1)).default([]), {
    group: 'Scan',
    description: 'modules with scanners of your own: files (./my-scanner.js) or packages; they are run as code',
    placeholder: 'MODULE',
  }),
  metadata: option(z.string().min(1).default('auto'), {
    group: 'Scan',
    description:
      'what is declared of the data: a Croissant document, data card, dataset_infos.json, datapackage.json or SHA256SUMS, or a folder of such; auto looks beside the data, off nowhere',
    placeholder: 'auto|off|FILE|DIR',
    folder: true,
    words: ['auto', 'off'],
  }),
  alpha: option(z.number().gt(0).max(0.5).default(0.01), {
    group: 'Scan',
    description: 'probability of any false alarm on a clean data set, shared by all tests',
    placeholder: 'P',
  }),
  seed: option(
    z
      .int()
      .min(0)
      .max(2 ** 32 - 1)
      .default(0),
    { group: 'Scan', description: 'seed of every random choice', placeholder: 'N' },
  ),
  jobs: option(
    z
      .union([z.literal('auto'), z.int().min(1).max(256)])
      .default('auto')
      .transform((value) => (value === 'auto' ? Math.min(MOST_DEFAULT_JOBS, availableParallelism()) : value)),
    {
      group: 'Scan',
      description: `child processes; auto is the number of cores, at most ${MOST_DEFAULT_JOBS}`,
      placeholder: 'auto|N',
    },
  ),
  shardBytes: option(
    z
      .union([z.literal('auto').transform(() => null), byteCount.refine((bytes) => bytes >= 2 ** 16, 'expected at least 64KiB')])
      .prefault('auto'),
    {
      group: 'Scan',
      description: 'size of the pieces that files are read in, uncompressed; auto cuts small data small, and at most at 16MiB',
      placeholder: 'auto|BYTES',
    },
  ),
  taskTimeout: option(z.number().gt(0).default(600), {
    group: 'Scan',
    description: 'seconds that one pass over one piece may take before its process is ended',
    placeholder: 'SECONDS',
  }),
  resume: option(z.boolean().default(false), {
    group: 'Scan',
    description: 'go on where an interrupted scan of the same files with the same settings stopped',
  }),
  memory: option(
    z
      .union([
        z.literal('auto').transform(() => null),
        byteCount.refine((bytes) => bytes >= LEAST_MEMORY, 'expected at least 1GiB'),
      ])
      .prefault('auto'),
    {
      group: 'Scan',
      description: 'memory that all processes of the scan may take together: sets how many there are, and how much each may take',
      placeholder: 'auto|BYTES',
    },
  ),
  taskMemory: option(byteCount.refine((bytes) => bytes >= 256 * 2 ** 20, 'expected at least 256MiB').prefault('4GiB'), {
    group: 'Scan',
    description: 'memory that one process may take before it is ended, all of it: heap, buffers and the encoder',
    placeholder: 'BYTES',
  }),
  ...readBounds,
  online: option(z.boolean().default(false), {
    group: 'Scan',
    description: 'fetch from a sample of the addresses of rows with a digest, to see whether they still give what was recorded',
  }),
  onlineSample: option(z.int().min(1).max(1000).default(100), ofOnline('addresses that --online fetches from', 'N')),
  onlineAllow: option(
    z.array(z.string().min(1)).default([]),
    ofOnline('private ranges that --online may fetch from all the same, such as 10.1.0.0/16 of an intranet', 'CIDR'),
  ),
  onlineMaxBytes: option(byteCount.prefault('64MiB'), ofOnline('most bytes that --online takes from one address', 'BYTES')),
  ...clusterOptions,
  failOn: option(z.enum([...SEVERITIES, 'never']).default('high'), {
    group: 'Output',
    description: 'exit with 1 when a finding is at least this severe',
  }),
  baseline: option(z.string().min(1).nullable().default(null), {
    group: 'Output',
    description: 'findings accepted before (credence baseline); only what is new or stronger counts',
    placeholder: 'FILE',
    folder: true,
    words: [],
  }),
  ignoreFile: option(z.string().min(1).default('auto'), {
    group: 'Output',
    description: 'findings that do not count, each with a reason and a last day; auto is .credenceignore.yaml here',
    placeholder: 'auto|off|FILE',
    folder: true,
    words: ['auto', 'off'],
  }),
  decisions: option(z.string().min(1).nullable().default(null), {
    group: 'Output',
    description: 'what reviewers decided (credence review); findings that all of them call clean do not count',
    placeholder: 'FILE',
    folder: true,
    words: [],
  }),
  allowIncomplete: option(z.array(z.enum(GAPS)).default([]), {
    group: 'Output',
    description:
      'reasons that do not make the scan incomplete: errors (of reading), skipped (rows), cut (cells), counts (of rows that differ), scanner (failed); they are reported all the same',
    placeholder: 'REASON',
  }),
  out: option(z.string().min(1).nullable().default(null), {
    group: 'Output',
    description: 'write reports and flags.parquet into this folder',
    placeholder: 'DIR',
    folder: true,
    words: [],
  }),
  format: option(
    z
      .array(z.enum(['json', 'md', 'html', 'sarif', 'junit', 'code-quality']))
      .min(1)
      .default(['json']),
    {
      group: 'Output',
      description: 'reports to write with --out',
    },
  ),
  showValues: option(z.boolean().default(false), {
    group: 'Output',
    description: 'show the secrets and e-mail addresses that findings quote; masked when absent',
  }),
  quiet: option(z.boolean().default(false), { group: 'Output', description: 'no progress and no notices on standard error' }),
}

const baseSchema = z.strictObject(shape)

/** Every setting of a scan, resolved. Plain data: it crosses process boundaries. */
export type Config = z.output<typeof baseSchema> & {
  /** By scanner id; each value has been read by that scanner's own schema. */
  readonly scannerOptions: Readonly<Record<string, unknown>>
}

/** What a program may give: each option as it may be written, before defaults. */
export type ConfigInput = z.input<typeof baseSchema>

export type ConfigKey = keyof typeof shape

/** The schema of one option, by key, in the order of help. */
export const optionSchemas: Readonly<Record<ConfigKey, z.ZodType>> = shape

export const configKeys = Object.keys(shape) as readonly ConfigKey[]

export function optionMeta(key: ConfigKey): OptionMeta {
  return optionSchemas[key].meta() as unknown as OptionMeta
}

/** The whole schema for a registry: scanner names are checked, and each scanner's options by its own schema. */
export function configSchema(scanners: readonly ScannerDefinition[]) {
  const options = Object.fromEntries(scanners.map(({ id, options }) => [id, options.prefault({})]))
  return baseSchema.extend({ scannerOptions: z.strictObject(options).prefault({}) }).superRefine((config, context) => {
    for (const key of ['scanners', 'skipScanners'] as const) {
      for (const [index, id] of (config[key] ?? []).entries()) {
        if (scanners.some((scanner) => scanner.id === id)) continue
        const values = scanners.map((scanner) => scanner.id)
        context.addIssue({
          code: 'invalid_value',
          values,
          input: id,
          path: [key, index],
          message: `no scanner is called ${JSON.stringify(id)}`,
        })
      }
    }
  })
}

const NOT_JSON_SCHEMA = ['group', 'placeholder', 'folder', 'words']

/** JSON Schema (2020-12) of a configuration file, for editors. */
export function configJsonSchema(scanners: readonly ScannerDefinition[]): Record<string, unknown> {
  const schema = z.toJSONSchema(configSchema(scanners), {
    io: 'input',
    override: ({ jsonSchema }) => {
      for (const key of NOT_JSON_SCHEMA) delete jsonSchema[key]
    },
  })
  return { ...schema, title: 'credence configuration' }
}
