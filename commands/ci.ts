import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../src/cli/base-command.js'
import { exitCodeOfReport } from '../src/cli/exit-codes.js'
import { configFlags } from '../src/cli/flags.js'
import { print, printAnnotations } from '../src/cli/terminal.js'
import { CredenceError } from '../src/errors.js'
import { redactFinding } from '../src/fuse/redact.js'
import { readReport } from '../src/report/explain-read.js'
import type { ReportJson } from '../src/report/json-schema.js'

const TOLD = { created: 'comment written', updated: 'comment updated', none: 'no comment written' } as const
const NAME = /^[\w .-]{0,60}$/

export default class Ci extends BaseCommand {
  static override summary = 'Tell a CI service what a scan found: job summary, annotations, outputs, one comment.'

  static override description = `For GitHub Actions, whose variables and files it reads and writes (docs/ci.md). The comment goes to the pull request of the event,
by GITHUB_TOKEN and to GITHUB_API_URL only, and is updated in place; without a token, or with one that may not comment, there is none.
Ends with the scan's exit code.`

  static override examples = [
    { description: 'After a scan, in a step that always runs', command: '<%= config.bin %> ci github --report credence-report' },
  ]

  static override usage = 'ci github --report DIR [FLAGS]'

  static override args = {
    service: Args.string({ required: true, ignoreStdin: true, options: ['github'], description: 'which service' }),
  }

  static override flags = {
    ...configFlags(['failOn', 'plugins']),
    config: BaseCommand.configFlag,
    report: Flags.string({
      required: true,
      helpValue: 'DIR',
      description: 'folder of the report (scan --out DIR --format json)',
    }),
    'exit-code': Flags.integer({
      min: 0,
      max: 255,
      helpValue: 'N',
      description: 'what the scan ended with, in case it wrote no report',
    }),
    name: Flags.string({ default: '', helpValue: 'NAME', description: 'which scan this is, where a pull request has several' }),
  }

  async run(): Promise<number> {
    const { flags } = await this.parse(Ci)
    if (!NAME.test(flags.name)) throw new CredenceError('usage', '--name takes at most 60 letters, digits, spaces and ._-')
    const { scanners: own } = await import('../scanners/index.js')
    const { config, plugins, 'fail-on': threshold }: Readonly<Record<string, unknown>> = flags
    const { failOn } = (await this.settings({ config, plugins, 'fail-on': threshold }, own)).config
    const report = await reportOf(flags.report, flags['exit-code'] ?? 0)
    // Fails closed: a report of a worse outcome than the scan's exit code is believed.
    const exitCode = flags['exit-code'] || (report === null ? 0 : exitCodeOfReport(report, failOn))
    const sarif = join(flags.report, 'report.sarif')
    const { tellGitHub } = await import('../src/ci/github.js')
    const { annotations, comment } = await tellGitHub(
      { report, exitCode, failOn, name: flags.name, folder: flags.report, sarif: (await isThere(sarif)) ? sarif : null },
      process.env,
    )
    await printAnnotations(annotations)
    await print(TOLD[comment])
    return exitCode
  }
}

/**
 * With secrets masked, whatever the scan was told to show: comments are read by others than logs.
 * @returns null where a scan that failed wrote none
 */
async function reportOf(folder: string, exitCode: number): Promise<ReportJson | null> {
  try {
    const report = await readReport(folder)
    return { ...report, findings: report.findings.map((finding) => redactFinding(finding, false)) }
  } catch (error) {
    if (exitCode !== 0 && error instanceof CredenceError && error.code === 'not-found') return null
    throw error
  }
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
