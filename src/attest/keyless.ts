/**
 * Signing without a key of one's own, in CI: sigstore's certificate authority vouches for who the run is, and its log keeps
 * that. The only part of credence that reaches for the network, and only where it is asked to.
 */
import { CredenceError } from '../errors.js'

export interface Sigstore {
  readonly fulcio?: string
  readonly rekor?: string
}

const TIMEOUT_MS = 30_000
const HOW = ['npm install @sigstore/sign @sigstore/bundle, where credence is installed']

/**
 * @returns the JSON of a sigstore bundle, with the DSSE envelope in it
 * @throws CredenceError `usage` where the packages are not there, or nobody says who this run is; `io` where sigstore does not answer
 */
export async function sealedKeyless(payloadType: string, payload: Buffer, { fulcio, rekor }: Sigstore = {}): Promise<string> {
  const [sign, { bundleToJSON }] = await Promise.all([import('@sigstore/sign'), import('@sigstore/bundle')]).catch(
    (error: unknown) => {
      throw new CredenceError('usage', '--keyless needs packages that credence does not bring along', {
        suggestions: HOW,
        cause: error,
      })
    },
  )
  const token = await new sign.CIContextProvider('sigstore').getToken().catch((error: unknown) => {
    throw new CredenceError('usage', 'nobody says who this run is: --keyless needs a CI job that may ask for an identity token', {
      suggestions: ['GitHub Actions: permissions: id-token: write', 'elsewhere: the token in SIGSTORE_ID_TOKEN'],
      cause: error,
    })
  })
  const retry = { timeout: TIMEOUT_MS, retry: 2 }
  const builder = new sign.DSSEBundleBuilder({
    signer: new sign.FulcioSigner({
      fulcioBaseURL: fulcio ?? sign.DEFAULT_FULCIO_URL,
      identityProvider: { getToken: () => Promise.resolve(token) },
      ...retry,
    }),
    witnesses: [new sign.RekorWitness({ rekorBaseURL: rekor ?? sign.DEFAULT_REKOR_URL, entryType: 'dsse', ...retry })],
  })
  try {
    return `${JSON.stringify(bundleToJSON(await builder.create({ data: payload, type: payloadType })))}\n`
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new CredenceError('io', `sigstore has not signed: ${why}`, { cause: error })
  }
}
