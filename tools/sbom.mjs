/**
 * The bill of materials, CycloneDX 1.5 as JSON: `npm run --silent sbom > sbom.json`. What npm installs for a user, by npm itself, and
 * the model files, which no package manager knows of.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ensureInstalled, root } from './setup.mjs'

ensureInstalled()
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
const bill = JSON.parse(
  execFileSync(npm, ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 64 * 2 ** 20,
  }),
)
const models = join(root, 'models')
for (const name of readdirSync(models).sort()) {
  const files = readdirSync(join(models, name)).filter((file) => statSync(join(models, name, file)).isFile())
  bill.components.push({
    'bom-ref': `model:${name}`,
    type: 'machine-learning-model',
    name,
    description: `sentence encoder; its card is models/${name}/README.md`,
    licenses: [{ license: { id: 'Apache-2.0' } }],
    components: files
      .filter((file) => file !== 'README.md')
      .sort()
      .map((file) => {
        const bytes = readFileSync(join(models, name, file))
        const hashes = [{ alg: 'SHA-256', content: createHash('sha256').update(bytes).digest('hex') }]
        return { 'bom-ref': `model:${name}/${file}`, type: 'file', name: file, hashes }
      }),
  })
}
process.stdout.write(`${JSON.stringify(bill, null, 2)}\n`)
