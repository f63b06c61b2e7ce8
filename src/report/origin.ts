/** The scoreboard of provenance in a line: what share of rows and files can be traced and checked. */
import type { ProvenanceBoard } from '../model/provenance.js'
import { amount, number } from './summary.js'

const MOST_METADATA = 5

/** Null where it was not looked at. Text may hold untrusted values: the renderer makes it safe. */
export function originOf(board: ProvenanceBoard | undefined): string | null {
  if (board === undefined) return null
  return [rowsOf(board), filesOf(board), metadataOf(board)].filter((text) => text !== '').join('; ')
}

function rowsOf({ rows }: ProvenanceBoard): string {
  if (rows === null || rows.rows === 0) return ''
  const given = (
    [
      ['a source', rows.source],
      ['an address', rows.url],
      ['a licence', rows.license],
      ['a digest', rows.hash],
    ] as const
  ).filter(([, count]) => count > 0)
  if (given.length === 0) return 'no row gives a source, licence or digest'
  return `rows with ${given.map(([what, count]) => `${what} ${share(count, rows.rows)}`).join(', ')}`
}

function filesOf({ files: { total, declared, matching } }: ProvenanceBoard): string {
  if (declared === 0) return ''
  const holds = matching === declared ? (declared === 1 ? 'it holds' : 'all hold') : `${number(matching)} of them hold`
  return `SHA-256 declared for ${number(declared)} of ${amount(total, 'file')}, ${holds}`
}

function metadataOf({ metadata }: ProvenanceBoard): string {
  if (metadata.length === 0) return 'no metadata beside the data'
  const shown = metadata.slice(0, MOST_METADATA).map(({ path, error, problems }) => {
    const state = error !== null ? ' (cannot be read)' : problems.length > 0 ? ` (${amount(problems.length, 'mistake')})` : ''
    return `${path}${state}`
  })
  const more = metadata.length > MOST_METADATA ? ` and ${number(metadata.length - MOST_METADATA)} more` : ''
  return `metadata: ${shown.join(', ')}${more}`
}

/** Never rounded up to all, nor down to none. */
function share(count: number, of: number): string {
  const percent = (100 * count) / of
  if (count > 0 && percent < 0.1) return '< 0.1 %'
  return count === of ? '100 %' : `${Math.min(99.9, Number(percent.toFixed(1)))} %`
}
