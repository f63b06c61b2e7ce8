import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../src/cli/base-command.js'
import { CLEAN_SETTINGS, cleanOptions } from '../src/cli/clean-request.js'
import { cleanText } from '../src/cli/clean-text.js'
import { configFlags } from '../src/cli/flags.js'
import { unlessInterrupted } from '../src/cli/interrupted.js'
import { abortOnSignals } from '../src/cli/signals.js'
import { print } from '../src/cli/terminal.js'
import { MODES } from '../src/clean/receipt.js'
import { CATEGORIES, SEVERITIES } from '../src/model/finding.js'

const many = { multiple: true, multipleNonGreedy: true } as const

export default class Clean extends BaseCommand {
  static override summary = 'Write the rows that stay of a scanned data set, and put the others in quarantine.'

  static override description = `Keeps format, schema, types, order and metadata; never touches the input. A dry run unless --write is given.
Rows go that findings of --min-severity or above name, and those that reviewers call poison; what they call clean stays.
--mode quarantine (default) keeps the removed rows with the reasons; drop does not; relabel gives rows the label that a finding
suggests; redact masks secrets and personal data where they stand. Rows for which that fails go into quarantine.
Exit codes: 0 done; 2 wrong usage, or data that is not what was scanned; 3 failed.`

  static override examples = [
    { description: 'See what would go', command: '<%= config.bin %> clean train.parquet --report report --out cleaned' },
    { description: 'Write it', command: '<%= config.bin %> clean train.parquet --report report --out cleaned --write' },
    {
      description: 'Set flipped labels right',
      command: '<%= config.bin %> clean train.parquet --report report --mode relabel --scanner label --out cleaned',
    },
    { description: 'Only one finding', command: '<%= config.bin %> clean data/ --report report --finding 1 --out cleaned' },
  ]

  static override usage = 'clean PATH... --report DIR --out DIR [FLAGS]'

  static override args = {
    path: Args.string({
      required: true,
      multiple: true,
      ignoreStdin: true,
      description: 'what was scanned: files, folders or globs',
    }),
  }

  static override flags = {
    report: Flags.string({ required: true, description: 'folder of the report (scan --out DIR)', helpValue: 'DIR' }),
    out: Flags.string({ required: true, description: 'new folder to write to', helpValue: 'DIR' }),
    mode: Flags.option({ options: MODES, default: 'quarantine' as const, description: 'what becomes of the rows' })(),
    write: Flags.boolean({ description: 'write; a dry run that shows counts when absent' }),
    'min-severity': Flags.option({ options: SEVERITIES, default: 'medium' as const, description: 'of findings whose rows go' })(),
    finding: Flags.string({
      ...many,
      description: 'only this finding, by number, id or start of it, whatever its severity; may be repeated',
    }),
    scanner: Flags.string({ ...many, description: 'only findings of this scanner; may be repeated' }),
    category: Flags.string({ ...many, options: [...CATEGORIES], description: 'only findings of this category; may be repeated' }),
    decisions: Flags.string({
      description: 'decisions of reviewers [default: decisions.jsonl in the report folder, if there]',
      helpValue: 'FILE',
    }),
    ...configFlags(CLEAN_SETTINGS),
    config: BaseCommand.configFlag,
  }

  async run(): Promise<number> {
    const interruption = abortOnSignals()
    const { args, flags } = await this.parse(Clean)
    const { scanners, registryUrl: registry } = await import('../scanners/index.js')
    const { out: _, ...settings }: Readonly<Record<string, unknown>> = flags
    const { config } = await this.settings(settings, scanners)
    const { clean } = await import('../src/clean/clean.js')
    return unlessInterrupted(interruption, 'interrupted; nothing was written', async () => {
      const result = await clean({ ...cleanOptions(args.path, flags, config), registry, signal: interruption.signal })
      await print(cleanText(result))
      return 0
    })
  }
}
