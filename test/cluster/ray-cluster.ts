/** A Ray cluster on this machine, and a server that speaks S3: for tests only. Linux. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const PYTHON = process.env['CREDENCE_RAY'] ?? 'python3'

/** Null, or why there can be no cluster here. */
export function noCluster(): string | null {
  if (process.platform !== 'linux') return 'the test looks for processes in /proc'
  if (spawnSync(PYTHON, ['-c', 'import ray, moto.server']).status === 0) return null
  return `no ${PYTHON} with ray and moto on this machine (CREDENCE_RAY names another)`
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** Waits for a server on this machine to answer. */
async function answers(url: string, tries = 300): Promise<void> {
  for (let i = 0; i < tries; i++) {
    if ((await fetch(url).catch(() => null)) !== null) return
    await sleep(200)
  }
  throw new Error(`${url} does not answer`)
}

export interface RayCluster {
  readonly address: string
  /** SIGKILL for the raylet of the worker started last, and for all that runs below it. */
  killWorker(this: void): void
  stop(this: void): void
}

/** One head and two workers, one CPU each. @param env of all jobs */
export async function startRay(env: Readonly<Record<string, string>>): Promise<RayCluster> {
  // Short: sockets lie below it.
  const folder = mkdtempSync('/tmp/cr-')
  const [gcs, dashboard] = [await freePort(), await freePort()]
  const common = [
    '--num-cpus=1',
    '--object-store-memory=100000000',
    '--disable-usage-stats',
    '--block',
    '--node-ip-address=127.0.0.1',
  ]
  const inherited = {
    PATH: `${dirname(PYTHON)}:${process.env['PATH'] ?? ''}`,
    HOME: folder,
    RAY_DISABLE_IMPORT_WARNING: '1',
    ...env,
  }
  const start = (...args: string[]): ChildProcess =>
    spawn(join(dirname(PYTHON), 'ray'), ['start', ...args, ...common], { env: inherited, stdio: 'ignore' })
  const ports = [`--port=${gcs}`, '--dashboard-host=127.0.0.1', `--dashboard-port=${dashboard}`, '--include-dashboard=true']
  start('--head', ...ports, `--temp-dir=${folder}`)
  const address = `http://127.0.0.1:${dashboard}`
  const stop = (): void => {
    // All that was started names the folder, and nothing else does.
    for (const { pid, words } of processes()) if (words.includes(folder) || words.includes(`127.0.0.1:${gcs}`)) kill(pid)
    // What was just ended may still be writing, on a busy machine for seconds.
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  }
  const workers: ChildProcess[] = []
  try {
    await answers(`${address}/api/version`)
    await until(async () => (await cpus(address)) === 1, 'a head')
    // One after the other: two that start at the same moment on one machine may choose the same port, and one gives up.
    for (const nodes of [2, 3]) {
      workers.push(start(`--address=127.0.0.1:${gcs}`))
      await until(async () => (await cpus(address)) === nodes, `${nodes} nodes`)
    }
  } catch (error) {
    stop()
    throw error
  }
  return {
    address,
    killWorker() {
      const own = processes().filter(({ words }) => words.includes('raylet/raylet') && words.includes(folder))
      const last = own.find(({ parents }) => parents.includes(workers[1]?.pid ?? -1))
      if (last === undefined) throw new Error('the worker has no raylet')
      // What a node runs is gone with it.
      for (const { pid, parents } of processes()) if (pid === last.pid || parents.includes(last.pid)) kill(pid)
    },
    stop,
  }
}

async function cpus(address: string): Promise<number> {
  const response = await fetch(`${address}/api/cluster_status`).catch(() => null)
  const status = ((await response?.json().catch(() => null)) ?? {}) as {
    data?: { clusterStatus?: { loadMetricsReport?: { usage?: { CPU?: [number, number] } } } }
  }
  return status.data?.clusterStatus?.loadMetricsReport?.usage?.CPU?.[1] ?? 0
}

export async function until(condition: () => Promise<boolean>, what: string, seconds = 90): Promise<void> {
  for (let tries = 0; tries < seconds * 10; tries++) {
    if (await condition()) return
    await sleep(100)
  }
  throw new Error(`there never were ${what}`)
}

interface Process {
  readonly pid: number
  readonly words: string
  /** Its parent, that one's parent, … */
  readonly parents: readonly number[]
}

function processes(): Process[] {
  const found = new Map<number, { words: string; parent: number }>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const words = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ')
      const status = readFileSync(`/proc/${name}/status`, 'utf8')
      found.set(Number(name), { words, parent: Number(/^PPid:\s*(\d+)/m.exec(status)?.[1]) })
    } catch {
      // It ended between two looks.
    }
  }
  const chain = (pid: number): number[] => {
    const parent = found.get(pid)?.parent ?? 0
    return parent === 0 ? [] : [parent, ...chain(parent)]
  }
  return [...found].map(([pid, { words }]) => ({ pid, words, parents: chain(pid) }))
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended with another.
  }
}

export interface S3Server {
  /** What a client of it has in its environment. */
  readonly env: Readonly<Record<string, string>>
  stop(this: void): void
}

/** An empty store with one bucket, `lake`. */
export async function startS3(): Promise<S3Server> {
  const port = await freePort()
  const server = spawn(PYTHON, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' })
  const endpoint = `http://127.0.0.1:${port}`
  await answers(endpoint)
  await fetch(`${endpoint}/lake`, { method: 'PUT' })
  const env = {
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL: endpoint,
  }
  return {
    env,
    stop() {
      server.kill('SIGKILL')
    },
  }
}
