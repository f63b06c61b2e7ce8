/** Files whose bytes are not those that a checksum beside them was made of: what the readers noted, as a finding. */
import type { ErrorRecord } from '../errors.js'
import { fingerprint } from '../math/fingerprint.js'
import type { Finding } from '../model/finding.js'
import type { FileReceipt } from '../model/report.js'
import { REPORTED_BY } from './sources.js'

const MESSAGE = 'provenance/checksum'
const SCORE = 0.9
/** Files named in the title. */
const NAMED = 3

/** One finding for all such files; none where every checksum holds. */
export function integrityFindings(files: readonly FileReceipt[]): Finding[] {
  const altered = files.flatMap(({ path, errors }) => {
    const found = errors.filter(({ code }) => code === 'integrity')
    return found.length > 0 ? [{ path, parts: new Set(found.map(partOf)).size, first: found[0]!.message }] : []
  })
  const [first] = altered
  if (first === undefined) return []
  const paths = altered.map(({ path }) => path)
  const more = altered.length > NAMED ? ` and ${altered.length - NAMED} more` : ''
  const names = paths
    .slice(0, NAMED)
    .map((path) => JSON.stringify(path))
    .join(', ')
  return [
    {
      id: `${REPORTED_BY}-${fingerprint(`${MESSAGE} ${paths.join('\u0000')}`)}`,
      scanner: REPORTED_BY,
      message: MESSAGE,
      category: 'provenance',
      severity: 'high',
      score: SCORE,
      title: `${names}${more} ${altered.length === 1 ? 'does' : 'do'} not match ${altered.length === 1 ? 'its' : 'their'} own checksums`,
      why: `The bytes were changed or damaged after they were written: ${first.first}.`,
      advice: 'Fetch the data again from where it was published, and do not train on this copy.',
      evidence: { files: altered.length, parts: altered.reduce((sum, { parts }) => sum + parts, 0) },
      rows: [],
      examples: [],
    },
  ]
}

/** A column of a row group, or the whole file: several shards may read the same one. */
function partOf({ place: { rowGroup, column } }: ErrorRecord): string {
  return `${rowGroup ?? ''} ${column ?? ''}`
}
