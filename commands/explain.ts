import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../src/cli/base-command.js'
import { configFlags } from '../src/cli/flags.js'
import { print, terminalWidth, wantsColour } from '../src/cli/terminal.js'
import { explain } from '../src/report/explain.js'
import { explainRow, findRow } from '../src/report/explain-row.js'
import { rowExplanationText } from '../src/report/explain-row-text.js'
import { redactFinding } from '../src/fuse/redact.js'
import { findFinding, readReport } from '../src/report/explain-read.js'
import { explanationText } from '../src/report/explain-text.js'
import { safeJson } from '../src/report/safe-text.js'

export default class Explain extends BaseCommand {
  static override summary =
    'Show the numbers behind a finding of a report, in words and as a table; or all that it knows of a row.'

  static override examples = [
    { description: 'The first finding of a report', command: '<%= config.bin %> explain report 1' },
    { description: 'By its id, or the start of it', command: '<%= config.bin %> explain report/report.json trigger-3f2a' },
    {
      description: 'A row, by its file and its number there from 0',
      command: '<%= config.bin %> explain report train.parquet:17',
    },
    { description: 'The same where the report has one file', command: '<%= config.bin %> explain report row:17' },
    { description: 'For a program', command: '<%= config.bin %> explain report 1 --format json' },
  ]

  static override usage = 'explain REPORT FINDING|FILE:ROW [FLAGS]'

  static override args = {
    report: BaseCommand.reportArg,
    finding: Args.string({
      required: true,
      ignoreStdin: true,
      description: 'number in the report from 1, id, or the start of an id; or a row as FILE:ROW',
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
    const { scanners: own } = await import('../scanners/index.js')
    const { config: file, plugins }: Readonly<Record<string, unknown>> = flags
    const { config, scanners } = await this.settings({ config: file, plugins }, own)
    const place = findRow(report, args.finding)
    const colour = wantsColour(process.stdout)
    const width = terminalWidth(process.stdout)
    if (place !== null) {
      const { rowFacts } = await import('../src/review/row-facts.js')
      const bounds = { deadlineMs: config.taskTimeout * 1000, memoryBytes: config.taskMemory }
      const explanation = explainRow(report, place, await rowFacts(report, args.report, place, bounds))
      return print(flags.format === 'json' ? safeJson(explanation) : rowExplanationText(explanation, { colour, width }))
    }
    const explanation = explain(report, findFinding(report, args.finding), scanners)
    await print(flags.format === 'json' ? safeJson(explanation) : explanationText(explanation, { colour, width }))
  }
}
