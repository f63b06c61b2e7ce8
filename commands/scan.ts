import { Args } from '@oclif/core'
import { BaseCommand } from '../src/cli/base-command.js'
import { configFlags } from '../src/cli/flags.js'
import { runReported } from '../src/cli/run-reported.js'
import { abortOnSignals } from '../src/cli/signals.js'

export default class Scan extends BaseCommand {
  static override summary = 'Say whether a data set is safe to fine-tune on, which rows are not, and why.'

  static override description = `Reads Parquet, Arrow, JSONL, JSON, CSV and TSV, plain, .gz or .zst. Nothing leaves this machine, unless --online, an s3://
PATH or --engine ray asks for it (docs/scale.md).

Exit codes: 0 nothing at or above --fail-on; 1 findings; 2 wrong usage or configuration; 3 incomplete or failed; 130 and 143 interrupted.
Each flag can be set in credence.config.yaml (see: credence init) or as a variable, --fail-on as CREDENCE_FAIL_ON.`

  static override examples = [
    { description: 'Scan one file', command: '<%= config.bin %> scan train.parquet' },
    {
      description: 'Scan a folder and keep reports and flagged rows',
      command: '<%= config.bin %> scan data/ --out report --format json,md,sarif',
    },
    { description: 'Say which columns matter', command: '<%= config.bin %> scan reviews.csv --text review_body --label stars' },
    {
      description: 'Stop a pipeline on anything suspicious',
      command: '<%= config.bin %> scan "data/*.parquet" --fail-on medium --quiet',
    },
    {
      description: 'Have a Ray cluster read what lies in an object store',
      command: '<%= config.bin %> scan s3://lake/train/ --engine ray --ray-address http://HEAD:8265 --storage s3://lake/tmp',
    },
    { description: 'Read JSON lines from another program', command: 'zcat chats.jsonl.gz | <%= config.bin %> scan -' },
  ]

  static override usage = 'scan PATH... [FLAGS]'

  static override args = {
    path: Args.string({
      required: true,
      multiple: true,
      ignoreStdin: true,
      description: 'files, folders, globs or s3://BUCKET/KEY; - reads JSON lines from standard input',
    }),
  }

  static override flags = { ...configFlags(), config: BaseCommand.configFlag }

  async run(): Promise<number> {
    const interruption = abortOnSignals()
    const { args, flags } = await this.parse(Scan)
    const { scanners: own, registryUrl: registry } = await import('../scanners/index.js')
    const { config, scanners } = await this.settings(flags, own)
    const resumable = config.cache !== 'off' && !args.path.includes('-')
    return runReported(interruption, { config, flags, scanners, resumable }, async (watch) => {
      const { scan } = await import('../src/scan.js')
      return scan({ paths: args.path, config, scanners, registry, ...watch })
    })
  }
}
