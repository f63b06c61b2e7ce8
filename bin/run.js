#!/usr/bin/env node
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const program = new URL('../dist/src/cli/main.js', import.meta.url)
if (existsSync(program)) {
  const { main } = await import(program.href)
  process.exitCode = await main(process.argv.slice(2), fileURLToPath(new URL('..', import.meta.url)))
} else {
  process.stderr.write('credence: not compiled yet (dist is missing); run: npm run build\n')
  process.exitCode = 3
}
