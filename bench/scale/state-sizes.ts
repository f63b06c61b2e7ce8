/**
 * How large the state of each scanner's passes is, by the rows that it has seen: `node dist/bench/scale/state-sizes.js ROWS… [SCANNER…]`.
 * One process, one state: what a shard of that many rows, or all of them merged, leaves.
 */
import { serialize } from 'node:v8'
import { ensureData } from '../speed/data.js'
import { scanners } from '../../scanners/index.js'
import { namedColumns } from '../../src/config/columns.js'
import { readLimits } from '../../src/config/limits.js'
import { resolveConfig } from '../../src/config/load.js'
import { openEncoder } from '../../src/embed/open.js'
import { activate, tripOf } from '../../src/engine/plan.js'
import { runTask } from '../../src/engine/task.js'
import { dataSetInfo, openDataSet } from '../../src/read/dataset.js'
import type { PassContext } from '../../src/scanner.js'

const sizes = process.argv.slice(2).map(Number).filter(Number.isFinite)
const chosen = process.argv.slice(2).filter((word) => scanners.some(({ id }) => id === word))
const { config } = await resolveConfig({}, scanners)
const encoder = await openEncoder({ encoder: 'auto', device: 'cpu', threads: 1 })
const table = new Map<string, string[]>()

for (const rows of sizes) {
  const options = { roles: namedColumns(config), limits: readLimits(config) }
  const dataset = await openDataSet([await ensureData(rows)], options)
  const data = dataSetInfo(dataset)
  const context: PassContext = { data, seed: 0, alpha: 0.01, embeddingDim: encoder.dim }
  for (const definition of scanners) {
    if (chosen.length > 0 && !chosen.includes(definition.id)) continue
    const { active } = activate([definition], config.scannerOptions, data)
    let input: unknown = null
    for (const [index, pass] of (active[0]?.passes ?? []).entries()) {
      const { id } = definition
      const trip = tripOf(active, { [id]: index })
      const source = trip.needs.has('embedding') ? encoder : null
      const { states } = await runTask(dataset, dataset.shards, trip, { [id]: input }, context, source, () => undefined)
      const state: unknown = states[id]
      const line = table.get(`${id} ${index + 1}`) ?? []
      line.push(`${(serialize(state).length / 2 ** 20).toFixed(2)} MiB`)
      table.set(`${id} ${index + 1}`, line)
      input = pass.finish(state, input, context)
    }
  }
}
console.log(['pass', ...sizes.map((rows) => `${rows} rows`)].join(' | '))
for (const [name, values] of table) console.log([name, ...values].join(' | '))
