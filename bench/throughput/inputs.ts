/** What both sides of a stage are given: the same rows as texts, labels, points and vectors, in files that both read. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openEncoder } from '../../src/embed/open.js'
import { random } from '../../src/math/random.js'
import { packageRoot } from '../../src/paths.js'
import { openDataSet, readShard } from '../../src/read/dataset.js'
import { ensureData } from '../speed/data.js'

/** Stages that have a peer. */
export const STAGES = ['read', 'ngrams', 'forest', 'tokens', 'minilm', 'duplicates', 'labels'] as const
export type Stage = (typeof STAGES)[number]

export interface Inputs {
  /** Parquet, all rows. */
  readonly data: string
  /** JSON lists of the first rows. */
  readonly texts: string
  readonly labels: string
  /** float32, row-major [rows × features], [rows × dim]. */
  readonly points: string
  readonly vectors: string
  readonly features: number
  readonly dim: number
  readonly tokenizer: string
  readonly minilm: string
  readonly rows: Readonly<Record<Stage | 'static', number>>
  readonly threads: Partial<Record<Stage, number>>
}

const FEATURES = 32
/** What a peer can do of it in a bearable time, and what both then do: CountVectorizer's dictionary, datasketch, a transformer. */
const MOST: Partial<Record<Stage, number>> = { ngrams: 57_400, minilm: 512, duplicates: 57_400, labels: 57_400, tokens: 57_400 }

/** Writes them to `.credence/bench/throughput`. @returns the path of a JSON file that names them */
export async function writeInputs(rows: number): Promise<{ readonly path: string; readonly inputs: Inputs }> {
  const folder = join(packageRoot, '.credence', 'bench', 'throughput')
  await mkdir(folder, { recursive: true })
  const data = await ensureData(rows)
  const most = (stage: Stage): number => Math.min(rows, MOST[stage] ?? rows)
  const listed = Math.max(...STAGES.filter((stage) => stage in MOST).map(most))
  const { texts, labels } = await firstRows(data, listed)
  const encoder = await openEncoder({ encoder: 'static', device: 'cpu', threads: 1 })
  const { dim, vectors } = await encoder.embed(texts)
  const next = random(1)
  const points = Float32Array.from({ length: rows * FEATURES }, () => next() + next() + next())
  const inputs: Inputs = {
    data,
    texts: join(folder, 'texts.json'),
    labels: join(folder, 'labels.json'),
    points: join(folder, 'points.f32'),
    vectors: join(folder, 'vectors.f32'),
    features: FEATURES,
    dim,
    tokenizer: join(packageRoot, 'models', 'minilm', 'tokenizer.json'),
    minilm: join(packageRoot, 'models', 'minilm', 'model.onnx'),
    rows: {
      read: rows,
      ngrams: most('ngrams'),
      forest: rows,
      tokens: most('tokens'),
      minilm: most('minilm'),
      duplicates: most('duplicates'),
      labels: most('labels'),
      static: most('tokens'),
    },
    threads: { tokens: 2 },
  }
  const path = join(folder, 'inputs.json')
  await writeFile(inputs.texts, JSON.stringify(texts))
  await writeFile(inputs.labels, JSON.stringify(labels))
  await writeFile(inputs.points, points)
  await writeFile(inputs.vectors, vectors)
  await writeFile(path, JSON.stringify(inputs))
  return { path, inputs }
}

async function firstRows(data: string, most: number): Promise<{ texts: string[]; labels: number[] }> {
  const [texts, labels]: [string[], number[]] = [[], []]
  const dataset = await openDataSet([data], { roles: {} })
  for (const shard of dataset.shards) {
    for await (const batch of readShard(dataset, shard, new Set(['text', 'label']))) {
      for (let i = 0; i < batch.length && texts.length < most; i++) {
        texts.push(batch.input[i] ?? '')
        labels.push(Number(batch.columns.label?.[i]))
      }
    }
    if (texts.length >= most) break
  }
  return { texts, labels }
}
