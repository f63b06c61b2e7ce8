import { once } from 'node:events'
import { Flags } from '@oclif/core'
import { BaseCommand } from '../src/cli/base-command.js'
import { configFlags } from '../src/cli/flags.js'
import { abortOnSignals } from '../src/cli/signals.js'
import { print } from '../src/cli/terminal.js'
import { readLimits } from '../src/config/limits.js'
import { safeText } from '../src/report/safe-text.js'

export default class Review extends BaseCommand {
  static override summary = 'Go through the findings and rows of a report in a browser, and keep what you decide.'

  static override description = `Serves a page on 127.0.0.1 until it is interrupted; its address holds a token that lets whoever has it decide.
Each decision is a line of decisions.jsonl in the report's folder, on the disk before the page says that it is saved.
The rows are read from the data; where that has moved, name it with --data.`

  static override examples = [
    { description: 'Review a report', command: '<%= config.bin %> review report' },
    { description: 'The data lies elsewhere', command: '<%= config.bin %> review report --data /data/train --open' },
    {
      description: 'Bring the decisions of two reviewers together',
      command: '<%= config.bin %> review merge anna.jsonl ben.jsonl --out report/decisions.jsonl',
    },
  ]

  static override usage = 'review REPORT [FLAGS]'

  static override args = {
    report: BaseCommand.reportArg,
  }

  static override flags = {
    data: Flags.string({
      description: 'where the data is, if not where it was scanned: a file, a folder or a glob; may be repeated',
      helpValue: 'PATH',
      multiple: true,
      multipleNonGreedy: true,
    }),
    decisions: Flags.string({
      description: 'file to keep decisions in [default: decisions.jsonl by the report]',
      helpValue: 'FILE',
    }),
    reviewer: Flags.string({
      description: "name to decide by [default: git's user.name, else the login name]",
      helpValue: 'NAME',
    }),
    port: Flags.integer({
      description: 'port to serve on; 0 is any that is free',
      default: 0,
      min: 0,
      max: 65535,
      helpValue: 'N',
    }),
    open: Flags.boolean({ description: 'open the page in a browser' }),
    ...configFlags(['showValues', 'taskTimeout', 'taskMemory']),
    config: BaseCommand.configFlag,
  }

  async run(): Promise<number> {
    const interruption = abortOnSignals()
    const { args, flags } = await this.parse(Review)
    const [{ Review: Sitting }, { serveReview }, { defaultReviewer }] = await Promise.all([
      import('../src/review/review.js'),
      import('../src/review/server.js'),
      import('../src/review/reviewer.js'),
    ])
    const { config } = await this.settings(flags, []).catch(async () => {
      // The scanners take longer to load than the page: only where a file sets something of theirs are they needed to check it.
      const { scanners } = await import('../scanners/index.js')
      return this.settings(flags, scanners)
    })
    const review = await Sitting.open({
      report: args.report,
      data: flags.data ?? [],
      decisions: flags.decisions ?? null,
      reviewer: flags.reviewer ?? (await defaultReviewer()),
      showValues: config.showValues,
      bounds: { deadlineMs: config.taskTimeout * 1000, memoryBytes: config.taskMemory },
      limits: readLimits(config),
    })
    try {
      const server = await serveReview(review, flags.port)
      await print(`${safeText(server.url)}\nReview in a browser; Ctrl+C ends it.`)
      if (flags.open) (await import('../src/review/open-browser.js')).openBrowser(server.url)
      if (!interruption.signal.aborted) await once(interruption.signal, 'abort')
      await server.close()
      await print(safeText(await review.summary()))
      return interruption.exitCode() === 143 ? 143 : 0
    } finally {
      await review.close()
      interruption.stop()
    }
  }
}
