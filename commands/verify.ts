import { dirname, resolve } from 'node:path'
import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../src/cli/base-command.js'
import { EXIT } from '../src/cli/exit-codes.js'
import { configFlags } from '../src/cli/flags.js'
import { unlessInterrupted } from '../src/cli/interrupted.js'
import { verifyJson, verifyText } from '../src/cli/lock-text.js'
import { createProgress } from '../src/cli/progress.js'
import { abortOnSignals } from '../src/cli/signals.js'
import { print } from '../src/cli/terminal.js'

const SETTINGS = ['split', 'jobs', 'taskTimeout', 'taskMemory', 'quiet'] as const

export default class Verify extends BaseCommand {
  static override summary = 'Say whether a data set is what was locked, and what has become of it if not.'

  static override description = `Where every byte is as locked nothing else is read. Else the rows are: files that were written anew with the same rows are told
from those that hold others, and these are named. Exit codes: 0 as locked; 1 not; 2 wrong usage; 3 failed.`

  static override examples = [
    { description: 'Is it what was reviewed?', command: '<%= config.bin %> verify data/' },
    {
      description: 'In another format, as long as the rows are the same',
      command: '<%= config.bin %> verify data.parquet --accept-rewritten',
    },
  ]

  static override usage = 'verify PATH... [FLAGS]'

  static override args = {
    path: Args.string({ required: true, multiple: true, ignoreStdin: true, description: 'files, folders or globs' }),
  }

  static override flags = {
    lock: Flags.string({ description: 'the lock', helpValue: 'FILE', default: 'credence.lock.json' }),
    'accept-rewritten': Flags.boolean({ description: 'pass where the rows and their order are as locked, whatever the files' }),
    json: Flags.boolean({ description: 'print JSON' }),
    ...configFlags(SETTINGS),
    config: BaseCommand.configFlag,
  }

  async run(): Promise<number> {
    const interruption = abortOnSignals()
    const { args, flags } = await this.parse(Verify)
    const [{ verify }, { readLock, readRowDigests }] = await Promise.all([
      import('../src/lock/verify.js'),
      import('../src/lock/store.js'),
    ])
    const path = resolve(flags.lock)
    const lock = await readLock(path)
    const { scanners: own, registryUrl: registry } = await import('../scanners/index.js')
    const { config } = await this.settings(flags, own)
    const progress = createProgress(process.stderr, config.quiet)
    return unlessInterrupted(interruption, 'interrupted', async () => {
      const watch = { signal: interruption.signal, onProgress: progress.update, onNotice: progress.notice }
      const request = { paths: args.path, cwd: process.cwd(), folder: dirname(path), config, registry, ...watch }
      const found = await verify(lock, await readRowDigests(path, lock), request)
      progress.clear()
      await print(flags.json ? verifyJson(lock, found) : verifyText(lock, found))
      return found.isSame || (found.isSameRows && flags['accept-rewritten']) ? EXIT.ok : EXIT.findings
    }).finally(progress.clear)
  }
}
