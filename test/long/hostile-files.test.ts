import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import pLimit from 'p-limit'
import { packageRoot } from '../../src/paths.js'
import { FAMILIES, filesOf, outcomeOf, withEnding, type Outcome } from '../../tools/reliability/outcome.js'
import { runCredence } from '../cli/run-credence.js'

const corpora = process.env['CREDENCE_CORPORA']
/** By family and file. Made by `node tools/reliability/outcomes.mjs --pin`, then looked through. */
const pinned = JSON.parse(readFileSync(join(packageRoot, 'test', 'long', 'hostile-files.json'), 'utf8')) as Readonly<
  Record<string, Readonly<Record<string, Outcome>>>
>

let folder: string
/** What no scan caught: each is a failure of the test that it happened in. */
const escaped: unknown[] = []
const note = (error: unknown): void => {
  escaped.push(error)
}
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'credence-hostile-'))
  process.on('uncaughtException', note)
  process.on('unhandledRejection', note)
})
after(() => {
  process.off('uncaughtException', note)
  process.off('unhandledRejection', note)
  rmSync(folder, { recursive: true, force: true })
})

for (const family of FAMILIES) {
  test(`every file of ${family.folder} ends as declared`, { timeout: 1_200_000 }, async (t) => {
    if (!corpora) {
      t.skip('CREDENCE_CORPORA not set')
      return
    }
    const root = resolve(corpora, family.folder)
    const names = filesOf(family, corpora)
    const expected = pinned[family.folder] ?? {}
    assert.deepEqual(
      names.filter((name) => !Object.hasOwn(expected, name)),
      [],
      'files without a pinned outcome',
    )
    const limit = pLimit(2)
    const found = await Promise.all(
      names.map((name) =>
        limit(async (): Promise<[string, Outcome]> => [name, await outcomeOf(withEnding(join(root, name), family, folder))]),
      ),
    )
    assert.deepEqual(Object.fromEntries(found), expected)
    assert.deepEqual(escaped, [])
  })

  test(`the command line says what is wrong with a file of ${family.folder}`, { timeout: 120_000 }, async (t) => {
    if (!corpora) {
      t.skip('CREDENCE_CORPORA not set')
      return
    }
    const [name, outcome] = Object.entries(pinned[family.folder] ?? {}).find(([, { code }]) => code === 'format') ?? []
    assert.ok(name !== undefined && outcome !== undefined)
    const path = join(resolve(corpora, family.folder), name)
    const link = withEnding(path, family, mkdtempSync(join(folder, 'cli-')))
    const { code, stdout, stderr } = await runCredence(['scan', link, '--scanners', 'provenance'])
    assert.equal(code, 3, stderr)
    const said = stdout + stderr
    assert.ok(said.includes(name), said)
    assert.doesNotMatch(said, /^\s+at .*:\d+:\d+/m)
    assert.doesNotMatch(said, /unhandled|uncaught/i)
  })
}
