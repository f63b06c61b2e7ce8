import { dirname, resolve } from 'node:path'
import { Args, Flags, type Interfaces } from '@oclif/core'
import { gateJson, gateText } from '../src/cli/attest-text.js'
import { BaseCommand } from '../src/cli/base-command.js'
import { EXIT } from '../src/cli/exit-codes.js'
import { configFlags } from '../src/cli/flags.js'
import { unlessInterrupted } from '../src/cli/interrupted.js'
import { verifyJson, verifyText } from '../src/cli/lock-text.js'
import { createProgress } from '../src/cli/progress.js'
import { abortOnSignals } from '../src/cli/signals.js'
import { print } from '../src/cli/terminal.js'

const SETTINGS = ['split', 'jobs', 'taskTimeout', 'taskMemory', 'quiet'] as const
const withAttestation = { dependsOn: ['attestation'], helpGroup: 'ATTESTATION' }
type Ask = Interfaces.InferredFlags<typeof Verify.flags> & { paths: string[]; signal: AbortSignal }

export default class Verify extends BaseCommand {
  static override summary = 'Say whether a data set is what was locked, or what was scanned, passed and attested.'
  static override description = `With a lock: where every byte is as locked nothing else is read. Else the rows are: files that were written anew with the same rows
are told from those that hold others, and these are named. With --attestation: nothing is let through but the files that were scanned,
with a result that the key's owner signed and the policy allows (docs/attest.md). With both, both must hold.
Exit codes: 0 all as it should be; 1 not; 2 wrong usage; 3 failed.`

  static override examples = [
    { description: 'Is it what was reviewed?', command: '<%= config.bin %> verify data/' },
    { description: 'In another format', command: '<%= config.bin %> verify data.parquet --accept-rewritten' },
    {
      description: 'Before training',
      command: '<%= config.bin %> verify data/ --attestation credence.intoto.json --key key.pub',
    },
  ]
  static override usage = 'verify PATH... [FLAGS]'
  static override args = {
    path: Args.string({ required: true, multiple: true, ignoreStdin: true, description: 'files, folders or globs' }),
  }
  static override flags = {
    lock: Flags.string({ description: 'the lock [default: credence.lock.json]', helpValue: 'FILE' }),
    'accept-rewritten': Flags.boolean({ description: 'pass where the rows and their order are as locked, whatever the files' }),
    attestation: Flags.string({ description: 'the attestation; the lock is then asked only with --lock', helpValue: 'FILE' }),
    key: Flags.string({ description: 'public keys, any of which may have signed', helpValue: 'FILE', ...withAttestation }),
    policy: Flags.string({ description: 'what else is asked (YAML)', helpValue: 'FILE', ...withAttestation }),
    'max-age': Flags.string({ description: 'refuse older scans: 30d, 12h', helpValue: 'AGE', ...withAttestation }),
    base: Flags.string({ description: 'folder that names begin at [default: here]', helpValue: 'DIR', ...withAttestation }),
    json: Flags.boolean({ description: 'print JSON' }),
    ...configFlags(SETTINGS),
    config: BaseCommand.configFlag,
  }

  async run(): Promise<number> {
    const interruption = abortOnSignals()
    const { args, flags } = await this.parse(Verify)
    return unlessInterrupted(interruption, 'interrupted', async () => {
      const ask = { ...flags, paths: args.path, signal: interruption.signal }
      const isAttested = flags.attestation === undefined || (await this.attested(ask, flags.attestation))
      const isLocked = (flags.attestation !== undefined && flags.lock === undefined) || (await this.locked(ask))
      return isAttested && isLocked ? EXIT.ok : EXIT.findings
    })
  }

  private async attested({ paths, signal, json, ...flags }: Ask, attestation: string): Promise<boolean> {
    const { gate } = await import('../src/attest/gate.js')
    const answer = await gate({ ...flags, maxAge: flags['max-age'], attestation }, paths, signal)
    await print(json ? gateJson(answer) : gateText(answer))
    return answer.isLetThrough
  }

  private async locked({ paths, signal, json, ...flags }: Ask): Promise<boolean> {
    const [{ verify }, store] = await Promise.all([import('../src/lock/verify.js'), import('../src/lock/store.js')])
    const path = resolve(flags.lock ?? 'credence.lock.json')
    const lock = await store.readLock(path)
    const { scanners: own, registryUrl: registry } = await import('../scanners/index.js')
    const { config } = await this.settings(flags, own)
    const progress = createProgress(process.stderr, config.quiet)
    const watch = { signal, onProgress: progress.update, onNotice: progress.notice }
    const request = { paths, cwd: process.cwd(), folder: dirname(path), config, registry, ...watch }
    const found = await verify(lock, await store.readRowDigests(path, lock), request).finally(progress.clear)
    await print(json ? verifyJson(lock, found) : verifyText(lock, found))
    return found.isSame || (found.isSameRows && flags['accept-rewritten'])
  }
}
