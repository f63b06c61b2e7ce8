import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../src/cli/base-command.js'
import { croissantText } from '../src/cli/croissant-text.js'
import { EXIT } from '../src/cli/exit-codes.js'
import { configFlags } from '../src/cli/flags.js'
import { unlessInterrupted } from '../src/cli/interrupted.js'
import { abortOnSignals } from '../src/cli/signals.js'
import { print } from '../src/cli/terminal.js'
import { readLimits } from '../src/config/limits.js'

const SETTINGS = ['split', 'taskTimeout', 'taskMemory'] as const
const about = (description: string, helpValue: string) => Flags.string({ description, helpValue, helpGroup: 'ABOUT' })

export default class Croissant extends BaseCommand {
  static override summary =
    'Write a Croissant document for a data set: what its files are, to the byte, and what their columns hold.'

  static override description = `croissant.json (Croissant 1.0, JSON-LD) names each file with its size and SHA-256, files that make one table together, their columns and types, and splits.
Licence and origins are taken from metadata beside the data, such as a data card, where they are not given. credence scan checks the data against it.`

  static override examples = [
    {
      description: 'Describe a folder',
      command: '<%= config.bin %> croissant data/ --license cc-by-4.0 --creator "Example Lab"',
    },
    { description: 'Write it elsewhere', command: '<%= config.bin %> croissant data/train.parquet --out croissant.json' },
  ]

  static override usage = 'croissant PATH... [FLAGS]'

  static override args = {
    path: Args.string({ required: true, multiple: true, ignoreStdin: true, description: 'files, folders or globs' }),
  }

  static override flags = {
    out: Flags.string({ description: 'file to write [default: croissant.json in the folder of the data]', helpValue: 'FILE' }),
    force: Flags.boolean({ description: 'overwrite an existing document' }),
    name: about('name of the data set [default: that of its folder]', 'NAME'),
    description: about('what it is', 'TEXT'),
    license: about('its licence, as an SPDX identifier or an address', 'LICENCE'),
    url: about('its web page', 'URL'),
    creator: about('the organisation that made it; person:NAME for a person', 'NAME'),
    'date-published': about('when it was published: 2027-01-31', 'DATE'),
    ...configFlags(SETTINGS),
    config: BaseCommand.configFlag,
  }

  async run(): Promise<number> {
    const interruption = abortOnSignals()
    const { args, flags } = await this.parse(Croissant)
    const { scanners } = await import('../scanners/index.js')
    const { config } = await this.settings(flags, scanners)
    const { writeCroissant } = await import('../src/declared/write/write.js')
    const { aboutFrom } = await import('../src/declared/write/about.js')
    return unlessInterrupted(interruption, 'interrupted; nothing was written', async () => {
      const { signal } = interruption
      const given = { limits: readLimits(config), out: flags.out ?? null, force: flags.force, about: aboutFrom(flags) }
      const written = await writeCroissant({ paths: args.path, cwd: process.cwd(), config, signal, ...given })
      await print(croissantText(written))
      return EXIT.ok
    })
  }
}
