import { hkdfSync } from 'node:crypto'
import type { StateKey } from '../state-file.js'
import { CredenceError } from '../../errors.js'

/** The variable that hands a scan's key to the machines that work on it. */
export const KEY_VARIABLE = 'CREDENCE_STATE_KEY'

/** The key of one scan alone: what other machines are told opens no other scan of the user's. */
export function keyOfScan(userKey: StateKey, scan: string): StateKey {
  return new Uint8Array(hkdfSync('sha256', userKey, new Uint8Array(0), `credence scan ${scan}`, 32))
}

export function keyText(key: StateKey): string {
  return Buffer.from(key).toString('hex')
}

/** @throws CredenceError `usage` where the variable is absent or is no key */
export function keyFromEnvironment(env: Readonly<Record<string, string | undefined>> = process.env): StateKey {
  const text = (env[KEY_VARIABLE] ?? '').trim()
  if (!/^[\da-f]{64}$/i.test(text)) {
    throw new CredenceError(
      'usage',
      `${KEY_VARIABLE}: ${text === '' ? 'it is not set' : 'it is no key'}; expected 64 hexadecimal digits`,
      {
        suggestions: ['credence plan writes the key of its plan into a file: state-key'],
      },
    )
  }
  return Uint8Array.from(Buffer.from(text, 'hex'))
}
