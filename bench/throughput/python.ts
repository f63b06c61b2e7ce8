import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../src/paths.js'

const here = join(packageRoot, 'bench', 'throughput')

/** CREDENCE_BENCH_PYTHON, or a virtual environment that is made from requirements.txt on first use. */
export function python(): string {
  const given = process.env['CREDENCE_BENCH_PYTHON']
  if (given !== undefined && given !== '') return given
  const folder = join(packageRoot, '.credence', 'bench', 'throughput', 'venv')
  const program = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
  const stamp = join(folder, '.requirements')
  const wanted = readFileSync(join(here, 'requirements.txt'), 'utf8')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return program
  console.error('Installing the peers’ packages …')
  mkdirSync(folder, { recursive: true })
  execFileSync('python3', ['-m', 'venv', folder], { stdio: ['ignore', 2, 2] })
  execFileSync(program, ['-m', 'pip', 'install', '--quiet', '-r', join(here, 'requirements.txt')], { stdio: ['ignore', 2, 2] })
  writeFileSync(stamp, wanted)
  return program
}

export const peerScript = join(here, 'peer.py')
