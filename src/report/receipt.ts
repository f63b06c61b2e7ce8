import type { Report, ScannerReceipt } from '../model/report.js'
import type { ReportJson } from './json-schema.js'
import { originOf } from './origin.js'
import { amount, bytes, number } from './summary.js'

/** One line of the coverage receipt. Text may hold untrusted values: the renderer makes it safe. */
export interface ReceiptLine {
  readonly name: string
  readonly text: string
}

const MOST_PROBLEMS = 5

/** The coverage receipt in short: what was looked at, with what, and what was not. */
export function receipt(report: Report | ReportJson): readonly ReceiptLine[] {
  const { coverage } = report
  const lines: ReceiptLine[] = [{ name: 'Rows', text: rowsRead(report) }]
  lines.push({ name: 'Files', text: filesRead(report) })
  const roles = report.roles.map(({ role, column }) => (role === column ? role : `${role}=${column}`)).join(', ')
  lines.push({ name: 'Columns', text: `${report.kind}: ${roles || 'none'}` })
  const origin = originOf(report.provenance)
  if (origin !== null) lines.push({ name: 'Origin', text: origin })
  lines.push({ name: 'Scanners', text: coverage.scanners.map(scannerLine).join('; ') || 'none' })
  const online = coverage.scanners.flatMap(({ limits }) => onlineLine(limits) ?? [])
  for (const text of online) lines.push({ name: 'Online', text })
  const { encoder } = coverage
  const encoded = encoder === null ? 'none used' : `${encoder.name} (sha256 ${encoder.sha256.slice(0, 12)}) on ${encoder.device}`
  lines.push({ name: 'Encoder', text: encoded })
  lines.push({ name: 'Settings', text: `alpha ${coverage.alpha}, seed ${coverage.seed}, credence ${report.tool.version}` })
  for (const text of problems(report)) lines.push({ name: 'Problem', text })
  lines.push({ name: 'Not seen', text: blindSpots(report) })
  return lines
}

function rowsRead({ seconds, coverage: { rows, files } }: Report | ReportJson): string {
  const declared = rows.declared === null ? '' : ` of ${number(rows.declared)} declared`
  const truncated = files.reduce((sum, file) => sum + file.truncated, 0)
  const cut = truncated > 0 ? `, ${amount(truncated, 'cell')} cut at a limit` : ''
  return `${number(rows.read)} read${declared}, ${number(rows.skipped)} skipped${cut}, in ${seconds.toFixed(1)} s`
}

function filesRead({ coverage: { files } }: Report | ReportJson): string {
  const size = bytes(files.reduce((sum, file) => sum + file.bytes, 0))
  const formats = [...new Set(files.map(({ format }) => format))].join(', ')
  const [only] = files
  return files.length === 1 && only !== undefined
    ? `${only.path} (${formats}, ${size})`
    : `${number(files.length)} (${formats || 'none'}, ${size})`
}

function scannerLine({ id, status, reason, limits }: ScannerReceipt): string {
  if (status !== 'ran') return `${id} ${status}${reason === null ? '' : `: ${reason}`}`
  const floor = floorOf(limits)
  return floor === null ? id : `${id} (n* ${number(floor)})`
}

/** What `--online` fetched; null where nothing was asked of the network. */
function onlineLine(limits: ScannerReceipt['limits']): string | null {
  const of = (name: string): number => Number(limits[name] ?? 0)
  if (typeof limits['online'] === 'string') return limits['online']
  if (limits['onlineRequests'] === undefined) return null
  const counts = (['Same', 'Changed', 'Dead', 'Refused', 'Unclear'] as const).map(
    (what) => `${number(of(`online${what}`))} ${what.toLowerCase()}`,
  )
  const sampled = `${number(of('onlineSampled'))} of ${amount(of('onlineRows'), 'row')} with an address and a digest`
  return `${sampled}: ${amount(of('onlineRequests'), 'request')}, ${bytes(of('onlineBytes'))}; ${counts.join(', ')}`
}

function problems({ coverage: { files } }: Report | ReportJson): readonly string[] {
  const all = files.flatMap(({ path, errors }) =>
    errors.map(({ message }) => (message.includes(path) ? message : `${path}: ${message}`)),
  )
  return all.length <= MOST_PROBLEMS ? all : [...all.slice(0, MOST_PROBLEMS), `${number(all.length - MOST_PROBLEMS)} more`]
}

/** n*, under either of the names that scanners give it: the smallest group of rows that one could tell from chance. */
function floorOf(limits: ScannerReceipt['limits']): number | null {
  const floor = limits['nStar']
  return typeof floor === 'number' ? floor : null
}

/** What no static scan finds (docs: limits). Silence about it must not be mistaken for safety. */
function blindSpots(report: Report | ReportJson): string {
  const floors = report.coverage.scanners.flatMap(({ limits }) => floorOf(limits) ?? [])
  const few =
    floors.length === 0 ? 'poison in very few rows' : `poison in fewer than about ${number(Math.min(...floors))} rows (n*)`
  const flips = report.kind === 'preference' ? 'plausible preference flips without a trigger, ' : ''
  return `${few}, ${flips}a biased but varied treatment of a genuine topic`
}
