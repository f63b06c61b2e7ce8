import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { resolveConfig } from '../../src/config/load.js'
import { LEAST_MEMORY } from '../../src/config/memory.js'

const MIB = 2 ** 20

test('without --memory nothing is changed; with it, processes and what each may take follow', async () => {
  const shared = async (memory: string | undefined, jobs: number): Promise<[number, number]> => {
    const { config } = await resolveConfig({ memory, jobs }, [])
    return [config.jobs, config.taskMemory / MIB]
  }
  assert.deepEqual(await shared(undefined, 8), [8, 4096])
  assert.deepEqual(await shared('auto', 8), [8, 4096])
  assert.deepEqual(await shared('2GiB', 2), [2, 800])
  assert.deepEqual(await shared('2GiB', 8), [3, Math.floor((1600 * MIB) / 3) / MIB])
  assert.deepEqual(await shared('1GiB', 8), [1, 576])
  assert.deepEqual(await shared('64GiB', 2), [2, 4096])
})

test('less than the leader and one process need is refused, not overrun', async () => {
  await assert.rejects(resolveConfig({ memory: '1023MiB' }, []), /memory: .*expected at least 1GiB/)
})

test('property: leader and children together stay within the bound', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: LEAST_MEMORY, max: 2 ** 40 }), fc.integer({ min: 1, max: 256 }), async (memory, jobs) => {
      const { config } = await resolveConfig({ memory, jobs }, [])
      assert.ok(config.jobs >= 1 && config.jobs <= jobs)
      assert.ok(448 * MIB + config.jobs * config.taskMemory <= memory)
      assert.ok(config.taskMemory >= 512 * MIB)
    }),
    { numRuns: 50 },
  )
})
