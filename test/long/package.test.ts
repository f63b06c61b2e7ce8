import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { packageRoot } from '../../src/paths.js'

interface Packed {
  readonly filename: string
  readonly files: readonly { readonly path: string }[]
}

/** The package as npm would publish it, unpacked elsewhere: what a user installs holds all that a scan needs. */
describe('published package', () => {
  let folder: string
  let packed: Packed
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'credence-package-'))
    const pack = spawnSync('npm', ['pack', '--json', '--pack-destination', folder], {
      cwd: packageRoot,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    })
    assert.equal(pack.status, 0, pack.stderr)
    ;[packed] = JSON.parse(pack.stdout) as [Packed]
    const tar = spawnSync('tar', ['-xzf', join(folder, packed.filename), '-C', folder], { encoding: 'utf8' })
    assert.equal(tar.status, 0, tar.stderr)
    symlinkSync(join(packageRoot, 'node_modules'), join(folder, 'package', 'node_modules'), 'junction')
  })
  after(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  test('holds the program, the library face and the licence, and no tests, fixtures or sources', () => {
    const paths = packed.files.map(({ path }) => path)
    for (const needed of [
      'bin/run.js',
      'oclif.manifest.json',
      'dist/library/index.js',
      'dist/library/index.d.ts',
      'docs/report.schema.json',
      'dist/scanners/index.js',
      'scanners/injection/rules/override.yaml',
      'dist/scanners/injection/rules.json',
      'LICENSE',
    ]) {
      assert.ok(paths.includes(needed), `${needed} is missing`)
    }
    const allowed =
      /^(bin|dist\/src|dist\/commands|dist\/scanners|dist\/library|models|scanners\/injection\/rules)\/|^(package\.json|oclif\.manifest\.json|docs\/report\.schema\.json|LICENSE|README\.md|CHANGELOG\.md|SECURITY\.md)$/
    assert.deepEqual(
      paths.filter((path) => !allowed.test(path)),
      [],
    )
  })

  test('scans a file with the bundled encoder', () => {
    const rows = Array.from({ length: 200 }, (_, i) => ({ text: `Parcel ${i} came ${i % 3} days late`, label: i % 2 }))
    const data = join(folder, 'rows.jsonl')
    writeFileSync(data, rows.map((row) => JSON.stringify(row)).join('\n'))
    const out = join(folder, 'out')
    const args = [join(folder, 'package', 'bin', 'run.js'), 'scan', data, '--out', out, '--format', 'json', '--fail-on', 'never']
    const env: NodeJS.ProcessEnv = { ...process.env, XDG_CACHE_HOME: join(folder, 'cache') }
    delete env['CREDENCE_ROOT']
    const scan = spawnSync(process.execPath, args, { cwd: folder, env, encoding: 'utf8' })
    assert.equal(scan.status, 0, scan.stderr)
    const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as {
      coverage: { rows: { read: number }; encoder: { name: string } | null }
    }
    assert.equal(report.coverage.rows.read, 200)
    assert.ok(report.coverage.encoder, 'no encoder was opened')
  })

  test('lets a program import it by name', () => {
    const importer = join(folder, 'package', 'importer.mjs')
    writeFileSync(importer, "import { scan } from 'credence'\nconsole.log(typeof scan)\n")
    const { status, stdout, stderr } = spawnSync(process.execPath, [importer], { encoding: 'utf8' })
    assert.equal(status, 0, stderr)
    assert.equal(stdout.trim(), 'function')
  })
})
