import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../src/cli/base-command.js'
import { EXIT } from '../src/cli/exit-codes.js'
import { configFlags } from '../src/cli/flags.js'
import { unlessInterrupted } from '../src/cli/interrupted.js'
import { KEY_FILE, scriptsFor } from '../src/cli/plan-scripts.js'
import { createProgress } from '../src/cli/progress.js'
import { abortOnSignals } from '../src/cli/signals.js'
import { plannedText } from '../src/cli/step-text.js'
import { print } from '../src/cli/terminal.js'
import { configKeys, optionMeta } from '../src/config/schema.js'

const SETTINGS = configKeys.filter((key) => !/^(engine|resume|ray|online)/.test(key) && optionMeta(key).group !== 'Output')

export default class Plan extends BaseCommand {
  static override summary = 'Plan a scan that other machines work on, task by task: by hand, on Slurm or on Kubernetes.'

  static override description = `Opens the data, cuts it into shards and parts, and writes the plan into a new folder of the storage, encrypted. The key lies in
state-key in the folder of --to: give it to the machines as CREDENCE_STATE_KEY. Ray needs no plan: credence scan --engine ray.`

  static override examples = ['<%= config.bin %> plan /data/train --storage /data/tmp --parts 100 --emit slurm']

  static override usage = 'plan PATH... --storage URI [FLAGS]'

  static override args = {
    path: Args.string({
      required: true,
      multiple: true,
      ignoreStdin: true,
      description: 'files, folders, globs or s3://BUCKET/KEY',
    }),
  }

  static override flags = {
    emit: Flags.string({ options: ['none', 'slurm', 'kubernetes'], default: 'none', description: 'scripts to write' }),
    to: Flags.string({ default: 'credence-plan', helpValue: 'DIR', description: 'folder for the key and the scripts' }),
    command: Flags.string({ default: 'credence', description: 'what starts credence on a machine' }),
    image: Flags.string({ default: 'REGISTRY/credence:VERSION', description: 'container image with credence, for Kubernetes' }),
    ...configFlags([
      ...SETTINGS,
      'quiet',
      'out',
      'format',
      'failOn',
      'baseline',
      'ignoreFile',
      'decisions',
      'allowIncomplete',
      'showValues',
    ]),
    config: BaseCommand.configFlag,
  }

  async run(): Promise<number> {
    const interruption = abortOnSignals()
    const { args, flags } = await this.parse(Plan)
    const { scanners: own, registryUrl: registry } = await import('../scanners/index.js')
    const { config, scanners } = await this.settings(flags, own)
    const progress = createProgress(process.stderr, config.quiet)
    return unlessInterrupted(interruption, 'interrupted', async () => {
      const { planScan } = await import('../src/step.js')
      const { keyText } = await import('../src/engine/cluster/state-key.js')
      const { default: writeFileAtomic } = await import('write-file-atomic')
      const watch = { signal: interruption.signal, onProgress: progress.update, onNotice: progress.notice }
      const { standing, key } = await planScan({ paths: args.path, config, scanners, registry, ...watch }, process.cwd())
      progress.clear()
      const to = resolve(flags.to)
      const scripts = scriptsFor(flags.emit, { ...standing, parts: standing.missing.length, ...flags, to })
      await mkdir(to, { recursive: true, mode: 0o700 })
      await writeFileAtomic(join(to, KEY_FILE), `${keyText(key)}\n`, { mode: 0o600 })
      for (const [name, text] of scripts) await writeFileAtomic(join(to, name), text)
      await print(plannedText(standing, flags.to, KEY_FILE, scripts))
      return EXIT.ok
    }).finally(progress.clear)
  }
}
