/** What the flags of `credence verify` ask of an attestation. */
import { resolve } from 'node:path'
import { readVerifiers } from './keys.js'
import { DEFAULT_POLICY, durationMs, readPolicy } from './policy.js'
import { verifyAttestation, type GateAnswer } from './verify-attestation.js'
import { CredenceError } from '../errors.js'

export interface GateFlags {
  readonly attestation: string
  readonly key?: string | undefined
  readonly policy?: string | undefined
  readonly maxAge?: string | undefined
  readonly base?: string | undefined
}

/** @throws CredenceError `usage` for flags that are missing or wrong, and as {@link verifyAttestation} does */
export async function gate(flags: GateFlags, paths: readonly string[], signal: AbortSignal): Promise<GateAnswer> {
  const { attestation, key, policy, maxAge } = flags
  if (key === undefined) {
    throw new CredenceError('usage', '--attestation needs --key: a signature says nothing where nobody says whose it must be')
  }
  const maxAgeMs = maxAge === undefined ? null : durationMs(maxAge)
  if (maxAge !== undefined && maxAgeMs === null) {
    throw new CredenceError('usage', `--max-age ${maxAge}: expected an age such as 30d, 12h or 90m`)
  }
  return verifyAttestation({
    attestation,
    keys: await readVerifiers(key),
    policy: policy === undefined ? DEFAULT_POLICY : await readPolicy(policy),
    maxAgeMs,
    now: new Date(),
    paths,
    cwd: process.cwd(),
    base: resolve(flags.base ?? ''),
    signal,
  })
}
