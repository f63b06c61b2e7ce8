import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, describe, test, type TestContext } from 'node:test'
import { temporaryFolder } from '../temporary-folder.js'
import { runMany } from './run-credence.js'

const SHELLS = ['bash', 'zsh', 'fish'] as const
type Shell = (typeof SHELLS)[number]

/** Of each shell: what it offers for the last of these words. */
const OFFERS: Readonly<Record<Shell, (script: string, words: readonly string[]) => string[]>> = {
  bash: (script, words) => {
    const line = `source ${script}; COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _credence; printf '%s\\n' "\${COMPREPLY[@]}"`
    return linesOf('bash', ['--norc', '-c', line])
  },
  zsh: (script, words) => {
    // What `_arguments` would be asked, without the line editor that it needs.
    const stubs = `_arguments() { print -rl -- "$@" }; _describe() { print -rl -- "\${(@P)2}" }; compdef() { : }`
    const line = `${stubs}; source ${script}; words=(${words.map((word) => `'${word}'`).join(' ')}); CURRENT=${words.length}; _credence`
    return linesOf('zsh', ['-f', '-c', line])
  },
  fish: (script, words) => {
    const line = `source ${script}; complete -C '${words.join(' ')}'`
    return linesOf('fish', ['--no-config', '-c', line]).map((offer) => offer.split('\t')[0] ?? '')
  },
}

function linesOf(command: string, args: readonly string[]): string[] {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', cwd: temporaryFolder() })
  assert.deepEqual([status, stderr], [0, ''])
  return stdout.split('\n').filter((line) => line !== '')
}

function has(shell: Shell, context: TestContext): boolean {
  if (spawnSync(shell, ['-c', 'true']).status === 0) return true
  context.skip(`no ${shell} on this machine`)
  return false
}

describe('shell completion', () => {
  const scripts = {} as Record<Shell, string>
  before(async () => {
    const folder = temporaryFolder()
    const ended = await runMany(SHELLS.map((shell) => ['completion', shell]))
    for (const [i, shell] of SHELLS.entries()) {
      assert.deepEqual([ended[i]?.code, ended[i]?.stderr], [0, ''])
      writeFileSync((scripts[shell] = join(folder, `credence.${shell}`)), ended[i]?.stdout ?? '')
    }
  })

  for (const shell of ['bash', 'fish'] as const) {
    test(`${shell} offers commands, flags and values`, (context) => {
      if (!has(shell, context)) return
      const offers = (...words: string[]): string[] => OFFERS[shell](scripts[shell], ['credence', ...words]).sort()
      assert.ok(['scan', 'explain', 'plant', 'completion'].every((command) => offers('').includes(command)))
      assert.deepEqual(offers('sc'), ['scan', 'scanners'])
      assert.deepEqual(offers('scan', '--fail'), ['--fail-on'])
      assert.deepEqual(offers('scan', '--fail-on', 'm'), ['medium'])
      assert.deepEqual(offers('scan', '--encoder', 'mini'), ['minilm'])
      assert.deepEqual(offers('ci', 'g'), ['github'])
      assert.deepEqual(offers('init', '--fail'), [])
    })
  }

  test('bash offers values behind = as well', (context) => {
    if (!has('bash', context)) return
    assert.deepEqual(OFFERS.bash(scripts.bash, ['credence', 'scan', '--fail-on', '=', 'cri']), ['critical'])
  })

  test('zsh is given commands, flags and values', (context) => {
    if (!has('zsh', context)) return
    const asked = (...words: string[]): string[] => OFFERS.zsh(scripts.zsh, ['credence', ...words])
    assert.ok(asked('sc').some((line) => line.startsWith('scan:Say whether a data set is safe')))
    assert.ok(asked('scan', '').some((line) => /^--fail-on=\[.*\]:value:\(info low medium high critical never\)$/.test(line)))
    assert.ok(asked('ci', '').includes('1:word:(github)'))
  })
})
