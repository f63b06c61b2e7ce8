// Runs compiled tests: `npm test [-- PART]`, `npm run test:long [-- PART]`. Only files whose path contains PART; the suites in
// test/long take minutes and run only when asked for. The files are listed one by one, because what `node --test` makes of a
// folder or a pattern differs between Node 20 and 22.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { ensureBuilt, ensureInstalled, root } from '../tools/setup.mjs'

const args = process.argv.slice(2)
const long = args.includes('--long')
const parts = args.filter((arg) => arg !== '--long')

ensureInstalled()
ensureBuilt()
const tests = join(root, 'dist', 'test')
const files = readdirSync(tests, { recursive: true })
  .map((name) => join(tests, name))
  .filter((path) => path.endsWith('.test.js'))
  .filter((path) => path.startsWith(join(tests, 'long') + sep) === long)
  .filter((path) => parts.length === 0 || parts.some((part) => relative(tests, path).split(sep).join('/').includes(part)))
  .sort()
if (files.length === 0) {
  console.error(parts.length > 0 ? `No test file has ${parts.join(' or ')} in its path` : 'No test files')
  process.exit(1)
}
const { status } = spawnSync(process.execPath, ['--test', '--test-concurrency=2', '--test-reporter=spec', ...files], {
  cwd: root,
  stdio: 'inherit',
})
process.exit(status ?? 1)
