/**
 * How fast digests are made: that of a file beside `sha256sum`, and those of all rows by `credence lock`:
 * `node dist/bench/speed/lock.js [ROWS]`. Processor time is of all processes, so that other work on the machine counts little.
 */
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hashFile } from '../../src/read/hash-file.js'
import { packageRoot } from '../../src/paths.js'
import { ensureData, SIZES } from './data.js'

const ROUNDS = 5

/** Seconds of a command and of the processes that it starts and waits for. */
function timed(command: string, args: readonly string[], cwd: string): { readonly wall: number; readonly cpu: number } {
  const start = performance.now()
  const { status, stderr } = spawnSync('bash', ['-c', 'TIMEFORMAT="cpu %U %S"; time "$@" > /dev/null', '-', command, ...args], {
    cwd,
    encoding: 'utf8',
  })
  const [, user, system] = /cpu ([\d.]+) ([\d.]+)/.exec(stderr) ?? []
  if (status !== 0 || user === undefined) throw new Error(`${command} ended with ${status}: ${stderr}`)
  return { wall: (performance.now() - start) / 1000, cpu: Number(user) + Number(system) }
}

async function own(file: string): Promise<{ readonly bytes: number; readonly cpu: number }> {
  const before = process.cpuUsage()
  const { bytes } = await hashFile({ absolute: file, path: file })
  const { user, system } = process.cpuUsage(before)
  return { bytes, cpu: (user + system) / 1e6 }
}

const rows = Number(process.argv[2] ?? SIZES.large)
const file = await ensureData(rows)
for (let round = 0; round < ROUNDS; round++) {
  const { bytes, cpu } = await own(file)
  const peer = timed('sha256sum', [file], tmpdir())
  const speed = (seconds: number): string => `${Math.round(bytes / 1e6 / seconds)} MB/s`
  console.log(`file: ${speed(cpu)}, sha256sum ${speed(peer.cpu)}: ${Math.round((100 * peer.cpu) / cpu)} %`)
}
const folder = await mkdtemp(join(tmpdir(), 'credence-bench-'))
try {
  const out = join(folder, 'credence.lock.json')
  const args = [join(packageRoot, 'bin', 'run.js'), 'lock', file, '--quiet', '--out', out]
  const { wall, cpu } = timed(process.execPath, args, folder)
  console.log(`lock of ${rows} rows: ${wall.toFixed(1)} s, ${cpu.toFixed(1)} s of processor time`)
} finally {
  await rm(folder, { recursive: true, force: true })
}
