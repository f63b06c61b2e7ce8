// The Python side: an environment with the pinned packages, and the baselines run in it.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { here, readJson, work } from './places.mjs'

/** CREDENCE_BENCH_PYTHON, or a virtual environment that is made from requirements.txt on first use. */
function python() {
  const given = process.env['CREDENCE_BENCH_PYTHON']
  if (given) return given
  const folder = join(work, 'venv')
  const program = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
  const stamp = join(folder, '.requirements')
  const wanted = readFileSync(join(here, 'requirements.txt'), 'utf8')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return program
  console.error('Installing the baselines’ packages …')
  mkdirSync(work, { recursive: true })
  execFileSync('python3', ['-m', 'venv', folder], { stdio: ['ignore', 2, 2] })
  execFileSync(program, ['-m', 'pip', 'install', '--quiet', '-r', join(here, 'requirements.txt')], { stdio: ['ignore', 2, 2] })
  writeFileSync(stamp, wanted)
  return program
}

export function runPython(script, args) {
  return execFileSync(python(), [join(here, script), ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
}

/** The columns that a row's vector is made of. */
const COLUMNS = {
  classify: ['text'],
  docs: ['text'],
  instruct: ['prompt', 'response'],
  prefs: ['prompt', 'chosen', 'rejected'],
}

/** What decides a baseline's scores, beside the data and the encoder. */
const CODE = ['embed.mjs', 'baselines.py', 'embedding_methods.py', 'z_defence.py', 'requirements.txt']

function digest(files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(readFileSync(file))
  return hash.digest('hex').slice(0, 16)
}

/**
 * Scores and flags of each baseline on a labelled set. They depend on the data and on the code here alone, and are kept.
 * @param dist compiled project that holds the encoder
 * @returns method → {seconds, scores, flags}; a method that has nothing to work on is absent
 */
export function baselines(set, dist) {
  const columns = COLUMNS[set.kind]
  if (columns === undefined) throw new Error(`${set.name}: no columns are known for kind "${set.kind}"`)
  const code = CODE.map((name) => join(here, name))
  const models = ['model.onnx', 'tokenizer.json']
    .map((name) => join(dist, '..', 'models', 'static', name))
    .filter((path) => existsSync(path))
  const out = join(work, 'baselines', `${set.name}-${digest([set.data, ...code, ...models])}`)
  const done = join(out, 'seconds.json')
  if (!existsSync(done)) {
    mkdirSync(out, { recursive: true })
    const vectors = join(out, 'vectors.f32')
    const embed = [join(here, 'embed.mjs'), dist, set.data, vectors, ...columns]
    const { dim } = JSON.parse(execFileSync(process.execPath, embed, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }))
    const job = { data: set.data, kind: set.kind, vectors, dim, poisoned: set.poisoned, out }
    writeFileSync(join(out, 'job.json'), JSON.stringify(job))
    writeFileSync(done, runPython('baselines.py', [join(out, 'job.json')]))
  }
  const methods = {}
  for (const [method, seconds] of Object.entries(readJson(done))) {
    if (seconds === null) continue
    const scores = new Float64Array(new Uint8Array(readFileSync(join(out, `${method}.f64`))).buffer)
    methods[method] = { seconds, scores, flags: new Uint8Array(readFileSync(join(out, `${method}.u8`))) }
  }
  return methods
}
