import { join } from 'node:path'
import { ensureBuilt, ensureInstalled, root, runOrExit } from './setup.mjs'

ensureInstalled()
ensureBuilt()
const [what, ...rest] = process.argv.slice(2)
const detection = what === 'detection'
const script = detection ? join(root, 'bench', 'detection', 'run.mjs') : join(root, 'dist', 'bench', 'speed', 'run.js')
runOrExit(process.execPath, [script, ...(detection ? rest : process.argv.slice(2))])
