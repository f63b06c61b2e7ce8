import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../src/cli/base-command.js'
import { configFlags } from '../src/cli/flags.js'
import { print, terminalWidth, wantsColour } from '../src/cli/terminal.js'
import { explain } from '../src/report/explain.js'
import { redactFinding } from '../src/fuse/redact.js'
import { findFinding, readReport } from '../src/report/explain-read.js'
import { explanationText } from '../src/report/explain-text.js'
import { safeJson } from '../src/report/safe-text.js'

export default class Explain extends BaseCommand {
  static override summary = 'Show the numbers behind a finding of a report, in words and as a table.'

  static override examples = [
    { description: 'The first finding of a report', command: '<%= config.bin %> explain report 1' },
    { description: 'By its id, or the start of it', command: '<%= config.bin %> explain report/report.json trigger-3f2a' },
    { description: 'The same for a program', command: '<%= config.bin %> explain report 1 --format json' },
  ]

  static override usage = 'explain REPORT FINDING [FLAGS]'

  static override args = {
    report: Args.string({
      required: true,
      ignoreStdin: true,
      description: 'report.json, or its folder (scan --out DIR --format json)',
    }),
    finding: Args.string({
      required: true,
      ignoreStdin: true,
      description: 'number in the report from 1, id, or the start of an id',
    }),
  }

  static override flags = {
    ...configFlags(['plugins']),
    config: BaseCommand.configFlag,
    format: Flags.option({ options: ['text', 'json'] as const, default: 'text', description: 'what to print' })(),
    'show-values': Flags.boolean({
      description: 'show the secrets and e-mail addresses that the report holds; masked when absent',
    }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Explain)
    const written = await readReport(args.report)
    const findings = written.findings.map((finding) => redactFinding(finding, flags['show-values']))
    const report = { ...written, findings }
    const number = findFinding(report, args.finding)
    const { scanners: own } = await import('../scanners/index.js')
    const { config, plugins }: Readonly<Record<string, unknown>> = flags
    const { scanners } = await this.settings({ config, plugins }, own)
    const explanation = explain(report, number, scanners)
    if (flags.format === 'json') await print(safeJson(explanation))
    else await print(explanationText(explanation, { colour: wantsColour(process.stdout), width: terminalWidth(process.stdout) }))
  }
}
