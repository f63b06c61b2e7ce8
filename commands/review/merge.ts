import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../../src/cli/base-command.js'
import { print } from '../../src/cli/terminal.js'
import { amount } from '../../src/report/summary.js'
import { safeText } from '../../src/report/safe-text.js'

export default class ReviewMerge extends BaseCommand {
  static override summary = "Bring several reviewers' decisions.jsonl into one file."

  static override description = `The last decision of each reviewer about a row or finding counts. Where reviewers differ it is a conflict,
which the review shows as one.`

  static override examples = [
    {
      description: 'Two reviewers',
      command: '<%= config.bin %> review merge anna.jsonl ben.jsonl --out report/decisions.jsonl',
    },
  ]

  static override usage = '<%= command.id %> FILE... --out FILE'

  static override args = {
    file: Args.string({ required: true, multiple: true, ignoreStdin: true, description: 'decisions.jsonl of each reviewer' }),
  }

  static override flags = {
    out: Flags.string({ required: true, description: 'file to write; it may be one of those read', helpValue: 'FILE' }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ReviewMerge)
    const { mergeFiles } = await import('../../src/review/merge-files.js')
    const { decisions, reviewers, targets, conflicts, torn } = await mergeFiles(args.file, flags.out)
    const by = reviewers.map((name) => safeText(name, 60)).join(', ')
    const counted = `${amount(decisions, 'decision')} by ${by}; ${amount(targets, 'target')} decided, ${amount(conflicts, 'conflict')}`
    const left = torn > 0 ? `; ${amount(torn, 'line')} cut short by a crash left out` : ''
    const line = `${counted}; written to ${flags.out}${left}`
    await print(safeText(line))
  }
}
