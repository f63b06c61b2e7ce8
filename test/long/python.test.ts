import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { before, describe, test, type TestContext } from 'node:test'
import { packageRoot } from '../../src/paths.js'
import { runCredence } from '../cli/run-credence.js'
import { temporaryFolder } from '../temporary-folder.js'

const PYTHON = process.env['CREDENCE_PYTHON'] ?? 'python3'

/** The Python blocks of docs/python.md by the name in the comment before each. */
const snippets = new Map(
  [...readFileSync(join(packageRoot, 'docs/python.md'), 'utf8').matchAll(/<!-- run: (\w+) -->\n\n```python\n([^]*?)```/g)].map(
    ([, name = '', code = '']) => [name, code],
  ),
)

function python(code: string, cwd: string): { status: number | null; stdout: string; stderr: string } {
  const env = { ...process.env, PATH: `${cwd}${delimiter}${process.env['PATH'] ?? ''}`, HOME: cwd, HF_HUB_OFFLINE: '1' }
  return spawnSync(PYTHON, ['-c', code], { cwd, encoding: 'utf8', env, timeout: 120_000 })
}

function has(modules: string, context: TestContext): boolean {
  if (spawnSync(PYTHON, ['-c', `import ${modules}`]).status === 0) return true
  context.skip(`no ${PYTHON} with ${modules} on this machine (CREDENCE_PYTHON names another)`)
  return false
}

/** The snippets of the documentation on real flags: what they print are rows in all, kept, and removed. */
describe('docs/python.md', () => {
  const cwd = temporaryFolder()
  before(async () => {
    mkdirSync(join(cwd, 'data'))
    copyFileSync(join(packageRoot, 'fixtures/demo/reviews.parquet'), join(cwd, 'data/train.parquet'))
    const args = [
      'scan',
      'data/train.parquet',
      '--scanners',
      'trigger',
      '--out',
      'credence-report',
      '--fail-on',
      'never',
      '--quiet',
    ]
    const { code, stderr } = await runCredence(args, { cwd })
    assert.deepEqual([code, stderr], [0, ''])
  })

  for (const [name, modules, expected] of [
    ['pandas', 'pandas, pyarrow', '4000 3900 100\n'],
    ['polars', 'polars', '4000 3900 100\n'],
    ['pyarrow', 'pyarrow', 'data/train.parquet 4000 3900 100\n'],
    ['datasets', 'datasets', '4000 3900 100\n'],
  ] as const) {
    test(`${name}: the planted rows, and no others, are taken out`, (context) => {
      if (!has(modules, context)) return
      const { status, stdout, stderr } = python(snippets.get(name) ?? '', cwd)
      assert.equal(status, 0, stderr)
      assert.equal(stdout, expected)
    })
  }

  test('the gate lets nothing through but a scan that ended with 0', (context) => {
    if (!has('subprocess', context)) return
    const program = join(cwd, 'credence')
    for (const code of [0, 1, 3]) {
      writeFileSync(program, `#!/bin/sh\nexit ${code}\n`)
      chmodSync(program, 0o755)
      const { status, stdout, stderr } = python(`${snippets.get('gate') ?? ''}\nprint('training')`, cwd)
      assert.deepEqual([status, stdout], code === 0 ? [0, 'training\n'] : [1, ''])
      if (code !== 0) assert.match(stderr, new RegExp(`not trained: credence ended with ${code}`))
    }
  })
})
