/** One bound on the memory of a whole scan, shared out between its processes. */
import type { Config } from './schema.js'

const MIB = 2 ** 20
/** What the process that leads the scan needs: the merged states of a trip, and one more that is being merged. */
const LEADER = 448 * MIB
/** With less than this a process would be ended over sound data. Measured: docs/adr/0014-one-machine.md. */
const LEAST_TASK = 512 * MIB

/** The smallest bound that can be kept. */
export const LEAST_MEMORY = 2 ** 30

/**
 * Fewer processes, and less for each, as `memory` asks: what is given to the leader and to all children comes to no more.
 * What is found does not depend on it: states and samples are bounded whatever the size of the data.
 */
export function withinMemory(config: Config): Config {
  const { memory, jobs, taskMemory } = config
  if (memory === null) return config
  const left = memory - LEADER
  const fitting = Math.max(1, Math.min(jobs, Math.floor(left / LEAST_TASK)))
  return { ...config, jobs: fitting, taskMemory: Math.min(taskMemory, Math.floor(left / fitting)) }
}
