import { writeFile } from 'node:fs/promises'
import { Flags } from '@oclif/core'
import { BaseCommand } from '../src/cli/base-command.js'
import { print } from '../src/cli/terminal.js'
import { CONFIG_FILES } from '../src/config/file.js'
import { configJsonSchema } from '../src/config/schema.js'
import { asCredenceError, CredenceError } from '../src/errors.js'
import { safeJson } from '../src/report/safe-text.js'

const [FILE] = CONFIG_FILES

export default class Init extends BaseCommand {
  static override summary = `Write a ${FILE} here that explains every setting.`

  static override description = 'Every setting is there at its default, as a comment; an existing file is kept unless --force.'

  static override examples = [
    { description: 'Write the file', command: '<%= config.bin %> init' },
    { description: 'Print a JSON Schema of it for an editor', command: '<%= config.bin %> init --schema' },
  ]

  static override flags = {
    force: Flags.boolean({ description: 'overwrite an existing file' }),
    schema: Flags.boolean({ description: 'print the JSON Schema of a configuration file, and write nothing' }),
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(Init)
    const { scanners } = await import('../scanners/index.js')
    if (flags.schema) return print(safeJson(configJsonSchema(scanners)))
    const { configTemplate } = await import('../src/config/template.js')
    try {
      await writeFile(FILE, configTemplate(scanners), { flag: flags.force ? 'w' : 'wx' })
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
        throw new CredenceError('usage', `${FILE} exists already`, { suggestions: ['overwrite it with --force'] })
      }
      throw asCredenceError(error, 'io', { file: FILE })
    }
    await print(`wrote ${FILE}`)
  }
}
