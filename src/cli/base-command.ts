import { Args, Command, Flags } from '@oclif/core'
import { loadConfig } from '../config/load.js'
import type { Config } from '../config/schema.js'
import type { ScannerDefinition } from '../scanner.js'
import { typedOptions } from './flags.js'
import { printNotice } from './terminal.js'

/** What the commands share. Errors are thrown; `main` prints them and chooses the exit code. */
export abstract class BaseCommand extends Command {
  static override baseFlags = {
    debug: Flags.boolean({ description: 'print stack traces with errors (also CREDENCE_DEBUG=1)', helpGroup: 'GLOBAL' }),
  }

  /** The flag of commands that read settings. */
  static readonly configFlag = Flags.string({
    description: 'configuration file [default: credence.config.yaml, .yml or .json here]',
    helpValue: 'FILE',
    helpGroup: 'GLOBAL',
  })

  /** The argument of commands that read a written report. */
  static readonly reportArg = Args.string({
    required: true,
    ignoreStdin: true,
    description: 'report.json, or its folder (scan --out DIR --format json)',
  })

  /** The settings, and all scanners: those given and those of plugins. */
  protected async settings(
    flags: Readonly<Record<string, unknown>>,
    own: readonly ScannerDefinition[],
  ): Promise<{ config: Config; scanners: readonly ScannerDefinition[] }> {
    const file = typeof flags['config'] === 'string' ? flags['config'] : null
    const { config, scanners, notices } = await loadConfig({ scanners: own, flags: typedOptions(flags), file })
    if (!config.quiet) for (const notice of notices) await printNotice(notice)
    return { config, scanners }
  }
}
