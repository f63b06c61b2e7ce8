// node bench/detection/run.mjs [sets|clean|unseen|flips|grid|table|all|self-test] [options]: see README.md.
import { parseArgs } from 'node:util'
import { runClean, runUnseen } from './clean.mjs'
import { openCredence } from './credence.mjs'
import { runFlips } from './flips.mjs'
import { runGrid } from './grid.mjs'
import { selfTest } from './self-test.mjs'
import { runSets } from './sets.mjs'
import { writeTables } from './table.mjs'

const PARTS = ['sets', 'clean', 'unseen', 'flips', 'grid', 'table', 'all', 'self-test']

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    credence: { type: 'string' },
    data: { type: 'string', default: process.env['CREDENCE_DATA'] ?? '' },
    only: { type: 'string', default: '.' },
    bootstraps: { type: 'string', default: '100' },
    minutes: { type: 'string', default: 'Infinity' },
    attacks: { type: 'string' },
    corpora: { type: 'string' },
    rates: { type: 'string' },
    rows: { type: 'string' },
    seeds: { type: 'string' },
  },
})

function number(option, least) {
  const value = Number(values[option])
  if (!(value >= least)) throw new Error(`--${option} ${values[option]}: a number of ${least} or more is expected`)
  return value
}

const list = (option) => values[option]?.split(',').map((item) => item.trim()) ?? null

async function main() {
  const [part = 'all', ...rest] = positionals
  if (!PARTS.includes(part) || rest.length > 0)
    throw new Error(`expected one of ${PARTS.join(', ')}; got: ${positionals.join(' ')}`)
  if (part === 'self-test') return selfTest()
  const failed = []
  if (part !== 'table') {
    if (values.data === '' && part !== 'unseen')
      throw new Error('the folder of labelled sets is not given: set CREDENCE_DATA or --data DIR')
    const minutes = number('minutes', 0)
    const shared = { credence: openCredence(values.credence), data: values.data, only: new RegExp(values.only) }
    const deadline = () => Date.now() + minutes * 60_000
    if (part === 'sets' || part === 'all') failed.push(...(await runSets(shared)))
    for (const [name, run] of [
      ['clean', runClean],
      ['unseen', runUnseen],
    ]) {
      if (part !== name && part !== 'all') continue
      failed.push(...(await run({ ...shared, bootstraps: number('bootstraps', 1), deadline: deadline() })))
    }
    if (part === 'flips' || part === 'all') {
      const seeds = values.seeds === undefined ? 2 : number('seeds', 1)
      failed.push(...(await runFlips({ ...shared, seeds: part === 'all' ? 2 : seeds, deadline: deadline() })))
    }
    if (part === 'grid' || part === 'all') {
      const filters = Object.fromEntries(['attacks', 'corpora', 'rates', 'rows', 'seeds'].map((name) => [name, list(name)]))
      failed.push(...(await runGrid({ ...shared, deadline: deadline(), filters })))
    }
  }
  await writeTables()
  for (const line of failed) console.error(`FAILED ${line}`)
  return failed.length === 0
}

main().then(
  (ok) => {
    if (!ok) process.exitCode = 1
  },
  (error) => {
    console.error(error.message)
    process.exitCode = 2
  },
)
