/** Why an attestation does not let data through. */
export const REASONS = [
  // The envelope.
  'envelope',
  'payload-type',
  'unsigned',
  'other-key',
  'signature',
  // What is signed.
  'statement',
  'predicate',
  'subject-name',
  'duplicate-subject',
  'contradiction',
  'result',
  'incomplete',
  'gaps-allowed',
  'findings-accepted',
  'future',
  'expired',
  'credence-version',
  'scanner-version',
  'rules-version',
  'scanner-missing',
  'encoder',
  'alpha',
  // The data.
  'missing',
  'extra',
  'renamed',
  'swapped',
  'changed',
  'symlink',
  'not-a-file',
  'unreadable',
] as const

export type ReasonCode = (typeof REASONS)[number]

export interface Reason {
  readonly code: ReasonCode
  /** One sentence without its full stop. Untrusted values are in it. */
  readonly text: string
}
