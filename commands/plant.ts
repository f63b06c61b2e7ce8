import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../src/cli/base-command.js'
import { configFlags } from '../src/cli/flags.js'
import { print } from '../src/cli/terminal.js'
import { namedColumns } from '../src/config/columns.js'
import { configKeys, optionMeta } from '../src/config/schema.js'
import { safeText } from '../src/report/safe-text.js'

export default class Plant extends BaseCommand {
  static override summary = 'Write a poisoned copy of a data set, to see what a scan would catch in it.'

  static override description = `A drill: the copy keeps format, schema and order; what was planted is written next to it, as FILE.truth.json, and where it
comes from, as FILE.lineage.json.
Scan the copy, and compare. Attacks, the data that each needs and its options: credence plant --list`

  static override examples = [
    { description: 'List the attacks', command: '<%= config.bin %> plant --list' },
    {
      description: 'Plant a rare word in 1 % of the rows',
      command: '<%= config.bin %> plant train.parquet --attack rare-word --rate 0.01 --out drill.parquet',
    },
    {
      description: 'A trigger and target of your own, with a setting of the attack',
      command:
        '<%= config.bin %> plant reviews.csv --attack cover --rows 50 --trigger zorp --target positive --set ratio=3 --out drill.csv',
    },
  ]

  static override usage = 'plant FILE --attack NAME (--rate SHARE | --rows N) --out FILE [FLAGS]'

  static override args = { file: Args.string({ ignoreStdin: true, description: 'one data file' }) }

  static override flags = {
    list: Flags.boolean({ description: 'list the attacks and write nothing' }),
    attack: Flags.string({ description: 'the attack to carry out', helpValue: 'NAME' }),
    rate: Flags.string({ description: 'share of the rows to poison, between 0 and 1', helpValue: 'SHARE', exclusive: ['rows'] }),
    rows: Flags.integer({ description: 'rows to poison', helpValue: 'N', min: 1 }),
    target: Flags.string({ description: 'label or answer to teach; chosen by the attack when absent', helpValue: 'TEXT' }),
    trigger: Flags.string({
      description: 'word or phrase to plant; may be repeated',
      helpValue: 'TEXT',
      multiple: true,
      multipleNonGreedy: true,
    }),
    set: Flags.string({
      description: "one of the attack's own options; may be repeated",
      helpValue: 'NAME=VALUE',
      multiple: true,
      multipleNonGreedy: true,
    }),
    seed: Flags.integer({ description: 'seed of every random choice', default: 1, min: 0, helpValue: 'N' }),
    out: Flags.string({ description: 'file to write, of the same format; .gz packs text formats', helpValue: 'FILE' }),
    force: Flags.boolean({ description: 'overwrite existing files' }),
    ...configFlags(configKeys.filter((key) => optionMeta(key).group === 'Columns' && key !== 'split')),
    config: BaseCommand.configFlag,
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Plant)
    const { attackList, plantSummary } = await import('../src/attack/describe.js')
    const show = (lines: readonly string[]): Promise<void> => print(lines.map((line) => safeText(line, 400)).join('\n'))
    if (flags.list) return show(attackList())
    const { checkOut } = await import('../src/attack/write.js')
    const { plantOptions } = await import('../src/attack/request.js')
    const { scanners } = await import('../scanners/index.js')
    const roles = namedColumns((await this.settings(flags, scanners)).config)
    const request = plantOptions(args.file, flags)
    await checkOut(request.out, flags.force)
    const { plantRecorded } = await import('../src/attack/plant-recorded.js')
    const planted = await plantRecorded({ ...request, roles }, request.out)
    await show(plantSummary(planted, request.out))
  }
}
