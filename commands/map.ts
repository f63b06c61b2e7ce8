import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../src/cli/base-command.js'
import { EXIT } from '../src/cli/exit-codes.js'
import { configFlags } from '../src/cli/flags.js'
import { unlessInterrupted } from '../src/cli/interrupted.js'
import { abortOnSignals } from '../src/cli/signals.js'
import { partText } from '../src/cli/step-text.js'
import { print, printNotice } from '../src/cli/terminal.js'

export default class MapCommand extends BaseCommand {
  static override summary = 'Read one part of a planned scan: what a job of a cluster does (docs/scale.md).'

  static override description = `Leaves the merged states of the part's shards in the scan's folder, encrypted. A part that is there already is left alone,
so that a task may be run again at any time. CREDENCE_STATE_KEY holds the scan's key, AWS_* what an object store asks for.`

  static override examples = [
    {
      description: 'The first part of the first trip',
      command: '<%= config.bin %> map s3://lake/tmp/credence-1f2e --trip 0 --part 0',
    },
  ]

  static override usage = 'map FOLDER --trip N --part N [FLAGS]'

  static override args = {
    folder: Args.string({ required: true, ignoreStdin: true, description: 'folder of the scan, as credence plan names it' }),
  }

  static override flags = {
    trip: Flags.integer({ required: true, min: 0, description: 'which trip over the data' }),
    part: Flags.integer({ required: true, min: 0, description: 'which of its parts' }),
    ...configFlags(['jobs', 'cache', 'quiet']),
  }

  async run(): Promise<number> {
    const interruption = abortOnSignals()
    const { args, flags } = await this.parse(MapCommand)
    const { scanners: own, registryUrl: registry } = await import('../scanners/index.js')
    const { config } = await this.settings(flags, own)
    const [{ ScanFolder }, { mapPart }, { keyFromEnvironment }] = await Promise.all([
      import('../src/engine/cluster/scan-folder.js'),
      import('../src/engine/cluster/tasks.js'),
      import('../src/engine/cluster/state-key.js'),
    ])
    return unlessInterrupted(interruption, 'interrupted; the part was not written', async () => {
      const folder = await ScanFolder.open(args.folder, keyFromEnvironment())
      try {
        const done = await mapPart(folder, flags.trip, flags.part, {
          registry,
          jobs: config.jobs,
          cacheDir: config.cache === 'off' ? null : config.cache,
          onNotice: (line) => void (config.quiet || printNotice(line)),
          signal: interruption.signal,
        })
        await print(partText(flags.trip, flags.part, done))
        return EXIT.ok
      } finally {
        await folder.close()
      }
    })
  }
}
