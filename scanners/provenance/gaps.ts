import type { Finding } from '../../src/model/finding.js'
import type { PassContext } from '../../src/scanner.js'
import { claim, counted, quoted } from './claim.js'
import type { CollectState } from './collect.js'
import type { TracedRole } from './content.js'
import { TRACED_ROLES } from './content.js'
import { listed } from './faults.js'
import type { TallyResult } from './tally.js'

const NAMES: Readonly<Record<TracedRole, string>> = {
  source: 'source',
  url: 'address',
  license: 'licence',
  hash: 'digest',
  id: 'id',
}

/** Findings about provenance that is not given: not at all, not in some files, not in some rows. */
export function gapFindings(state: CollectState, { files }: TallyResult, { data }: PassContext): Finding[] {
  const read = [...files].filter(([, { rows }]) => rows > 0).sort(([a], [b]) => a - b)
  const given = TRACED_ROLES.filter(
    (role) => data.roles.includes(role) && read.some(([, { rows, missing }]) => missing[role] < rows),
  )
  const findings: Finding[] = []
  if (read.length > 0 && given.every((role) => role === 'id')) {
    findings.push(
      claim({
        message: 'provenance/no-columns',
        severity: 'info',
        title: 'No source, address, licence or digest is given for any row',
        why: 'Rows cannot be traced to where they come from, so that one bad source cannot be told from the others.',
        evidence: { rows: read.reduce((sum, [, { rows }]) => sum + rows, 0) },
      }),
    )
  }
  for (const role of given) {
    const lacking = read.filter(([, { rows, missing }]) => missing[role] === rows)
    if (lacking.length > 0) findings.push(columnGap(role, lacking, read.length, data.files))
    const partial = read.filter(([, { rows, missing }]) => missing[role] > 0 && missing[role] < rows)
    if (partial.length > 0) findings.push(missingValues(role, partial, state))
  }
  return findings
}

type Tallied = readonly (readonly [number, { readonly rows: number; readonly missing: Readonly<Record<TracedRole, number>> }])[]

function columnGap(role: TracedRole, lacking: Tallied, read: number, files: PassContext['data']['files']): Finding {
  const rows = lacking.reduce((sum, [, file]) => sum + file.rows, 0)
  const paths = lacking.map(([index]) => files[index]?.path ?? `file ${index}`)
  return claim({
    message: 'provenance/column-gap',
    about: role,
    severity: 'medium',
    title: `${counted(lacking.length, 'file')} of ${read} without any ${NAMES[role]}: ${quoted(paths)}`,
    why: `The other files give one; these ${counted(rows, 'row')} cannot be traced by it.`,
    evidence: { role, files: lacking.length, rows },
  })
}

/** A row that a digest column does not vouch for can be changed unseen; the other gaps are matters of tidiness. */
function missingValues(role: TracedRole, partial: Tallied, state: CollectState): Finding {
  const missing = partial.reduce((sum, [, file]) => sum + file.missing[role], 0)
  const rows = partial.reduce((sum, [, file]) => sum + file.rows, 0)
  const named = listed(state.missing[role])
  return claim({
    message: 'provenance/missing-values',
    about: role,
    severity: role === 'hash' ? 'medium' : 'low',
    title: `${counted(missing, 'row')} of ${rows} without ${role === 'id' || role === 'url' ? 'an' : 'a'} ${NAMES[role]}`,
    why: `Rows beside them have one, so that ${missing === 1 ? 'this one stands' : 'these stand'} out as untraced.`,
    evidence: { role, rows: missing, of: rows, share: missing / rows, listed: named.rows?.length ?? 0 },
    ...named,
  })
}
