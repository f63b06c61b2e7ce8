/** The gate: the right data, by the right key, scanned as the policy asks, and all of it passed. */
import { readBounded } from './bounded-file.js'
import { checkData } from './check-data.js'
import { preAuthEncoding, readEnvelope, type Envelope } from './envelope.js'
import { judge } from './judge.js'
import type { Verifier } from './keys.js'
import type { DataPlace } from './list-data.js'
import type { Policy } from './policy.js'
import type { Reason } from './reason.js'
import { PAYLOAD_TYPE, readStatement, type Attested } from './statement.js'

export interface GateRequest extends Pick<DataPlace, 'paths' | 'cwd' | 'base'> {
  /** Path of the attestation. */
  readonly attestation: string
  /** Any of which may have signed. */
  readonly keys: readonly Verifier[]
  readonly policy: Policy
  /** Beside the policy's own; null for none. */
  readonly maxAgeMs: number | null
  readonly now: Date
  readonly signal?: AbortSignal
}

export interface GateAnswer {
  /** True only where every check was made and none failed. */
  readonly isLetThrough: boolean
  /** Every reason against it; of an envelope that is not trusted, nothing behind it is looked at. */
  readonly reasons: readonly Reason[]
  /** Null where nobody trusted has signed it. */
  readonly attested: Attested | null
  readonly keyId: string | null
}

/** A million files have so much. */
const MOST_BYTES = 256 * 2 ** 20

/** @throws CredenceError where a check could not be made: `not-found`, `usage`, `io`, `limit` */
export async function verifyAttestation(request: GateRequest): Promise<GateAnswer> {
  const refused = (reason: Reason, keyId: string | null = null): GateAnswer => ({
    isLetThrough: false,
    reasons: [reason],
    attested: null,
    keyId,
  })
  const envelope = readEnvelope(await readBounded(request.attestation, MOST_BYTES))
  if (typeof envelope === 'string') return refused({ code: 'envelope', text: `the attestation is no DSSE envelope: ${envelope}` })
  const signer = signerOf(envelope, request.keys)
  if ('code' in signer) return refused(signer)
  const read = readStatement(envelope.payload)
  if ('code' in read) return refused({ code: read.code, text: `what was signed ${read.why}` }, signer.keyId)
  const { attested } = read
  const { policy, maxAgeMs, now, paths, cwd, base, signal } = request
  const place = { paths, cwd, base, allowSymlinks: policy.allowSymlinks, ignore: policy.ignore }
  const data = await checkData(attested.subjects, place, signal)
  const reasons = [...judge(attested, { policy, maxAgeMs, now }), ...data.reasons]
  return { isLetThrough: reasons.length === 0, reasons, attested, keyId: signer.keyId }
}

/** The key that has signed, or why none has. */
function signerOf({ payload, payloadType, signatures }: Envelope, keys: readonly Verifier[]): Verifier | Reason {
  if (payloadType !== PAYLOAD_TYPE) {
    return { code: 'payload-type', text: `the attestation holds ${JSON.stringify(payloadType)}, not ${PAYLOAD_TYPE}` }
  }
  if (signatures.length === 0) return { code: 'unsigned', text: 'the attestation has no signature' }
  const encoded = preAuthEncoding(payloadType, payload)
  const signer = keys.find((key) => signatures.some(({ bytes }) => key.verifies(encoded, bytes)))
  if (signer !== undefined) return signer
  // Key ids are not signed: they say why, never whether.
  const claimed = signatures.flatMap(({ keyId }) => keyId ?? [])
  const isOurs = claimed.length < signatures.length || keys.some(({ keyId }) => claimed.includes(keyId))
  return isOurs
    ? { code: 'signature', text: 'the signature is not one over this attestation: one of them was changed' }
    : { code: 'other-key', text: `another key has signed: ${JSON.stringify(claimed[0] ?? '')}` }
}
