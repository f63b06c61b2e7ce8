import { join } from 'node:path'
import { ensureBuilt, ensureInstalled, root, runOrExit } from './setup.mjs'

ensureInstalled()
ensureBuilt()
runOrExit(process.execPath, [join(root, 'dist', 'bench', 'speed', 'run.js'), ...process.argv.slice(2)])
