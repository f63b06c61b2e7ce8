import type { GivenRows } from '../../src/model/provenance.js'
import type { Role } from '../../src/model/role.js'
import type { TracedRole } from './content.js'
import type { TallyResult } from './tally.js'

/** Rows that say where they are from, for the scoreboard of the report. */
export function givenRows({ files, licenses }: TallyResult, roles: readonly Role[]): GivenRows {
  const all = [...files.values()]
  const rows = all.reduce((sum, file) => sum + file.rows, 0)
  const given = (role: TracedRole): number =>
    roles.includes(role) ? rows - all.reduce((sum, { missing }) => sum + missing[role], 0) : 0
  return {
    rows,
    source: given('source'),
    url: given('url'),
    license: given('license'),
    hash: given('hash'),
    licenses: licenses.known.map(([name, count]) => ({ name, rows: count })),
  }
}
