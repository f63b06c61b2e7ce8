/**
 * Times stages of a scan beside their Python peers: `node dist/bench/throughput/run.js [--quick] [--rounds N] [--check]`.
 * Both take turns, each in a process of its own, on the same files; the table holds medians and is written into README.md.
 * `--quick` takes a tenth of the rows; `--check` ends with exit code 1 when a bar is missed.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { packageRoot } from '../../src/paths.js'
import { SIZES } from '../speed/data.js'
import { writeInputs } from './inputs.js'
import { peerScript, python } from './python.js'
import { CASES, describe, misses, type Limits, type Measured, type Taken } from './table.js'

const STAGE = fileURLToPath(new URL('./stage.js', import.meta.url))
const README = join(packageRoot, 'bench', 'throughput', 'README.md')
const [BEGIN, END] = ['<!-- table: written by run.ts -->', '<!-- end of table -->']

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '3' },
    check: { type: 'boolean', default: false },
  },
})

function take(program: string, args: readonly string[]): Taken {
  return JSON.parse(execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })) as Taken
}

const { path, inputs } = await writeInputs(values.quick ? SIZES.large / 10 : SIZES.large)
const program = python()
const limits = JSON.parse(execFileSync(program, [peerScript, 'limits', path], { encoding: 'utf8' })) as Limits
const measured: Measured[] = CASES.map((which) => ({ which, ours: [], peers: [] }))
for (let round = 0; round < Number(values.rounds); round++) {
  for (const { which, ours, peers } of measured) {
    const turns = [
      () => ours.push(take(process.execPath, [STAGE, which.ours, path])),
      () => {
        if (which.peer !== null) peers.push(take(program, [peerScript, which.peer, path]))
      },
    ]
    // Neither is always first, when a file is not yet in memory.
    for (const turn of round % 2 === 0 ? turns : turns.reverse()) turn()
    console.error(`round ${round + 1}: ${which.title}`)
  }
}
const table = describe(measured, inputs, limits)
console.log(table)
const text = readFileSync(README, 'utf8')
const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)]
if (from < 0 || to < from) throw new Error(`${README} has no place for the table`)
writeFileSync(README, `${text.slice(0, from + BEGIN.length)}\n\n${table}\n\n${text.slice(to)}`)
if (values.check && misses(measured, inputs).length > 0) process.exitCode = 1
