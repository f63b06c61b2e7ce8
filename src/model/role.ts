/** What a column is for. */
export const ROLES = [
  'text',
  'label',
  'prompt',
  'response',
  'chosen',
  'rejected',
  'source',
  'url',
  'timestamp',
  'license',
  'hash',
  'id',
  'split',
] as const

export type Role = (typeof ROLES)[number]

/** The kind of examples that a data set holds; it follows from the roles found. */
export type DataKind = 'classification' | 'instruction' | 'preference' | 'documents'
