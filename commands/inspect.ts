import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../src/cli/base-command.js'
import { configFlags } from '../src/cli/flags.js'
import { inspectText, plainValue } from '../src/cli/inspect-text.js'
import { print, terminalWidth } from '../src/cli/terminal.js'
import { namedColumns } from '../src/config/columns.js'
import { readLimits } from '../src/config/limits.js'
import { configKeys, optionMeta } from '../src/config/schema.js'
import { maskedValue } from '../src/fuse/redact.js'
import { safeJson } from '../src/report/safe-text.js'

export default class Inspect extends BaseCommand {
  static override summary =
    'Show what a data set is: format, columns, rows, shards, which column is for what and why, and five rows.'

  static override examples = [
    { description: 'Look before a scan', command: '<%= config.bin %> inspect train.parquet' },
    {
      description: 'Check a choice of columns',
      command: '<%= config.bin %> inspect chats.jsonl --prompt question --response answer',
    },
    { description: 'The same for a program', command: '<%= config.bin %> inspect data/ --json' },
  ]

  static override usage = 'inspect PATH... [FLAGS]'

  static override args = {
    path: Args.string({
      required: true,
      multiple: true,
      ignoreStdin: true,
      description: 'files, folders or globs; - reads JSON lines from standard input',
    }),
  }

  static override flags = {
    ...configFlags(configKeys.filter((key) => optionMeta(key).group === 'Columns')),
    ...configFlags(['shardBytes', 'showValues']),
    config: BaseCommand.configFlag,
    json: Flags.boolean({ description: 'print JSON', helpGroup: 'OUTPUT' }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Inspect)
    const { scanners } = await import('../scanners/index.js')
    const { config } = await this.settings(flags, scanners)
    const { inspectDataSet } = await import('../src/read/inspect.js')
    const { ChildOpener } = await import('../src/engine/child-opener.js')
    const { split, shardBytes, taskTimeout, taskMemory } = config
    const opener = new ChildOpener({ deadlineMs: taskTimeout * 1000, memoryBytes: taskMemory })
    const found = await inspectDataSet(args.path, {
      roles: namedColumns(config),
      limits: readLimits(config),
      remote: true,
      opener,
      shardBytes,
      ...(split === null ? {} : { split }),
    }).finally(() => {
      opener.close()
    })
    const rows = config.showValues ? found.rows : found.rows.map((row) => maskedValue(row) as typeof row)
    const inspection = { ...found, rows }
    if (flags.json) await print(safeJson(plainValue(inspection)))
    else await print(inspectText(inspection, terminalWidth(process.stdout)))
  }
}
