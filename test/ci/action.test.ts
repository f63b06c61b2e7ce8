import assert from 'node:assert/strict'
import { constants } from 'node:fs'
import { access, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { parse } from 'yaml'
import { packageRoot } from '../../src/paths.js'
import { action } from './composite.js'

/** The action's steps are run in test/long/action.test.ts. */
describe('what others run', () => {
  test('the action takes no input into a script but through the environment', () => {
    assert.equal(action.runs.using, 'composite')
    for (const { run, env = {} } of action.runs.steps) {
      assert.doesNotMatch(run, /\$\{\{/)
      for (const [name] of run.matchAll(/\$\{?(?:INPUT_\w+|EXIT_CODE)/g))
        assert.ok(Object.hasOwn(env, name.replace(/\W/g, '')), name)
    }
    const values = action.runs.steps.flatMap(({ env = {} }) => Object.values(env)).join(' ')
    const used = new Set([...values.matchAll(/inputs\.([\w-]+)/g)].map(([, input]) => input))
    assert.deepEqual([...used].sort(), Object.keys(action.inputs).sort())
  })

  test('our workflows pin every action by its digest, and grant no more than reading', async () => {
    const folder = join(packageRoot, '.github/workflows')
    for (const name of await readdir(folder)) {
      const text = await readFile(join(folder, name), 'utf8')
      const uses = [...text.matchAll(/uses: (\S+)/g)].map(([, used = '']) => used)
      assert.ok(uses.length > 0)
      for (const used of uses) assert.match(used, /^(?:\.\/|[\w-]+\/[\w-]+@[0-9a-f]{40}$)/)
      assert.deepEqual((parse(text) as { permissions: unknown }).permissions, { contents: 'read' })
      assert.doesNotMatch(text, /run:.*\$\{\{/)
    }
  })

  test('the pre-commit hook names a command and the files that this program reads', async () => {
    const [hook] = parse(await readFile(join(packageRoot, '.pre-commit-hooks.yaml'), 'utf8')) as [
      { entry: string; files: string },
    ]
    const [script = '', command = ''] = hook.entry.split(' ')
    await access(join(packageRoot, script), constants.X_OK)
    await access(join(packageRoot, 'commands', `${command}.ts`))
    const files = new RegExp(hook.files)
    for (const name of ['a.parquet', 'b/c.jsonl.gz', 'd.csv', 'e.tsv.zst', 'f.arrow']) assert.match(name, files)
    for (const name of ['a.py', 'parquet', 'README.md', 'package.json']) assert.doesNotMatch(name, files)
  })
})
