import { resolve } from 'node:path'
import { Args, Flags } from '@oclif/core'
import writeFileAtomic from 'write-file-atomic'
import { BaseCommand } from '../src/cli/base-command.js'
import { EXIT } from '../src/cli/exit-codes.js'
import { lineageText } from '../src/cli/lineage-text.js'
import { print } from '../src/cli/terminal.js'
import { asCredenceError } from '../src/errors.js'
import { safeJson } from '../src/report/safe-text.js'

export default class Lineage extends BaseCommand {
  static override summary = 'Say what a data set was made from, step by step, and whether every step still holds.'

  static override description = `credence clean, diff and plant leave a record of what they made from what (FILE.lineage.json; credence.lineage.json in a folder).
This follows them back, and holds each link against the files, records and locks that lie there.
Exit codes: 0 nothing contradicts the chain; 1 something does; 2 wrong usage; 3 failed.`

  static override examples = [
    { description: 'Of cleaned data', command: '<%= config.bin %> lineage cleaned/data' },
    { description: 'Of a lock, with a picture', command: '<%= config.bin %> lineage credence.lock.json --svg lineage.svg' },
  ]

  static override usage = 'lineage PATH [FLAGS]'

  static override args = {
    path: Args.string({ required: true, ignoreStdin: true, description: 'data (a file, a folder, a glob), a lock, or a record' }),
  }

  static override flags = {
    json: Flags.boolean({ description: 'print JSON: the chain, and the same as PROV-JSON' }),
    svg: Flags.string({ description: 'draw the chain into this file', helpValue: 'FILE' }),
  }

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Lineage)
    const { entitiesOf, traceLineage } = await import('../src/lineage/chain.js')
    const chain = await traceLineage(args.path, process.cwd())
    const entities = entitiesOf(chain)
    const sum = (of: 'broken' | 'open'): number => entities.reduce((total, entity) => total + entity[of].length, 0)
    const [broken, open] = [sum('broken'), sum('open')]
    if (flags.svg !== undefined) {
      const { lineagePicture } = await import('../src/lineage/picture.js')
      await writeFileAtomic(resolve(flags.svg), lineagePicture(chain), { fsync: true }).catch((error: unknown) => {
        throw asCredenceError(error, 'io', { file: flags.svg ?? '' })
      })
    }
    if (flags.json) {
      const { provDocument } = await import('../src/lineage/prov.js')
      await print(safeJson({ holds: broken === 0, broken, open, chain, prov: provDocument(chain) }))
    } else await print(lineageText(chain, broken, open))
    return broken === 0 ? EXIT.ok : EXIT.findings
  }
}
