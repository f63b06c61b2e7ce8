import assert from 'node:assert/strict'
import { appendFileSync, copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { packageRoot } from '../../src/paths.js'
import { xmlElements } from '../report/xml-elements.js'
import { temporaryFolder } from '../temporary-folder.js'
import { runCredence, type Ended } from './run-credence.js'

test('what plant, clean, diff and lock leave is one chain, and a change of any part of it is said', async () => {
  const cwd = temporaryFolder()
  const run = async (code: number, ...args: string[]): Promise<Ended> => {
    const ended = await runCredence(args, { cwd })
    assert.equal(ended.code, code, `${args.join(' ')}: ${ended.stderr}`)
    return ended
  }
  copyFileSync(join(packageRoot, 'fixtures/trigger/flags-rare-word/data.csv'), join(cwd, 'raw.csv'))
  const quick = ['--scanners', 'hidden-text', '--cache', 'off', '--quiet', '--fail-on', 'never']
  await run(0, 'lock', 'raw.csv', '--quiet')
  await run(0, 'plant', 'raw.csv', '--attack', 'zero-width', '--rows', '30', '--out', 'drill.csv')
  await run(0, 'scan', 'drill.csv', '--out', 'report', ...quick)
  await run(0, 'clean', 'drill.csv', '--report', 'report', '--min-severity', 'info', '--out', 'cleaned', '--write')
  await run(0, 'lock', 'cleaned/data', '--out', 'cleaned.lock.json', '--quiet')
  await run(0, 'diff', 'raw.csv', 'cleaned/data', '--out', 'compared', ...quick)

  const { stdout } = await run(0, 'lineage', 'cleaned.lock.json', '--svg', 'chain.svg')
  const facts = stdout.split('\n').map((line) => line.trim())
  assert.deepEqual(
    facts.filter((line) => line.startsWith('wasGeneratedBy')).map((line) => line.split(/[ ,]/)[1]),
    ['clean', 'plant'],
  )
  assert.ok(
    facts.some((line) => /^raw\.csv .* as recorded, credence\.lock\.json agrees$/.test(line)),
    stdout,
  )
  assert.equal(facts.at(-2), 'nothing contradicts the chain')
  assert.equal(xmlElements(readFileSync(join(cwd, 'chain.svg'), 'utf8')).filter(({ name }) => name === 'rect').length, 5)
  const compared = JSON.parse((await run(0, 'lineage', 'compared/report.json', '--json')).stdout) as {
    readonly holds: boolean
    readonly prov: { readonly entity: object; readonly activity: object }
  }
  assert.deepEqual(
    [compared.holds, Object.keys(compared.prov.entity).length, Object.keys(compared.prov.activity).length],
    [true, 4, 3],
  )

  appendFileSync(join(cwd, 'raw.csv'), 'x')
  const broken = await run(1, 'lineage', 'cleaned.lock.json')
  assert.match(broken.stdout, /BROKEN {2}raw\.csv has other bytes than are recorded\n/)
})
