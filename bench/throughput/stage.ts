/** One stage as credence does it: `node dist/bench/throughput/stage.js STAGE INPUTS`. Prints what peer.py prints. */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { growForest, isolationScores } from '../../scanners/outlier/forest.js'
import { duplicate } from '../../scanners/duplicate/index.js'
import { label } from '../../scanners/label/index.js'
import { trigger } from '../../scanners/trigger/index.js'
import { openEncoder } from '../../src/embed/open.js'
import { loadTokenizer } from '../../src/embed/tokenizer.js'
import { openDataSet, readShard } from '../../src/read/dataset.js'
import type { Inputs, Stage } from './inputs.js'
import { batchesOf, infoOf, runPasses } from './passes.js'

const NO_VECTORS = { dim: 0, vectors: new Float32Array(0) }

type Prepared = () => unknown
type Preparation = (inputs: Inputs) => Prepared | Promise<Prepared>

const stages: Readonly<Record<Stage | 'static', Preparation>> = {
  read: (inputs) => () => readAll(inputs),
  ngrams(inputs) {
    const batches = batchesOf(textsOf(inputs, 'ngrams'), labelsOf(inputs, 'ngrams'))
    const info = infoOf(inputs.rows.ngrams)
    // Which n-grams may be frequent, then exact counts of pairs and their tests.
    return () => runPasses(trigger.passes(trigger.options.parse({}), info).slice(0, 2), batches, info, NO_VECTORS)
  },
  forest(inputs) {
    const points = floats(inputs.points).subarray(0, inputs.rows.forest * inputs.features)
    const rows = Int32Array.from({ length: inputs.rows.forest }, (_, i) => i)
    return () => isolationScores(growForest(points, inputs.features, { trees: 100, subsample: 256, seed: 0 }), points, rows)
  },
  tokens: prepareTokens,
  minilm: (inputs) => prepareEmbedding(inputs, 'minilm'),
  static: (inputs) => prepareEmbedding(inputs, 'static'),
  duplicates(inputs) {
    const batches = batchesOf(textsOf(inputs, 'duplicates'), labelsOf(inputs, 'duplicates'))
    const info = infoOf(inputs.rows.duplicates)
    return () => runPasses(duplicate.passes(duplicate.options.parse({}), info), batches, info, NO_VECTORS)
  },
  labels(inputs) {
    const batches = batchesOf(textsOf(inputs, 'labels'), labelsOf(inputs, 'labels'))
    const info = infoOf(inputs.rows.labels)
    const vectors = { dim: inputs.dim, vectors: floats(inputs.vectors) }
    return () => runPasses(label.passes({}, info), batches, info, vectors)
  },
}

async function readAll({ data }: Inputs): Promise<number> {
  const dataset = await openDataSet([data], { roles: {} })
  const columns: (readonly (string | null)[])[] = []
  for (const shard of dataset.shards) {
    for await (const { columns: read } of readShard(dataset, shard, new Set(['text', 'label']))) {
      // Kept, as the peer keeps its columns.
      columns.push(read.text ?? [], read.label ?? [])
    }
  }
  return columns.reduce((sum, column) => sum + column.length, 0)
}

async function prepareEmbedding(inputs: Inputs, encoder: 'static' | 'minilm'): Promise<Prepared> {
  const opened = await openEncoder({ encoder, device: 'cpu', threads: 1 })
  const texts = textsOf(inputs, encoder)
  return () => opened.embed(texts)
}

/** In as many threads as the peer has: each is told when to begin. */
async function prepareTokens(inputs: Inputs): Promise<Prepared> {
  const threads = inputs.threads.tokens ?? 1
  const workers = Array.from(
    { length: threads },
    (_, part) => new Worker(new URL(import.meta.url), { workerData: { inputs, part, threads } }),
  )
  const answers = (): Promise<unknown[]> => Promise.all(workers.map((worker) => once(worker, 'message')))
  await answers()
  return async () => {
    const done = answers()
    for (const worker of workers) worker.postMessage('begin')
    await done
    for (const worker of workers) worker.unref()
  }
}

function tokenise({ inputs, part, threads }: { inputs: Inputs; part: number; threads: number }): void {
  const { tokenizer } = loadTokenizer(JSON.parse(readFileSync(inputs.tokenizer, 'utf8')), {}, inputs.tokenizer)
  const texts = textsOf(inputs, 'tokens').filter((_, i) => i % threads === part)
  const ids: number[][] = []
  parentPort?.postMessage('ready')
  parentPort?.once('message', () => {
    for (const text of texts) ids.push(tokenizer.encode(text, Infinity))
    parentPort?.postMessage('done')
  })
}

function textsOf({ texts, rows }: Inputs, stage: Stage | 'static'): string[] {
  return (JSON.parse(readFileSync(texts, 'utf8')) as string[]).slice(0, rows[stage])
}

function labelsOf({ labels, rows }: Inputs, stage: Stage): number[] {
  return (JSON.parse(readFileSync(labels, 'utf8')) as number[]).slice(0, rows[stage])
}

function floats(path: string): Float32Array {
  const bytes = readFileSync(path)
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
}

if (isMainThread) {
  const [stage = '', inputs = ''] = process.argv.slice(2)
  if (!Object.hasOwn(stages, stage)) throw new Error(`no stage is called ${JSON.stringify(stage)}`)
  const work = await stages[stage as Stage](JSON.parse(readFileSync(inputs, 'utf8')) as Inputs)
  const [start, before] = [performance.now(), process.cpuUsage()]
  await work()
  const { user, system } = process.cpuUsage(before)
  const seconds = (performance.now() - start) / 1000
  console.log(JSON.stringify({ seconds, cpu: (user + system) / 1e6, peakMegabytes: process.resourceUsage().maxRSS / 1024 }))
} else tokenise(workerData as Parameters<typeof tokenise>[0])
