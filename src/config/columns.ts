import { ROLES, type Role } from '../model/role.js'
import type { Config } from './schema.js'

/** Columns that the user named, by role. `split` is not among them: as an option it filters. */
export function namedColumns(config: Config): Partial<Record<Role, string>> {
  const named: Partial<Record<Role, string>> = {}
  for (const role of ROLES) {
    const column = role === 'split' ? null : config[role]
    if (column !== null) named[role] = column
  }
  return named
}
