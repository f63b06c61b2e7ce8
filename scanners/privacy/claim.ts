import type { Example } from '../../src/model/finding.js'
import type { Kind } from './kinds.js'
import type { ValueCount } from './values.js'

/** What a finding is made of. */
export interface Claim {
  readonly kind: Kind
  readonly rows: readonly { readonly file: number; readonly row: number }[]
  readonly rowCount: number
  readonly values: readonly ValueCount[]
  readonly distinct: number
  readonly types: ReadonlyMap<string, number>
  readonly examples: readonly Example[]
  readonly extra?: Readonly<Record<string, number | string>>
}
