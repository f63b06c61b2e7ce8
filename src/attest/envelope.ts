/** DSSE v1: a payload, what kind it is, and signatures over both (https://github.com/secure-systems-lab/dsse). */
import { z } from 'zod'
import type { Signer } from './keys.js'

export interface Envelope {
  readonly payload: Buffer
  readonly payloadType: string
  readonly signatures: readonly Signature[]
}

export interface Signature {
  /** A hint, not signed: null where there is none. */
  readonly keyId: string | null
  readonly bytes: Buffer
}

const MOST_SIGNATURES = 100

const schema = z.object({
  payload: z.string(),
  payloadType: z.string().max(500),
  signatures: z.array(z.object({ keyid: z.string().max(500).nullish(), sig: z.string().max(10_000) })).max(MOST_SIGNATURES),
})

/** What is signed: the pre-authentication encoding, in which no byte of the one part can be taken for one of the other. */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Buffer {
  const type = Buffer.from(payloadType, 'utf8')
  return Buffer.concat([Buffer.from(`DSSEv1 ${type.length} `), type, Buffer.from(` ${payload.length} `), payload])
}

/** @returns the JSON of an envelope */
export function sealed(payloadType: string, payload: Buffer, signer: Signer): string {
  const sig = signer.sign(preAuthEncoding(payloadType, payload)).toString('base64')
  return `${JSON.stringify({ payload: payload.toString('base64'), payloadType, signatures: [{ keyid: signer.keyId, sig }] })}\n`
}

/** @returns why it is no envelope, where it is none */
export function readEnvelope(bytes: Buffer): Envelope | string {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return 'not JSON'
  }
  const parsed = schema.safeParse(json)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return `at ${issue?.path.join('.') || 'the top'}: ${issue?.message ?? ''}`
  }
  const { payload, payloadType, signatures } = parsed.data
  const decoded = decode(payload)
  const signed = signatures.map(({ keyid, sig }) => ({ keyId: keyid ?? null, bytes: decode(sig) }))
  if (decoded === null || !signed.every((signature): signature is Signature => signature.bytes !== null)) return 'not base64'
  return { payload: decoded, payloadType, signatures: signed }
}

/** Base64, of either alphabet; null for what has bytes that mean nothing, which Node would pass over. */
function decode(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64')
  const canonical = (value: string): string =>
    value
      .replaceAll('-', '+')
      .replaceAll('_', '/')
      .replace(/={1,2}$/, '')
  return canonical(bytes.toString('base64')) === canonical(text) ? bytes : null
}
