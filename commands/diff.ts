import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../src/cli/base-command.js'
import { configFlags } from '../src/cli/flags.js'
import { runReported } from '../src/cli/run-reported.js'
import { abortOnSignals } from '../src/cli/signals.js'
import { CredenceError } from '../src/errors.js'

export default class Diff extends BaseCommand {
  static override summary = 'Say what a contribution changes: scan a data set beside the state that it is to replace.'

  static override description = `Rows are matched by content, whatever their order and the files' format. What the base has as well does not count.
With --base, the base is the same paths as they were at a commit; what git LFS or DVC keeps is taken from this machine.

Exit codes are those of scan: 1 where the contribution brings findings at or above --fail-on.`

  static override examples = [
    { description: 'Two files or folders', command: '<%= config.bin %> diff main.parquet contribution.parquet' },
    { description: 'What a pull request changes', command: '<%= config.bin %> diff --base origin/main data/' },
    {
      description: 'With a report for the reviewer',
      command: '<%= config.bin %> diff --base origin/main data/ --out report --format json,md',
    },
  ]

  static override usage = ['diff BASE HEAD [FLAGS]', 'diff --base REF PATH... [FLAGS]']

  static override args = {
    path: Args.string({
      required: true,
      multiple: true,
      ignoreStdin: true,
      description: 'BASE and HEAD, each a file, folder or glob; with --base, files and folders of the working tree',
    }),
  }

  static override flags = {
    base: Flags.string({ description: 'commit, branch or tag to compare with', helpValue: 'REF', helpGroup: 'SCAN' }),
    ...configFlags(),
    config: BaseCommand.configFlag,
  }

  async run(): Promise<number> {
    const interruption = abortOnSignals()
    const { args, flags } = await this.parse(Diff)
    const { scanners: own, registryUrl: registry } = await import('../scanners/index.js')
    const { config, scanners } = await this.settings(flags, own)
    const { base: ref } = flags
    const [first, second, ...more] = args.path
    if (ref === undefined && (first === undefined || second === undefined || more.length > 0)) {
      throw new CredenceError('usage', `diff takes BASE and HEAD, ${args.path.length} given`, {
        suggestions: ['compare with a commit: diff --base REF PATH...'],
      })
    }
    if (args.path.includes('-')) throw new CredenceError('usage', 'diff reads files: standard input cannot be compared')
    const [{ diff }, { DiffLineage }] = await Promise.all([import('../src/diff.js'), import('../src/lineage/diff-lineage.js')])
    const lineage = new DiffLineage(config)
    const written = (names: readonly string[]): Promise<void> => lineage.write(names)
    return runReported(interruption, { config, flags, scanners, resumable: false, written }, async (watch) => {
      if (ref === undefined) {
        const compared = { paths: [second ?? ''], base: { paths: [first ?? ''], name: first ?? '' } }
        return lineage.around({ ...compared, ref }, () => diff({ ...compared, config, scanners, registry, ...watch }))
      }
      const { checkoutBase } = await import('../src/compare/git-base.js')
      const checkout = await checkoutBase(ref, args.path, process.cwd())
      const base = { paths: checkout.paths, cwd: checkout.cwd, name: ref }
      const compared = { paths: args.path, base }
      const work = lineage.around({ ...compared, ref }, () => diff({ ...compared, config, scanners, registry, ...watch }))
      return work.finally(() => checkout.dispose())
    })
  }
}
