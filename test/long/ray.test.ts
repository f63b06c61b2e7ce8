import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { packageRoot } from '../../src/paths.js'
import { S3 } from '../../src/storage/s3.js'
import { s3Settings } from '../../src/storage/s3-settings.js'
import { noCluster, startRay, startS3, until, type RayCluster, type S3Server } from '../cluster/ray-cluster.js'
import { startCredence } from '../cluster/start-credence.js'
import { temporaryFolder } from '../temporary-folder.js'

const DATA = 's3://lake/data/train-reviews.parquet'
const COMMON = ['scan', DATA, '--shard-bytes', '64KiB', '--out', 'report', '--fail-on', 'never']
/** Six trips over the data, and sums of vectors, … */
const MANY = ['--scanners', 'trigger,outlier,provenance']
/** … or two, for what is run several times. */
const FEW = ['--scanners', 'outlier,duplicate,provenance']
const reason = noCluster()

/** What all ways to scan must agree in, to the byte. */
function outcome(cwd: string): Readonly<Record<string, string>> {
  const report = readFileSync(join(cwd, 'report/report.json'), 'utf8')
  const timeless = report.replace(/"startedAt": ?"[^"]*"/, '"startedAt":""').replace(/"seconds": ?[\d.e-]+/, '"seconds":0')
  assert.match(timeless, /"startedAt":"","seconds":0|"startedAt":"",\s+"seconds":0/)
  return { report: timeless, flags: readFileSync(join(cwd, 'report/flags.parquet')).toString('base64') }
}

describe('a Ray cluster of three nodes', { skip: reason ?? false }, () => {
  let s3: S3Server
  let ray: RayCluster
  const stops: (() => void)[] = []
  let many: Readonly<Record<string, string>>
  let few: Readonly<Record<string, string>>
  const cluster = (): string[] => [
    ...['--engine', 'ray', '--ray-address', ray.address, '--parts', '3'],
    ...['--ray-command', `'${process.execPath}' '${join(packageRoot, 'bin/run.js')}'`],
  ]
  const run = (cwd: string, ...args: string[]) => startCredence([...COMMON, ...args], cwd, s3.env)

  async function running(): Promise<number> {
    const response = await fetch(`${ray.address}/api/jobs/`).catch(() => null)
    const jobs = ((await response?.json().catch(() => null)) ?? []) as { status: string }[]
    return jobs.filter(({ status }) => status === 'RUNNING').length
  }

  before(async () => {
    s3 = await startS3()
    stops.push(s3.stop)
    const store = new S3(s3Settings(s3.env))
    const bytes = readFileSync(join(packageRoot, 'fixtures/demo/reviews.parquet'))
    await store.put({ bucket: 'lake', key: 'data/train-reviews.parquet' }, Uint8Array.from(bytes))
    ray = await startRay(s3.env)
    stops.push(ray.stop)
  })
  after(() => {
    for (const stop of stops) stop()
  })

  test('one process and two of this machine find the same in data of an object store', async () => {
    const outcomes: Readonly<Record<string, string>>[] = []
    for (const args of [[...MANY, '--jobs', '1'], [...MANY, '--jobs', '2'], FEW]) {
      const cwd = temporaryFolder()
      const ended = await run(cwd, ...args).ended
      assert.equal(ended.code, 0, ended.stderr)
      outcomes.push(outcome(cwd))
    }
    many = outcomes[0] ?? {}
    few = outcomes[2] ?? {}
    assert.match(many['report'] ?? '', /quillon/)
    assert.deepEqual(outcomes[1], many)
  })

  test('jobs on all nodes find the same, over an object store, and leave nothing in it', async () => {
    const cwd = temporaryFolder()
    const ended = await run(cwd, ...MANY, ...cluster(), '--storage', 's3://lake/states').ended
    assert.equal(ended.code, 0, ended.stderr)
    assert.deepEqual(outcome(cwd), many)
    assert.deepEqual(await new S3(s3Settings(s3.env)).list({ bucket: 'lake', key: 'states' }), [])
  })

  test('a signal stops the jobs; a scan that was stopped, and one that was killed, are gone on with to the same', async () => {
    const cwd = temporaryFolder()
    const args = [...FEW, ...cluster(), '--storage', 's3://lake/again']
    const stopped = run(cwd, ...args)
    await until(async () => (await running()) >= 2, 'two jobs')
    stopped.kill('SIGINT')
    assert.equal((await stopped.ended).code, 130)
    await until(async () => (await running()) === 0, 'no jobs', 20)
    const killed = run(cwd, ...args, '--resume')
    await until(() => Promise.resolve(/pass 2 of/.test(killed.progress())), 'a second pass')
    await until(async () => (await running()) >= 2, 'two jobs')
    killed.kill('SIGKILL')
    assert.equal((await killed.ended).signal, 'SIGKILL')
    const ended = await run(cwd, ...args, '--resume').ended
    assert.equal(ended.code, 0, ended.stderr)
    assert.match(ended.stderr, /going on after \d+ passes/)
    assert.deepEqual(outcome(cwd), few)
  })

  test('a node that is lost in the middle of a pass costs time, and nothing else', async () => {
    const cwd = temporaryFolder()
    const scan = run(cwd, ...FEW, ...cluster(), '--storage', join(cwd, 'states'))
    await until(async () => (await running()) === 3, 'three jobs')
    ray.killWorker()
    const ended = await scan.ended
    assert.equal(ended.code, 0, ended.stderr)
    assert.match(ended.stderr, /the Ray job of map trip \d part \d .*; begun again/)
    assert.deepEqual(outcome(cwd), few)
  })
})
