import assert from 'node:assert/strict'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { scan } from '../../library/index.js'
import { packageRoot } from '../../src/paths.js'
import { runCredence } from './run-credence.js'
import { temporaryFolder } from '../temporary-folder.js'

const EXAMPLE = join(packageRoot, 'examples', 'plugin', 'shouting.mjs')
const SHOUTING = [3, 57, 301]

describe('scanners of plugins', () => {
  let folder: string
  before(() => {
    folder = temporaryFolder()
    const rows = Array.from({ length: 400 }, (_, i) => {
      const text = `this is row number ${i} of the data, and it says nothing much`
      return JSON.stringify({ text: SHOUTING.includes(i) ? text.toUpperCase() : text, label: i % 2 })
    })
    writeFileSync(join(folder, 'data.jsonl'), rows.join('\n'))
  })
  after(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  const put = (name: string, text: string): void => {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  const run = (...args: string[]) => runCredence(args, { cwd: folder })
  const settings = { scanners: ['shouting'], cache: 'off', shardBytes: 65_536, cwd: '' }

  test('the example runs in child processes, and its findings are those of any scanner', async () => {
    const report = await scan('data.jsonl', { ...settings, cwd: folder, plugins: [EXAMPLE] })
    const [finding, ...others] = report.findings
    assert.deepEqual(others, [])
    assert.equal(finding?.message, 'shouting/rows')
    assert.deepEqual(
      finding.rows.map(({ row }) => row),
      SHOUTING,
    )
    assert.deepEqual(report.coverage.incomplete, [])
    assert.deepEqual(
      report.coverage.scanners.map(({ id, status }) => [id, status]),
      [['shouting', 'ran']],
    )
  })

  test('named in a configuration file, as a file and as a package: scanned with, listed and explained', async () => {
    put('config/own.mjs', `export { default } from ${JSON.stringify(EXAMPLE)}`)
    put(
      'config/node_modules/quiet-scanner/package.json',
      '{"name":"quiet-scanner","version":"1.0.0","exports":"./index.js","type":"module"}',
    )
    const quiet = { id: 'quiet', title: 'Quiet', description: 'Nothing.', version: '1', category: 'quality', messages: {} }
    const pass = '{ needs: [], init: () => 0, observe() {}, merge: (a) => a, finish: () => ({ findings: [], limits: {} }) }'
    put(
      'config/node_modules/quiet-scanner/index.js',
      `export const scanners = [{ ...${JSON.stringify(quiet)}, passes: () => [${pass}] }]`,
    )
    put('config/credence.yaml', 'plugins: [./own.mjs, quiet-scanner]\nscanners: [shouting, quiet]\ncache: "off"\n')
    const named = ['--config', 'config/credence.yaml']
    const { code, stdout, stderr } = await run('scan', 'data.jsonl', ...named, '--fail-on', 'low', '--out', 'report')
    assert.equal(code, 1, stderr)
    assert.match(stdout, /3 rows in capital letters/)
    assert.match(stdout, /Scanners shouting; quiet/)
    const listed = JSON.parse((await run('scanners', '--json', ...named)).stdout) as { id: string; options: unknown }[]
    assert.deepEqual(
      listed.slice(-2).map(({ id }) => id),
      ['shouting', 'quiet'],
    )
    assert.ok(listed.every(({ options }) => typeof options === 'object'))
    assert.match((await run('explain', 'report', '1', ...named)).stdout, /rows in capital letters/)
  })

  test('what is no scanner is refused before anything is scanned, with the reason', async () => {
    put('throws.mjs', 'throw new Error("not today")')
    put('empty.mjs', 'export const nothing = 1')
    put('half.mjs', 'export default { id: "half", title: "Half" }')
    put('taken.mjs', `import own from ${JSON.stringify(EXAMPLE)}\nexport default { ...own, id: "trigger", messages: {} }`)
    put('message.mjs', `import own from ${JSON.stringify(EXAMPLE)}\nexport default { ...own, id: "other" }`)
    put(
      'signal.mjs',
      `import own from ${JSON.stringify(EXAMPLE)}\nexport default { ...own, crossEvidence: { ...own.crossEvidence, signals: ['position', 'contradicton'] } }`,
    )
    const cases: readonly [string, RegExp][] = [
      ['./throws.mjs', /cannot be loaded: not today/],
      ['./absent.mjs', /cannot be loaded/],
      ['./empty.mjs', /exports no scanner/],
      ['./half.mjs', /is no scanner: description/],
      ['./taken.mjs', /there is a scanner trigger already/],
      ['./message.mjs', /is no scanner: messages\.shouting\/rows: expected other\//],
      ['./signal.mjs', /is no scanner: crossEvidence\.signals\.1: expected one of phrase, contradiction/],
      ['no-such-package', /no such package/],
    ]
    for (const [name, why] of cases) {
      const { code, stderr } = await run('scan', 'data.jsonl', '--plugins', name)
      assert.equal(code, 2, name)
      assert.match(stderr, why)
    }
    const wrong = await run('scan', 'data.jsonl', '--plugins', EXAMPLE, '--scanners', 'shoutin')
    assert.equal(wrong.code, 2)
    assert.match(wrong.stderr, /did you mean shouting/)
  })
})
