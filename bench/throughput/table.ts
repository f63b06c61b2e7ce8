import { readFileSync, statSync } from 'node:fs'
import type { Inputs } from './inputs.js'

/** What one run of a stage took. */
export interface Taken {
  readonly seconds: number
  /** Processor seconds, all threads. */
  readonly cpu: number
  readonly peakMegabytes: number
}

/** What one core of the machine does, by peer.py. */
export interface Limits {
  /** Bytes read and written a second, in a copy. */
  readonly bandwidth: number
  /** float32 operations a second, in a product of matrices. */
  readonly flops: number
}

interface Case {
  readonly title: string
  /** The stage of stage.ts, and that of peer.py; null where it is compared with another of ours. */
  readonly ours: keyof Inputs['rows']
  readonly peer: string | null
  readonly peerName: string
  /** Times as fast as the peer. */
  readonly bar: number | null
}

export const CASES: readonly Case[] = [
  { title: 'reading to columns', ours: 'read', peer: 'read', peerName: 'pyarrow → Python strings', bar: 1 },
  { title: 'reading to columns', ours: 'read', peer: 'read-duckdb', peerName: 'DuckDB → NumPy', bar: null },
  { title: 'n-grams × label', ours: 'ngrams', peer: 'ngrams', peerName: 'CountVectorizer 1–3, chi2', bar: 12 },
  { title: 'isolation forest', ours: 'forest', peer: 'forest', peerName: 'scikit-learn', bar: 8 },
  { title: 'tokens, 2 threads', ours: 'tokens', peer: 'tokens', peerName: 'tokenizers (Rust), 2 threads', bar: 1 },
  { title: 'vectors, `minilm`', ours: 'minilm', peer: 'minilm', peerName: 'onnxruntime, batches of 64', bar: 1.2 },
  { title: 'vectors, `static`', ours: 'static', peer: null, peerName: '`minilm`, by rows/s', bar: 50 },
  { title: 'near-duplicates', ours: 'duplicates', peer: 'duplicates', peerName: 'datasketch, 128 permutations', bar: 10 },
  { title: 'label errors', ours: 'labels', peer: 'labels', peerName: 'cleanlab on cross-fitted LDA', bar: 1 },
]

export interface Measured {
  readonly which: Case
  readonly ours: Taken[]
  readonly peers: Taken[]
}

type Of = 'cpu' | 'seconds'

function median(taken: readonly Taken[], of: keyof Taken): number {
  const sorted = taken.map((one) => one[of]).sort((a, b) => a - b)
  return ((sorted[(sorted.length - 1) >> 1] ?? NaN) + (sorted[sorted.length >> 1] ?? NaN)) / 2
}

/** How many times as fast as the peer. */
function ratio(all: readonly Measured[], { which, ours, peers }: Measured, { rows }: Inputs, of: Of): number {
  if (which.peer !== null) return median(peers, of) / median(ours, of)
  const other = all.find((one) => one.which.ours === 'minilm')
  return rows.static / median(ours, of) / (rows.minilm / median(other?.ours ?? [], of))
}

/** Titles of what misses its bar, by processor time: on a shared machine the clock says how busy the others are. */
export function misses(all: readonly Measured[], inputs: Inputs): string[] {
  return all.flatMap((one) => (one.which.bar !== null && ratio(all, one, inputs, 'cpu') < one.which.bar ? [one.which.title] : []))
}

/** Weights of the six layers that every token is multiplied with (all-MiniLM-L6-v2: hidden 384, intermediate 1536). */
const MINILM_WEIGHTS = 6 * (4 * 384 * 384 + 2 * 384 * 1536)
/** Tokens of an AG News row, on average (docs/adr/0002-encoders.md). */
const TOKENS = 41

/** UTF-8 bytes of a stage's rows, or those of the points or vectors that it works on. */
function bytesOf(stage: keyof Inputs['rows'], inputs: Inputs, characters: number): number {
  const rows = inputs.rows[stage]
  if (stage === 'forest') return 4 * inputs.features * rows
  if (stage === 'labels') return 4 * inputs.dim * rows
  return stage === 'read' ? statSync(inputs.data).size : characters * rows
}

export function describe(all: readonly Measured[], inputs: Inputs, limits: Limits): string {
  const texts = JSON.parse(readFileSync(inputs.texts, 'utf8')) as string[]
  const characters = Buffer.byteLength(texts.join('')) / texts.length
  const lines = all.map((one) => {
    const { which, ours, peers } = one
    const cpu = median(ours, 'cpu')
    const rows = inputs.rows[which.ours]
    const bytes = bytesOf(which.ours, inputs, characters) / cpu
    const share = which.ours === 'minilm' ? (2 * MINILM_WEIGHTS * TOKENS * rows) / cpu / limits.flops : bytes / limits.bandwidth
    const byCpu = ratio(all, one, inputs, 'cpu')
    return [
      which.title,
      rows.toLocaleString('en'),
      Math.round(rows / cpu).toLocaleString('en'),
      (bytes / 1e6).toFixed(1),
      Math.round(median(ours, 'peakMegabytes')),
      `${(100 * share).toFixed(share < 0.01 ? 2 : 0)} % of ${which.ours === 'minilm' ? 'GEMM' : 'memory'}`,
      which.peerName,
      which.peer === null ? '' : Math.round(rows / median(peers, 'cpu')).toLocaleString('en'),
      which.peer === null ? '' : Math.round(median(peers, 'peakMegabytes')),
      `${byCpu.toFixed(1)}${which.bar === null ? '' : ` (${which.bar})`}`,
      ratio(all, one, inputs, 'seconds').toFixed(1),
      which.bar === null ? '' : byCpu >= which.bar ? 'met' : 'missed',
    ]
  })
  const head = ['stage', 'rows', 'rows/s', 'MB/s', 'peak MB', 'share of the limit', 'peer', 'its rows/s', 'its peak MB']
  const table = [[...head, 'times as fast (bar)', 'by the clock', 'bar'], head.map(() => '---'), ...lines]
  table[1] = table[0]!.map((_, i) => (i === 0 || i === 5 || i === 6 || i === 11 ? '---' : '---:'))
  const machine = `One core: ${(limits.bandwidth / 1e9).toFixed(1)} GB/s copied, ${(limits.flops / 1e9).toFixed(0)} GFLOP/s. Rates are by processor second.`
  return `${table.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n\n${machine}`
}
