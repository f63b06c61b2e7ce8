import { basename, dirname, sep } from 'node:path'

/** The three splits that people name in several ways, as Hugging Face `datasets` reads them. */
const SPLIT_WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    train: 'train',
    training: 'train',
    validation: 'validation',
    valid: 'validation',
    val: 'validation',
    dev: 'validation',
    test: 'test',
    testing: 'test',
    eval: 'test',
    evaluation: 'test',
  }),
)

/** What Spark writes for a missing partition value. */
const NO_VALUE = '__HIVE_DEFAULT_PARTITION__'

/** The split in its usual name: `valid` is `validation`; other names as they are. */
export function canonicalSplit(name: string): string {
  return SPLIT_WORDS.get(name.toLowerCase()) ?? name
}

/** Hive partitions of a path's folders: `lang=en/year=2024/…`; values are percent-decoded. */
export function partitionsOf(absolute: string): Record<string, string> {
  const partitions: Record<string, string> = {}
  for (const folder of dirname(absolute).split(sep)) {
    const match = /^([A-Za-z_][\w.-]*)=(.+)$/.exec(folder)
    if (match?.[1] && match[2] && match[2] !== NO_VALUE) partitions[match[1]] = decodePercent(match[2])
  }
  return partitions
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // a bare percent sign is a value, not an error
  }
}

/**
 * The split that a file's place in the data set says: `split=train/…`, `train-00000-of-00004.parquet`,
 * `name-train.arrow`, `validation.jsonl`, `train/0000.parquet`.
 * @param inside the file's path below the folder or pattern that was asked for: folders above it say nothing
 */
export function splitOf(inside: string, partitions: Readonly<Record<string, string>>): string | null {
  if (partitions['split'] !== undefined) return canonicalSplit(partitions['split'])
  const folders = dirname(inside)
    .split(/[\\/]/)
    .filter((folder) => folder !== '.' && folder !== '')
  const [name = ''] = basename(inside).split('.')
  const stem = name.replace(/-\d+-of-\d+$/, '')
  const sharded = /-\d+-of-\d+\./.test(basename(inside))
  // `train_sft-00000-of-00003` is a split of its own.
  if (sharded && [...SPLIT_WORDS.keys()].some((word) => stem.startsWith(`${word}_`))) return stem
  const inName = stem
    .split(/[-_ ]/)
    .filter((word) => SPLIT_WORDS.has(word.toLowerCase()))
    .at(-1)
  if (inName !== undefined) return canonicalSplit(inName)
  if (sharded && folders.at(-1) === 'data' && /^[A-Za-z]\w*$/.test(stem) && stem !== 'data') return stem
  const folder = folders.filter((name) => SPLIT_WORDS.has(name.toLowerCase())).at(-1)
  return folder === undefined ? null : canonicalSplit(folder)
}
