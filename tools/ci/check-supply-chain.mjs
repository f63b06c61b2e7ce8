/**
 * What the package brings along, from the lock file: `node tools/ci/check-supply-chain.mjs`. Ends with exit code 1 and a line for
 * each thing that does not hold. Known vulnerabilities are another matter: `npm audit` asks the registry for them.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../setup.mjs'

/** Licences that let a user ship and change what is built with them, SPDX. */
const LICENCES = new Set(['Apache-2.0', 'MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'CC0-1.0'])
/** Of what is only used to build and to test. */
const DEVELOPMENT_LICENCES = new Set([...LICENCES, 'CC-BY-4.0', 'CC-BY-3.0', 'MPL-2.0', 'Python-2.0', 'ODC-PDDL-1.0', 'PDDL-1.0'])
const MOST_DIRECT = 20
/** Scripts that npm runs by itself when the package is installed. */
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall', 'prepare']

const json = (name) => JSON.parse(readFileSync(join(root, name), 'utf8'))
const manifest = json('package.json')
const { packages } = json('package-lock.json')
const reasons = readFileSync(join(root, 'docs', 'adr', '0001-dependencies.md'), 'utf8')
const problems = []

const direct = Object.keys(manifest.dependencies)
if (direct.length > MOST_DIRECT) problems.push(`${direct.length} direct dependencies: at most ${MOST_DIRECT}`)
for (const name of direct) {
  if (!reasons.includes(`| \`${name}\``)) problems.push(`${name}: docs/adr/0001-dependencies.md does not say why`)
}
for (const script of INSTALL_SCRIPTS) {
  if (manifest.scripts[script] !== undefined) problems.push(`package.json has an install script: ${script}`)
}

/** @param expression SPDX: one of the alternatives is enough, all of a conjunction are needed */
function allowed(expression, list) {
  return expression
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((licence) => list.has(licence.trim())))
}

let counted = 0
for (const [path, { license, dev, integrity, resolved, hasInstallScript, link }] of Object.entries(packages)) {
  if (path === '' || link === true) continue
  counted++
  const name = path.replace(/^.*node_modules\//, '')
  if (!allowed(license ?? 'none', dev === true ? DEVELOPMENT_LICENCES : LICENCES))
    problems.push(`${name}: licence ${license ?? 'none'}`)
  if (integrity === undefined) problems.push(`${name}: the lock file has no digest`)
  if (resolved?.startsWith('http')) problems.push(`${name}: the lock file names a host`)
  const refused = manifest.allowScripts?.[name] === false
  if (hasInstallScript === true && !refused) problems.push(`${name}: has an install script that allowScripts does not refuse`)
}

for (const problem of problems) console.error(problem)
console.log(`${direct.length} direct dependencies, ${counted} packages in the lock file, ${problems.length} problems`)
process.exitCode = problems.length === 0 ? 0 : 1
