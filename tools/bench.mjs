import { join } from 'node:path'
import { ensureBuilt, ensureInstalled, root, runOrExit } from './setup.mjs'

ensureInstalled()
ensureBuilt()
const [what, ...rest] = process.argv.slice(2)
const named = {
  detection: join(root, 'bench', 'detection', 'run.mjs'),
  throughput: join(root, 'dist', 'bench', 'throughput', 'run.js'),
}
const script = Object.hasOwn(named, what ?? '') ? named[what] : null
runOrExit(
  process.execPath,
  script ? [script, ...rest] : [join(root, 'dist', 'bench', 'speed', 'run.js'), ...process.argv.slice(2)],
)
