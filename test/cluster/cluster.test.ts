import assert from 'node:assert/strict'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import { parse } from 'yaml'
import { scriptsFor } from '../../src/cli/plan-scripts.js'
import { cutParts } from '../../src/engine/cluster/parts.js'
import { keyFromEnvironment, keyOfScan, keyText } from '../../src/engine/cluster/state-key.js'
import { newStateKey } from '../../src/engine/state-file.js'
import { packageRoot } from '../../src/paths.js'
import { runCredence } from '../cli/run-credence.js'
import { temporaryFolder } from '../temporary-folder.js'
import { startRayStandIn, type RayStandIn } from './ray-stand-in.js'

const SCAN = ['--shard-bytes', '64KiB', '--scanners', 'gibberish', '--cache', 'off']
const PROGRAM = `'${process.execPath}' '${join(packageRoot, 'bin/run.js')}'`

/** What two scans of the same data must agree in, to the byte. */
function outcome(cwd: string): unknown {
  const report = readFileSync(join(cwd, 'report/report.json'), 'utf8')
  const timeless = report.replace(/"startedAt": ?"[^"]*"/, '').replace(/"seconds": ?[\d.e-]+/, '')
  return { timeless, flags: readFileSync(join(cwd, 'report/flags.parquet')).toString('base64') }
}

test('parts hold every shard once, in order, and about as many each', () => {
  const sizes = fc.record({
    shards: fc.nat(300),
    bytes: fc.nat(2 ** 31 - 1),
    wanted: fc.option(fc.integer({ min: 1, max: 400 })),
  })
  fc.assert(
    fc.property(sizes, fc.integer({ min: 1, max: 64 }), ({ shards, bytes, wanted }, slots) => {
      const ids = Array.from({ length: shards }, (_, id) => id * 3)
      const parts = cutParts(ids, bytes, wanted, slots)
      assert.deepEqual(parts.flat(), ids)
      const lengths = parts.map((part) => part.length)
      if (shards > 0) assert.ok(Math.max(...lengths) - Math.min(...lengths) <= 1 && Math.min(...lengths) > 0)
      if (wanted !== null && shards > 0) assert.equal(parts.length, Math.min(wanted, shards))
    }),
  )
})

test("a scan's key is its own, and comes back from the environment", () => {
  const key = newStateKey()
  assert.deepEqual(keyFromEnvironment({ CREDENCE_STATE_KEY: keyText(key) }), key)
  assert.notDeepEqual(keyOfScan(key, 'a'), keyOfScan(key, 'b'))
  assert.deepEqual(keyOfScan(key, 'a'), keyOfScan(key, 'a'))
  assert.throws(() => keyFromEnvironment({ CREDENCE_STATE_KEY: 'abc' }), /expected 64 hexadecimal digits/)
})

