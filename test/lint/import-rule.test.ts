import assert from 'node:assert/strict'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'
import { packageRoot } from '../../src/paths.js'

const RULE = 'house/import-direction'

/** What the project's own configuration says of `code` as if it were that file. */
async function complaints(eslint: ESLint, file: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: join(packageRoot, file) })
  assert.ok(result, 'the file is ignored by the linter')
  return result.messages.filter((message) => message.ruleId === RULE || message.fatal === true).map((message) => message.message)
}

describe('import direction', () => {
  let eslint: ESLint
  before(() => {
    // Without types, so that the files need not exist and each case takes milliseconds.
    eslint = new ESLint({ cwd: packageRoot, overrideConfig: [tseslint.configs.disableTypeChecked] })
  })

  const wrong: readonly (readonly [file: string, code: string, complaint: string])[] = [
    ['src/model/role.ts', "import { plan } from '../engine/plan.js'\nplan()", 'src/model must not import src/engine'],
    ['src/model/role.ts', "import type { Config } from '../config/schema.js'", 'src/model must not import src/config'],
    ['src/math/random.ts', "export { x } from '../sketch/minhash.js'", 'src/math must not import src/sketch'],
    ['src/read/format.ts', "export * from '../embed/encoder.js'", 'src/read must not import src/embed'],
    ['src/engine/plan.ts', "import { load } from '../config/schema.js'\nload()", 'src/engine must not import src/config'],
    ['src/engine/plan.ts', "await import('../report/json.js')", 'src/engine must not import src/report'],
    [
      'src/scanner.ts',
      "import { a } from '../scanners/index.js'\na()",
      'src/scanner must not import scanners: src stands on its own',
    ],
    [
      'scanners/trigger/index.ts',
      "import { a } from '../outlier/index.js'\na()",
      'scanners/trigger must not import scanners/outlier: scanners do not know each other',
    ],
    ['scanners/trigger/index.ts', "import { a } from '../../src/engine/plan.js'\na()", 'scanners must not import src/engine'],
    [
      'commands/scan.ts',
      "import { a } from '../scanners/trigger/index.js'\na()",
      'commands must not import scanners/trigger: only src and the registry',
    ],
  ]
  for (const [file, code, complaint] of wrong) {
    test(`${file}: ${code.split('\n')[0] ?? ''}`, async () => {
      assert.deepEqual(await complaints(eslint, file, code), [complaint])
    })
  }

  const right: readonly (readonly [file: string, code: string])[] = [
    ['src/model/role.ts', "import type { ErrorRecord } from '../errors.js'\nimport { a } from './finding.js'"],
    ['src/engine/plan.ts', "import type { Config } from '../config/schema.js'\nimport { a } from '../read/format.js'"],
    ['scanners/trigger/index.ts', "import { defineScanner } from '../../src/scanner.js'\nimport { a } from './association.js'"],
    ['scanners/index.ts', "import { a } from './trigger/index.js'"],
    ['commands/scan.ts', "import { scan } from '../src/scan.js'\nimport { a } from '../scanners/index.js'"],
  ]
  for (const [file, code] of right) {
    test(`${file}: ${code.split('\n').join('; ')} is fine`, async () => {
      assert.deepEqual(await complaints(eslint, file, code), [])
    })
  }
})
