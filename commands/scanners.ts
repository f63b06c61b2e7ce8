import { Flags } from '@oclif/core'
import { z } from 'zod'
import { BaseCommand } from '../src/cli/base-command.js'
import { configFlags } from '../src/cli/flags.js'
import { print } from '../src/cli/terminal.js'
import { safeJson } from '../src/report/safe-text.js'

export default class Scanners extends BaseCommand {
  static override summary = 'List the scanners: what each looks for, its findings and options.'

  static override examples = [
    { description: 'List them', command: '<%= config.bin %> scanners' },
    { description: 'List them for a program, options as JSON Schema', command: '<%= config.bin %> scanners --json' },
    { description: 'Run one only', command: '<%= config.bin %> scan train.parquet --scanners trigger' },
  ]

  static override flags = {
    ...configFlags(['plugins']),
    config: BaseCommand.configFlag,
    json: Flags.boolean({ description: 'print JSON' }),
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(Scanners)
    const { scanners: own } = await import('../scanners/index.js')
    const { scanners } = await this.settings(flags, own)
    if (flags.json) {
      const listed = scanners.map(({ id, title, description, version, category, messages, options }) => {
        const schema = z.toJSONSchema(options, { io: 'input', unrepresentable: 'any' })
        return { id, title, description, version, category, messages, options: schema }
      })
      await print(safeJson(listed))
      return
    }
    const lines = scanners.flatMap(({ id, title, description, version, category, messages }) => [
      `${id} ${version}  ${title} (${category})`,
      `  ${description}`,
      ...Object.entries(messages).map(([message, { title }]) => `  ${message}: ${title}`),
      '',
    ])
    await print(lines.join('\n').trimEnd())
  }
}
