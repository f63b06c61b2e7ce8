// `npm start`: from a fresh clone to a scan of the two bundled, poisoned data sets. Offline once installed.
import { join } from 'node:path'
import { ensureBuilt, ensureInstalled, root, runOrExit } from './setup.mjs'

const DEMO = ['reviews.parquet', 'support-chats.jsonl']

ensureInstalled()
ensureBuilt()
for (const file of DEMO) {
  // Forward slashes: the path is shown, and typed by people in this form.
  const path = `fixtures/demo/${file}`
  console.log(`\n$ credence scan ${path} --fail-on never\n`)
  runOrExit(process.execPath, [join(root, 'bin', 'run.js'), 'scan', path, '--fail-on', 'never'])
}
