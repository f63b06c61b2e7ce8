import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageRoot } from '../../src/paths.js'
import { random } from '../../src/math/random.js'
import { growForest, isolationScores } from '../../scanners/outlier/forest.js'
import type { LabelledPoints } from './sets.js'
import { labelledSets } from './sets.js'

const SEEDS = 5
const OPTIONS = { trees: 100, subsample: 256 }
/** The size at which speed is compared. */
const LARGE = { rows: 200_000, features: 32 }

interface Scored {
  readonly scores: Float64Array
  /** CPU seconds of one forest. */
  readonly fit: number
  readonly score: number
}

function ours({ points, features }: LabelledPoints, seeds: number): Scored {
  const rows = Int32Array.from({ length: points.length / features }, (_, i) => i)
  const scores = new Float64Array(rows.length)
  let [fit, score] = [0, 0]
  for (let seed = 0; seed < seeds; seed++) {
    const start = cpuSeconds()
    const forest = growForest(points, features, { ...OPTIONS, seed })
    const grown = cpuSeconds()
    isolationScores(forest, points, rows).forEach((value, i) => (scores[i] = (scores[i] ?? 0) + value / seeds))
    fit += (grown - start) / seeds
    score += (cpuSeconds() - grown) / seeds
  }
  return { scores, fit, score }
}

function theirs(sets: readonly LabelledPoints[], seeds: readonly number[]): Scored[] {
  const folder = mkdtempSync(join(tmpdir(), 'credence-outlier-'))
  try {
    const jobs = sets.map(({ points, features }, i) => {
      const job = { points: join(folder, `${i}.f32`), scores: join(folder, `${i}.f64`), features, seeds: seeds[i], ...OPTIONS }
      writeFileSync(job.points, Buffer.from(points.buffer, points.byteOffset, points.byteLength))
      return job
    })
    writeFileSync(join(folder, 'jobs.json'), JSON.stringify(jobs))
    const script = join(packageRoot, 'bench', 'outlier', 'sklearn_scores.py')
    const printed = execFileSync('python3', [script, join(folder, 'jobs.json')], {
      encoding: 'utf8',
      env: { ...process.env, OMP_NUM_THREADS: '1' },
    })
    const seconds = JSON.parse(printed) as { fit: number; score: number }[]
    return jobs.map((job, i) => ({ scores: new Float64Array(new Uint8Array(readFileSync(job.scores)).buffer), ...seconds[i]! }))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Area under the ROC curve by the rank-sum statistic; ties do not occur in mean scores. */
function auroc(scores: Float64Array, outliers: ReadonlySet<number>): number {
  const ranks = ranksOf(scores)
  let sum = 0
  for (const row of outliers) sum += ranks[row]! + 1
  return (sum - (outliers.size * (outliers.size + 1)) / 2) / (outliers.size * (scores.length - outliers.size))
}

/** Spearman's rank correlation. */
function rankCorrelation(a: Float64Array, b: Float64Array): number {
  const [x, y] = [ranksOf(a), ranksOf(b)]
  const squares = x.reduce((sum, rank, i) => sum + (rank - y[i]!) ** 2, 0)
  return 1 - (6 * squares) / (a.length * (a.length ** 2 - 1))
}

function ranksOf(scores: Float64Array): Float64Array {
  const order = Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]!)
  const ranks = new Float64Array(scores.length)
  order.forEach((row, rank) => (ranks[row] = rank))
  return ranks
}

function cpuSeconds(): number {
  return process.cpuUsage().user / 1e6
}

const next = random(1)
const large: LabelledPoints = {
  name: 'speed',
  features: LARGE.features,
  points: Float32Array.from({ length: LARGE.rows * LARGE.features }, () => next() + next() + next()),
  outliers: new Set(),
}
const sets = await labelledSets()
const peers = theirs([...sets, large], [...sets.map(() => SEEDS), 1])
console.log('| set | rows × features | AUROC credence | AUROC scikit-learn | rank correlation |\n| --- | --- | --- | --- | --- |')
let worst = 0
sets.forEach((set, i) => {
  const { scores } = ours(set, SEEDS)
  const peer = peers[i]!.scores
  const [a, b] = [auroc(scores, set.outliers), auroc(peer, set.outliers)]
  worst = Math.max(worst, Math.abs(a - b))
  const size = `${scores.length} × ${set.features}`
  console.log(`| ${set.name} | ${size} | ${a.toFixed(4)} | ${b.toFixed(4)} | ${rankCorrelation(scores, peer).toFixed(4)} |`)
})
const speed = ours(large, 1)
const peer = peers.at(-1)!
console.log(
  `\nGreatest difference of AUROC: ${worst.toFixed(4)}. ${LARGE.rows} × ${LARGE.features}, one core: credence grows in ${speed.fit.toFixed(2)} s`,
)
console.log(
  `and scores in ${speed.score.toFixed(2)} s; scikit-learn fits in ${peer.fit.toFixed(2)} s and scores in ${peer.score.toFixed(2)} s of CPU.`,
)
if (worst > 0.01) process.exitCode = 1
