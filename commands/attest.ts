import { resolve } from 'node:path'
import { Flags } from '@oclif/core'
import { BaseCommand } from '../src/cli/base-command.js'
import type { Unsigned } from '../src/attest/attest.js'
import { attestedText } from '../src/cli/attest-text.js'
import { EXIT } from '../src/cli/exit-codes.js'
import { print } from '../src/cli/terminal.js'

export default class Attest extends BaseCommand {
  static override summary = 'Sign what a scan came to, over the bytes that it read: for a gate in front of training.'

  static override description = `Writes an in-toto statement of the test result in a DSSE envelope. Digests are those that the scan took of what it read.
A key comes from --key (Ed25519 or ECDSA P-256, PEM, PKCS #8; its passphrase in CREDENCE_KEY_PASSPHRASE). --keyless asks sigstore
for a certificate of the CI job instead, and writes a sigstore bundle; the certificate and the statement's digest become public.
The gate is: credence verify PATH... --attestation FILE --key PUBLIC`

  static override examples = [
    { description: 'Sign a report', command: '<%= config.bin %> attest report --key key.pem' },
    {
      description: 'Before training',
      command: '<%= config.bin %> verify data/ --attestation credence.intoto.json --key key.pub',
    },
  ]

  static override usage = 'attest REPORT (--key FILE | --keyless) [FLAGS]'

  static override args = { report: BaseCommand.reportArg }

  static override flags = {
    key: Flags.string({ description: 'private key to sign with', helpValue: 'FILE', exactlyOne: ['key', 'keyless'] }),
    keyless: Flags.boolean({ description: "in CI: sign through sigstore's public services, over the network" }),
    out: Flags.string({ description: 'file to write', helpValue: 'FILE', default: 'credence.intoto.json' }),
    base: Flags.string({ description: 'folder that names of files begin at', helpValue: 'DIR', default: '.' }),
    force: Flags.boolean({ description: 'overwrite an existing attestation' }),
  }

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Attest)
    const [{ unsignedStatement, runUrl }, { refuseExisting, writeWhole }] = await Promise.all([
      import('../src/attest/attest.js'),
      import('../src/attest/write-file.js'),
    ])
    const out = resolve(flags.out)
    refuseExisting(out, flags.force)
    const signed = await this.signer(flags.key)
    const place = { cwd: process.cwd(), base: resolve(flags.base) }
    const statement = await unsignedStatement({ report: args.report, url: runUrl(process.env), ...place })
    await writeWhole(out, await signed.seal(statement))
    await print(attestedText(statement, signed.keyId, flags.out))
    return EXIT.ok
  }

  /** @param key of a file; without one sigstore signs */
  private async signer(
    key: string | undefined,
  ): Promise<{ keyId: string | null; seal: (statement: Unsigned) => Promise<string> }> {
    if (key === undefined) {
      const { sealedKeyless } = await import('../src/attest/keyless.js')
      return { keyId: null, seal: ({ payloadType, payload }) => sealedKeyless(payloadType, payload) }
    }
    const [{ readSigner, PASSPHRASE_VARIABLE }, { sealed }] = await Promise.all([
      import('../src/attest/keys.js'),
      import('../src/attest/envelope.js'),
    ])
    const signer = await readSigner(key, process.env[PASSPHRASE_VARIABLE])
    return { keyId: signer.keyId, seal: ({ payloadType, payload }) => Promise.resolve(sealed(payloadType, payload, signer)) }
  }
}
