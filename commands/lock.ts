import { dirname, resolve } from 'node:path'
import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../src/cli/base-command.js'
import { EXIT } from '../src/cli/exit-codes.js'
import { configFlags } from '../src/cli/flags.js'
import { unlessInterrupted } from '../src/cli/interrupted.js'
import { lockText } from '../src/cli/lock-text.js'
import { createProgress } from '../src/cli/progress.js'
import { abortOnSignals } from '../src/cli/signals.js'
import { print } from '../src/cli/terminal.js'

const SETTINGS = ['encoder', 'split', 'jobs', 'taskTimeout', 'taskMemory', 'quiet'] as const

export default class LockCommand extends BaseCommand {
  static override summary = 'Write down what a data set is now, to the byte and to the row: credence.lock.json.'

  static override description = `For each file its size and SHA-256, its columns, and a Merkle tree over the content of its rows, which is the same in another format.
credence.lock.rows beside it lets verify name the rows that changed. Commit both, and check with: credence verify PATH...`

  static override examples = [
    { description: 'Lock a folder', command: '<%= config.bin %> lock data/' },
    { description: 'Before each training run', command: '<%= config.bin %> verify data/' },
  ]

  static override usage = 'lock PATH... [FLAGS]'

  static override args = {
    path: Args.string({ required: true, multiple: true, ignoreStdin: true, description: 'files, folders or globs' }),
  }

  static override flags = {
    out: Flags.string({ description: 'file to write', helpValue: 'FILE', default: 'credence.lock.json' }),
    force: Flags.boolean({ description: 'overwrite an existing lock' }),
    ...configFlags(SETTINGS),
    config: BaseCommand.configFlag,
  }

  async run(): Promise<number> {
    const interruption = abortOnSignals()
    const { args, flags } = await this.parse(LockCommand)
    const { scanners: own, registryUrl: registry } = await import('../scanners/index.js')
    const { config, scanners } = await this.settings(flags, own)
    const progress = createProgress(process.stderr, config.quiet)
    const [{ takeSnapshot }, { takeLock }, { refuseLock, writeLock }, { describeEncoder }, { findRecords }] = await Promise.all([
      import('../src/lock/snapshot.js'),
      import('../src/lock/take-lock.js'),
      import('../src/lock/store.js'),
      import('../src/embed/open.js'),
      import('../src/lineage/store.js'),
    ])
    const path = resolve(flags.out)
    refuseLock(path, flags.force)
    const { name, sha256 } = describeEncoder(config)
    return unlessInterrupted(interruption, 'interrupted; nothing was written', async () => {
      const watch = { signal: interruption.signal, onProgress: progress.update, onNotice: progress.notice }
      const request = { paths: args.path, cwd: process.cwd(), folder: dirname(path), config, registry, ...watch }
      const snapshot = await takeSnapshot(request)
      const { records } = await findRecords(snapshot.files.map(({ absolute }) => absolute))
      const lineage = records.map(({ sha256 }) => sha256).sort()
      const taken = takeLock(snapshot, { scanners, encoder: { name, sha256 }, lineage, now: new Date() })
      await writeLock(path, taken)
      progress.clear()
      await print(lockText(taken.lock, flags.out))
      return EXIT.ok
    }).finally(progress.clear)
  }
}
