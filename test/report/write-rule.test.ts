import assert from 'node:assert/strict'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'
import { packageRoot } from '../../src/paths.js'

const RULES = ['no-restricted-syntax', 'no-restricted-properties', 'no-restricted-imports', 'no-console']

describe('no way to a terminal or a report but through the functions that make text safe', () => {
  let eslint: ESLint
  before(() => {
    // Without types, so that the files need not exist and each case takes milliseconds.
    eslint = new ESLint({ cwd: packageRoot, overrideConfig: [tseslint.configs.disableTypeChecked] })
  })

  /** Which of the rules the project's own configuration sees broken by `code` as if it were that file. */
  async function broken(file: string, code: string): Promise<string[]> {
    const [result] = await eslint.lintText(code, { filePath: join(packageRoot, file) })
    assert.ok(result, 'the file is ignored by the linter')
    assert.ok(result.messages.every(({ fatal }) => fatal !== true))
    return [...new Set(result.messages.flatMap(({ ruleId }) => (ruleId !== null && RULES.includes(ruleId) ? [ruleId] : [])))]
  }

  const SYNTAX = ['no-restricted-syntax']
  const wrong: readonly (readonly [file: string, code: string, rules: readonly string[]])[] = [
    ['commands/scan.ts', 'process.stdout.write(text)', SYNTAX],
    ['commands/scan.ts', 'process.stderr.write(text)', SYNTAX],
    ['commands/scan.ts', 'const { stdout } = process\nstdout.write(text)', SYNTAX],
    ['commands/scan.ts', 'globalThis.process.stdout.write(text)', SYNTAX],
    ['commands/scan.ts', 'console.log(text)', ['no-console']],
    ['commands/scan.ts', "import console from 'node:console'\nconsole.log(text)", SYNTAX],
    ['commands/scan.ts', "import { stdout } from 'node:process'\nstdout.end(text)", SYNTAX],
    ['commands/scan.ts', "import { ux } from '@oclif/core'\nux.stdout(text)", SYNTAX],
    ['commands/scan.ts', 'class A { b() { this.log(text) } }', SYNTAX],
    ['commands/scan.ts', 'class A { b() { this.warn(text) } }', SYNTAX],
    ['commands/scan.ts', 'print(`found ${finding.title}`)', SYNTAX],
    ['commands/scan.ts', 'print([`found ${title}`].join())', SYNTAX],
    ['src/cli/inspect-text.ts', 'process.stdout.write(text)', SYNTAX],
    ['src/cli/write-report.ts', "import { writeSync } from 'node:fs'\nwriteSync(1, text)", SYNTAX],
    ['src/cli/write-report.ts', "import fs from 'node:fs'\nfs.writeSync(2, text)", SYNTAX],
    ['library/index.ts', 'console.error(text)', ['no-console']],
    ['src/scan.ts', 'process.stderr.write(text)', ['no-restricted-properties', 'no-restricted-syntax']],
    ['scanners/trigger/index.ts', 'const { stdout } = process\nkeep(stdout)', ['no-restricted-properties']],
    ['src/report/html/map.ts', 'keep(`<b>${text}</b>`)', SYNTAX],
    ['src/report/html/map.ts', "keep('</b>' + text)", SYNTAX],
    ['src/report/html.ts', 'const page = `<!doctype html>${text}`', SYNTAX],
    ['src/report/json.ts', "import { writeFileSync } from 'node:fs'\nwriteFileSync(path, text)", ['no-restricted-imports']],
    ['src/report/json.ts', "import { writeFile } from 'node:fs/promises'\nwriteFile(path, text)", ['no-restricted-imports']],
    ['src/report/json.ts', "import write from 'write-file-atomic'\nwrite(path, text)", ['no-restricted-imports']],
  ]
  for (const [file, code, rules] of wrong) {
    test(`${file}: ${code.replaceAll('\n', '; ')} is refused`, async () => {
      assert.deepEqual((await broken(file, code)).sort(), rules)
    })
  }

  const right: readonly (readonly [file: string, code: string])[] = [
    ['commands/scan.ts', 'print(renderTerminal(report, { width: terminalWidth(process.stdout) }))'],
    ['commands/scan.ts', 'print(`wrote ${FILE} and ${safeText(out)}`)'],
    ['src/cli/terminal.ts', 'process.stdout.write(text)'],
    ['src/report/html/map.ts', 'keep(html`<b>${text}</b>`, `${a} < ${b}`)'],
    ['src/report/explain-read.ts', "import { readFile, stat } from 'node:fs/promises'\nreadFile(path); stat(path)"],
  ]
  for (const [file, code] of right) {
    test(`${file}: ${code.replaceAll('\n', '; ')} is fine`, async () => {
      assert.deepEqual(await broken(file, code), [])
    })
  }
})
