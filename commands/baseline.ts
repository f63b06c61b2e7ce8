import { join } from 'node:path'
import { Flags } from '@oclif/core'
import { BaseCommand } from '../src/cli/base-command.js'
import { print, printNotice } from '../src/cli/terminal.js'
import { CredenceError } from '../src/errors.js'
import { safeText } from '../src/report/safe-text.js'
import { amount } from '../src/report/summary.js'

export default class BaselineCommand extends BaseCommand {
  static override summary = 'Accept the findings of a report as they are: later scans count what is new or stronger.'

  static override description = `Give the file to scan or diff with --baseline. What reviewers call poison, or are not sure of (decisions.jsonl beside the report), is not accepted. For single findings, with a reason and a last day: .credenceignore.yaml.`

  static override examples = [
    { description: 'Accept what a scan found', command: '<%= config.bin %> baseline report' },
    {
      description: 'And count what comes after it',
      command: '<%= config.bin %> scan data/ --baseline credence.baseline.json',
    },
  ]

  static override usage = 'baseline REPORT [FLAGS]'

  static override args = {
    report: BaseCommand.reportArg,
  }

  static override flags = {
    out: Flags.string({ description: 'file to write', helpValue: 'FILE', default: 'credence.baseline.json' }),
    force: Flags.boolean({ description: 'overwrite an existing file' }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(BaselineCommand)
    const { locateReport, readReport } = await import('../src/report/explain-read.js')
    const { baselineOf, writeBaseline } = await import('../src/accepted/baseline.js')
    const report = await readReport(args.report)
    if (report.coverage.incomplete.length > 0) {
      throw new CredenceError('usage', 'the report is of an incomplete scan: what it did not see would be accepted unseen', {
        suggestions: report.coverage.incomplete,
      })
    }
    const { folder } = await locateReport(args.report)
    const { readDecisionsIfAny, settle, DECISIONS_FILE } = await import('../src/review/decisions.js')
    const { decisions } = await readDecisionsIfAny(join(folder, DECISIONS_FILE))
    const refused = [...settle(decisions).values()].flatMap(({ target, verdict }) =>
      target.kind === 'finding' && verdict !== 'clean' ? [target.id] : [],
    )
    const baseline = baselineOf(report, refused, new Date())
    await writeBaseline(flags.out, baseline, flags.force)
    const accepted = `${amount(baseline.findings.length, 'finding')} accepted in ${flags.out}`
    await print(safeText(accepted))
    const serious = baseline.findings.filter(({ severity }) => severity === 'high' || severity === 'critical').length
    const notices = [
      ...(serious > 0 ? [`${amount(serious, 'finding')} at high or critical among them`] : []),
      ...(refused.length > 0 ? [`${amount(refused.length, 'finding')} left out that reviewers do not call clean`] : []),
    ]
    for (const notice of notices) await printNotice(safeText(notice))
  }
}
