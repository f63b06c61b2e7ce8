/** Runs a composite action as GitHub's runner does: each `run:` by bash, what it needs in variables and files. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { packageRoot } from '../../src/paths.js'

interface Step {
  readonly name: string
  readonly id?: string
  readonly shell: string
  readonly run: string
  readonly env?: Readonly<Record<string, string>>
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>
  readonly outputs: Readonly<Record<string, { readonly value: string }>>
  readonly runs: { readonly using: string; readonly steps: readonly Step[] }
}

type Values = Readonly<Record<string, string>>

export interface ActionRun {
  /** Of the first step that failed; 0 where none did. */
  readonly code: number
  readonly outputs: Values
  readonly stdout: string
  readonly stderr: string
  readonly summary: string
}

export const action = parse(readFileSync(join(packageRoot, 'action.yml'), 'utf8')) as Action

/** @param github contexts and variables of the run, such as `GITHUB_EVENT_PATH`; `token` is `github.token` */
export async function runAction(
  inputs: Values,
  { cwd, github, token }: { readonly cwd: string; readonly github: Values; readonly token: string },
): Promise<ActionRun> {
  const given = Object.fromEntries(
    Object.entries(action.inputs).map(([name, input]) => [
      name,
      inputs[name] ?? evaluated(input.default ?? '', { github: { token } }),
    ]),
  )
  const steps: Record<string, Values> = {}
  const summaryFile = join(cwd, 'summary.md')
  writeFileSync(summaryFile, '')
  let [code, stdout, stderr] = [0, '', '']
  for (const [i, step] of action.runs.steps.entries()) {
    assert.equal(step.shell, 'bash')
    assert.doesNotMatch(step.run, /\$\{\{/, 'inputs reach a script through the environment only')
    const outputFile = join(cwd, `output-${i}`)
    writeFileSync(outputFile, '')
    const env = Object.fromEntries(
      Object.entries(step.env ?? {}).map(([name, value]) => [name, evaluated(value, { inputs: given, steps })]),
    )
    const ended = await bash(step.run, cwd, {
      ...github,
      ...env,
      GITHUB_ACTIONS: 'true',
      GITHUB_ACTION_PATH: packageRoot,
      GITHUB_OUTPUT: outputFile,
      GITHUB_STEP_SUMMARY: summaryFile,
    })
    stdout += ended.stdout
    stderr += ended.stderr
    if (step.id !== undefined) steps[step.id] = outputsOf(outputFile)
    code = ended.code
    if (code !== 0) break
  }
  const outputs = Object.fromEntries(
    Object.entries(action.outputs).map(([name, { value }]) => [name, evaluated(value, { steps })]),
  )
  return { code, outputs, stdout, stderr, summary: readFileSync(summaryFile, 'utf8') }
}

/** The few forms of expressions that the action uses; any other fails the test. */
function evaluated(text: string, contexts: Readonly<Record<string, unknown>>): string {
  const lookUp = (path: string): string => {
    const names = path.split('.').filter((name) => name !== 'outputs')
    const value = names.reduce<unknown>((at, name) => (at as Readonly<Record<string, unknown>> | undefined)?.[name], contexts)
    return typeof value === 'string' ? value : ''
  }
  return text.replace(/\$\{\{ (.+?) \}\}/g, (_, expression: string) => {
    if (/^[\w.-]+$/.test(expression)) return lookUp(expression)
    const choice = /^([\w.-]+) == '(\w+)' && ([\w.-]+) \|\| ''$/.exec(expression)
    assert.ok(choice, `no such expression is known: ${expression}`)
    const [, tested = '', wanted = '', value = ''] = choice
    return lookUp(tested) === wanted ? lookUp(value) : ''
  })
}

function outputsOf(file: string): Values {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]))
}

/** As the runner starts it: `bash --noprofile --norc -eo pipefail`. */
function bash(script: string, cwd: string, env: Values): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd,
    env: { PATH: process.env['PATH'], HOME: cwd, XDG_CACHE_HOME: join(cwd, 'cache'), ...env },
  })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      resolve({ code: code ?? -1, stdout, stderr })
    })
  })
}
