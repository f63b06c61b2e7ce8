/** The features that tell a style best, for people. */
import type { Trained } from './co-train.js'
import type { SparseRows } from './logistic.js'

const TOLD = 10
/** Share of the rows in the style that a feature must be in. */
const LEAST_SHARE = 0.02

/** Features by how much oftener rows in the style have them, weighted by how often; parts of a feature already told are left out. */
export function tellingFeatures(style: SparseRows, { z }: Trained, own: Uint8Array, names: readonly string[]): string[] {
  const inside = new Float64Array(style.width)
  const outside = new Float64Array(style.width)
  let total = 0
  for (let i = 0; i < own.length; i++) {
    total += z[i]!
    for (let at = style.starts[i]!; at < style.starts[i + 1]!; at++) {
      const feature = style.columns[at]!
      inside[feature] = inside[feature]! + z[i]!
      outside[feature] = outside[feature]! + 1 - z[i]!
    }
  }
  const told: string[] = []
  const divergence = (j: number): number => {
    const p = inside[j]! / total
    const q = (outside[j]! + 1) / (own.length - total + 1)
    return p < LEAST_SHARE || p < q ? 0 : p * Math.log(p / q)
  }
  const ranked = Array.from(inside.keys(), (j) => ({ j, by: divergence(j) })).filter(({ by }) => by > 0)
  for (const { j } of ranked.sort((a, b) => b.by - a.by || a.j - b.j)) {
    const name = names[j]!
    if (told.length < TOLD && !told.some((other) => ` ${other} `.includes(` ${name} `) || ` ${name} `.includes(` ${other} `)))
      told.push(name)
  }
  return told
}
