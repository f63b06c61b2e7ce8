/** What `credence lineage` prints. */
import type { Activity, Entity } from '../lineage/chain.js'
import { safeText } from '../report/safe-text.js'
import { amount, bytes } from '../report/summary.js'

const LONGEST_LINE = 300
const LONGEST_PARAMETERS = 200
const MOST_LISTED = 20
const SHORT = 16

const STATES: Readonly<Record<Entity['state'], string>> = {
  same: 'as recorded',
  changed: 'changed',
  missing: 'not there',
  elsewhere: 'not looked at',
}

/** A line a fact, indented by how far back it is, and at the end whether the chain holds. */
export function lineageText(start: Entity, broken: number, open: number): string {
  const lines = entityLines(start, '')
  if (start.activities.length === 0) lines.push('no record says where it comes from')
  const left = open === 0 ? '' : `, ${amount(open, 'thing')} could not be looked at`
  lines.push(broken === 0 ? `nothing contradicts the chain${left}` : `broken: ${amount(broken, 'contradiction')}${left}`)
  return lines.map((line) => safeText(line, LONGEST_LINE)).join('\n')
}

function entityLines(
  { name, root, files, bytes: size, state, lock, activities, broken, open }: Entity,
  indent: string,
): string[] {
  const locked = lock === null ? 'no lock' : `${lock.path} ${lock.agrees ? 'agrees' : 'differs'}`
  return [
    `${indent}${name}  ${amount(files, 'file')}, ${bytes(size)}, root ${root.slice(0, SHORT)}, ${STATES[state]}, ${locked}`,
    ...few(broken).map((line) => `${indent}  BROKEN  ${line}`),
    ...few(open).map((line) => `${indent}  open  ${line}`),
    ...activities.flatMap((activity) => activityLines(activity, `${indent}  `)),
  ]
}

function activityLines(activity: Activity, indent: string): string[] {
  const { operation, version, endedAtTime, parameters, parametersSha256, record, wasDerivedFrom } = activity
  const given = JSON.stringify(parameters)
  const shown = given.length > LONGEST_PARAMETERS ? `${given.slice(0, LONGEST_PARAMETERS)}…` : given
  return [
    `${indent}wasGeneratedBy ${operation}, credence ${version}, ${endedAtTime}, as ${record} says`,
    `${indent}  parameters ${parametersSha256.slice(0, SHORT)}  ${shown}`,
    `${indent}wasDerivedFrom`,
    ...wasDerivedFrom.flatMap((entity) => entityLines(entity, `${indent}  `)),
  ]
}

function few(lines: readonly string[]): string[] {
  const shown = lines.slice(0, MOST_LISTED)
  return lines.length > shown.length ? [...shown, `… and ${lines.length - shown.length} more`] : shown
}
