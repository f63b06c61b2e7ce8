import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../src/cli/base-command.js'
import { EXIT } from '../src/cli/exit-codes.js'
import { configFlags, typedOptions } from '../src/cli/flags.js'
import { runReported } from '../src/cli/run-reported.js'
import { abortOnSignals } from '../src/cli/signals.js'
import { standingText, groupText } from '../src/cli/step-text.js'
import { print } from '../src/cli/terminal.js'
import type { Config } from '../src/config/schema.js'

const SETTINGS = ['out', 'format', 'failOn', 'jobs', 'taskTimeout', 'taskMemory', 'quiet'] as const

export default class Reduce extends BaseCommand {
  static override summary = 'Go on with a planned scan: merge what was read, end the passes, then the next trip or the report.'

  static override description = `Run it where credence map has read all parts of a trip. It names the next trip, exit code 0, until it ends as a scan does: with
the report and the codes of credence scan. Exit code 3 where parts are missing. CREDENCE_STATE_KEY holds the scan's key.

With --trip, --level and --group it merges one group of results instead: what a scan with --engine ray asks its jobs for.`

  static override examples = [
    {
      description: 'The next step, and the report at the end',
      command: '<%= config.bin %> reduce s3://lake/tmp/credence-1f2e --out report',
    },
  ]

  static override usage = 'reduce FOLDER [FLAGS]'

  static override args = {
    folder: Args.string({ required: true, ignoreStdin: true, description: 'folder of the scan, as credence plan names it' }),
  }

  static override flags = {
    'give-up': Flags.boolean({ description: 'count parts without a result as lost: the scan will be incomplete' }),
    trip: Flags.integer({ min: 0, dependsOn: ['level', 'group'], description: 'of the results to merge' }),
    level: Flags.integer({ min: 0, dependsOn: ['trip'], description: 'of the tree that merges them' }),
    group: Flags.integer({ min: 0, dependsOn: ['trip'], description: 'which of the results' }),
    ...configFlags(SETTINGS),
  }

  async run(): Promise<number> {
    const interruption = abortOnSignals()
    const { args, flags } = await this.parse(Reduce)
    const { scanners, registryUrl: registry } = await import('../scanners/index.js')
    const { config: own } = await this.settings(flags, scanners)
    const { keyFromEnvironment } = await import('../src/engine/cluster/state-key.js')
    const key = keyFromEnvironment()
    if (flags.trip !== undefined) return merge(args.folder, key, [flags.trip, flags.level ?? 0, flags.group ?? 0], registry)
    const typed = Object.keys(typedOptions(flags)) as (keyof Config)[]
    const changed: Partial<Config> = Object.fromEntries(typed.map((name) => [name, own[name]]))
    const { stepScan } = await import('../src/step.js')
    return runReported(interruption, { config: own, flags, scanners, resumable: false }, async (watch) => {
      const step = await stepScan(args.folder, key, { scanners, registry, ...watch }, changed, flags['give-up'])
      if (step === null) return { text: 'the scan is over', code: EXIT.ok }
      const { report, config } = step
      if ('findings' in report) return { report, config, scanners: step.scanners }
      return { text: standingText(report), code: report.isNew ? EXIT.ok : EXIT.incomplete }
    })
  }
}

async function merge(address: string, key: Uint8Array, at: [number, number, number], registry: string): Promise<number> {
  const { ScanFolder } = await import('../src/engine/cluster/scan-folder.js')
  const { mergeGroup } = await import('../src/engine/cluster/tasks.js')
  const folder = await ScanFolder.open(address, key)
  try {
    const merged = await mergeGroup(folder, ...at, registry)
    await print(groupText(...at, merged))
    return EXIT.ok
  } finally {
    await folder.close()
  }
}