describe('a scan whose tasks run elsewhere', () => {
  const cwd = temporaryFolder()
  let expected: unknown
  let ray: RayStandIn

  before(async () => {
    ray = await startRayStandIn(2)
    copyFileSync(join(packageRoot, 'fixtures/gibberish/flags-token/data.jsonl'), join(cwd, 'data.jsonl'))
    const { code, stderr } = await runCredence(['scan', 'data.jsonl', ...SCAN, '--out', 'report', '--quiet'], { cwd })
    assert.deepEqual([code, stderr], [1, ''])
    expected = outcome(cwd)
  })
  after(() => {
    ray.close()
  })

  test('finds the same as Ray jobs, of which one is lost and one is forgotten; its own key goes with them, its headers with requests', async () => {
    ray.fates.push('lost', 'gone')
    const args = [
      '--engine',
      'ray',
      '--ray-address',
      ray.address,
      '--storage',
      'states',
      '--parts',
      '2',
      '--ray-command',
      PROGRAM,
    ]
    const env = { RAY_AUTH_TOKEN: 'a-token', RAY_JOB_HEADERS: '{"x-team":"data"}', SECRET: 'told' }
    const { code, stderr } = await runCredence(
      ['scan', 'data.jsonl', ...SCAN, ...args, '--ray-env', 'SECRET', '--out', 'report'],
      {
        cwd,
        env,
      },
    )
    assert.equal(code, 1, stderr)
    assert.deepEqual(outcome(cwd), expected)
    assert.equal(stderr.match(/begun again/g)?.length, 2)
    assert.match(stderr, /the Ray job of map trip 0 part \d failed: it is FAILED; begun again/)
    assert.match(stderr, /the Ray job of map trip 0 part \d is gone; begun again/)
    assert.deepEqual([ray.headers().authorization, ray.headers()['x-team']], ['Bearer a-token', 'data'])
    const vars = ray.jobs.map(({ asked }) => asked.runtime_env.env_vars ?? {})
    assert.ok(vars.every(({ CREDENCE_STATE_KEY: key, SECRET }) => /^[\da-f]{64}$/.test(key ?? '') && SECRET === 'told'))
    assert.deepEqual(readdirSync(join(cwd, 'states')), [])
  })

  test('ends with what the program says where it cannot be started on a node', async () => {
    const args = ['--engine', 'ray', '--ray-address', ray.address, '--storage', 'states', '--ray-command', 'no-such-program']
    const { code, stderr } = await runCredence(['scan', 'data.jsonl', ...SCAN, ...args], { cwd })
    assert.equal(code, 3)
    assert.match(stderr, /the Ray job of map trip 0 part 0 ended with code 127: .*no-such-program/)
    assert.deepEqual(readdirSync(join(cwd, 'states')), [])
  })

  test('finds the same step by step on a scheduler, by the scripts for Slurm, and leaves nothing of the rows in the clear', async () => {
    const plan = ['plan', 'data.jsonl', ...SCAN, '--storage', 'states', '--parts', '2', '--emit', 'slurm', '--command', PROGRAM]
    const { code, stdout, stderr } = await runCredence([...plan, '--out', 'report', '--quiet'], { cwd })
    assert.deepEqual([code, stderr], [0, ''])
    assert.match(stdout, /trip 0 is ready, of at most 3: 2 parts/)
    // Runs each job at once, in order; the array's tasks backwards.
    const sbatch = `#!/bin/sh
script= ; array=0-0
for word in "$@"; do case "$word" in --*) ;; *) script=$word; break ;; esac; done
while [ "$1" != "$script" ]; do shift; done; shift
case "$script" in map*) indices="1 0" ;; *) indices=0 ;; esac
for index in $indices; do SLURM_ARRAY_TASK_ID=$index sh "$script" "$@" >> log 2>&1 || echo "$script: $?" >> log; done
echo 17`
    mkdirSync(join(cwd, 'bin'))
    writeFileSync(join(cwd, 'bin/sbatch'), sbatch, { mode: 0o755 })
    const { spawnSync } = await import('node:child_process')
    const env = { PATH: `${join(cwd, 'bin')}:${process.env['PATH'] ?? ''}`, HOME: cwd }
    const [folder = ''] = readdirSync(join(cwd, 'states'))
    const before = readFileSync(join(cwd, 'states', folder, 'trips/0/order'))
    assert.ok(!before.includes('gibberish'), 'the order is encrypted')
    const run = spawnSync('sh', ['credence-plan/run.sh', '--quiet'], { cwd, env, encoding: 'utf8' })
    assert.deepEqual([run.status, run.stderr], [0, ''])
    const log = readFileSync(join(cwd, 'credence-plan/log'), 'utf8')
    assert.match(
      log,
      /trip 0, part 1: \d+ shards?, [\d,]+ rows\ntrip 0, part 0: .*\n[^]*trip 2 is ready[^]*FAIL[^]*reduce.sbatch: 1/,
    )
    assert.deepEqual(outcome(cwd), expected)
    assert.deepEqual(readdirSync(join(cwd, 'states', folder)), ['over'])
    const late = await runCredence(['map', join('states', folder), '--trip', '1', '--part', '0'], {
      cwd,
      env: { CREDENCE_STATE_KEY: readFileSync(join(cwd, 'credence-plan/state-key'), 'utf8') },
    })
    assert.deepEqual([late.code, late.stdout], [0, 'trip 1, part 0: nothing to do\n'])
    const stranger = await runCredence(['reduce', join('states', folder)], { cwd, env: { CREDENCE_STATE_KEY: '0'.repeat(64) } })
    assert.equal(existsSync(join(cwd, 'states', folder, 'over')), true)
    assert.equal(stranger.code, 0)
  })
})

test('the manifest for Kubernetes is an indexed job with a part for each index', () => {
  const setting = {
    address: 's3://lake/tmp/credence-ab',
    trips: 4,
    parts: 12,
    command: 'credence',
    image: 'r/credence:1',
    to: "/a b's",
  }
  const files = new Map(scriptsFor('kubernetes', setting))
  const { spec, metadata } = parse(files.get('map.yaml') ?? '') as {
    metadata: { name: string }
    spec: Record<string, unknown> & { template: { spec: { containers: { command: string[] }[] } } }
  }
  assert.equal(metadata.name, 'credence-ab-trip-@TRIP@')
  assert.deepEqual([spec['completionMode'], spec['completions'], spec['parallelism']], ['Indexed', 12, 12])
  assert.match(
    spec.template.spec.containers[0]?.command[2] ?? '',
    /map 's3:\/\/lake\/tmp\/credence-ab' --trip @TRIP@ --part "\$JOB_COMPLETION_INDEX"/,
  )
  assert.match(files.get('run.sh') ?? '', /cd '\/a b'\\''s'/)
})
