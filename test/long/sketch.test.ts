import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { runCredence } from '../cli/run-credence.js'
import { temporaryFolder } from '../temporary-folder.js'

const data = process.env['CREDENCE_DATA']
const skip = data === undefined ? 'CREDENCE_DATA is not set: no labelled sets' : false

/** Planted without words that come again: the business of `style`; documents are that of `gibberish`. */
const OTHERS = /syntactic|bible|^docs\./
/** Sets without one name for their trigger: what a tenth of the memory finds is held against what all of it finds. */
const UNNAMED = ['webqa.badnets', 'webqa.addsent', 'freebaseqa.badnets', 'instruct.overrefusal.200', 'instruct.clean', 'ag.clean']

interface Found {
  readonly message: string
  readonly trigger: string | null
  readonly target: string | null
  readonly rowCount: number
}

const asWords = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** Findings of `trigger` in a labelled set, with a share of its memory. */
async function findingsOf(set: string, memory: number): Promise<Found[]> {
  const folder = temporaryFolder()
  const config = join(folder, 'credence.yaml')
  writeFileSync(config, JSON.stringify({ scannerOptions: { trigger: { memory } } }))
  const file = join(data!, `${set}.parquet`)
  const args = ['scan', file, '--scanners', 'trigger', '--config', config, '--out', join(folder, 'out'), '--format', 'json']
  const { code, stderr } = await runCredence([...args, '--fail-on', 'never'])
  assert.equal(code, 0, stderr)
  const { findings } = JSON.parse(readFileSync(join(folder, 'out', 'report.json'), 'utf8')) as { findings: Found[] }
  return findings.map(({ message, trigger, target, rowCount }) => ({ message, trigger, target, rowCount }))
}

describe('with a tenth of the memory for counting', { skip, concurrency: 1 }, () => {
  const sets = skip ? [] : (JSON.parse(readFileSync(join(data!, 'manifest.json'), 'utf8')) as { name: string }[])
  const planted = sets.flatMap(({ name }) => {
    const truth = JSON.parse(readFileSync(join(data!, 'truth', `${name}.json`), 'utf8')) as { trigger: string | string[] | null }
    return truth.trigger === null || OTHERS.test(name) ? [] : [{ name, triggers: [truth.trigger].flat() }]
  })

  test('every planted trigger is named', async () => {
    assert.ok(planted.length >= 20, `${planted.length} sets`)
    for (const { name, triggers } of planted) {
      const named = new Set((await findingsOf(name, 0.1)).map(({ trigger }) => asWords(trigger ?? '')))
      for (const trigger of triggers)
        assert.ok(named.has(asWords(trigger)), `${name}: ${trigger} is not among ${[...named].join(', ')}`)
    }
  })

  test('where triggers have no one name, and in clean data, the findings are those of all memory', async () => {
    for (const name of UNNAMED) assert.deepEqual(await findingsOf(name, 0.1), await findingsOf(name, 1), name)
  })
})
