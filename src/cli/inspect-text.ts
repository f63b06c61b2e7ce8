import type { FileInspection, Inspection } from '../read/inspect.js'
import { safeText } from '../report/safe-text.js'
import { amount, bytes, number } from '../report/summary.js'

const MOST_FILES = 20
const LONGEST_NAME = 40
const LONGEST_TYPE = 60

/** What `credence inspect` prints: files, columns with roles and why, differences between files, the first rows. One safe line each. */
export function inspectText(inspection: Inspection, width: number): string {
  const lines = [
    ...fileLines(inspection),
    '',
    ...columnLines(inspection),
    ...differenceLines(inspection),
    ...rowLines(inspection, width),
  ]
  return lines.join('\n')
}

function fileLines({ files, kind }: Inspection): string[] {
  const rows = files.some((file) => file.rows === null) ? null : files.reduce((sum, file) => sum + (file.rows ?? 0), 0)
  const shards = files.reduce((sum, file) => sum + file.shards, 0)
  const size = bytes(files.reduce((sum, file) => sum + file.bytes, 0))
  const counted = rows === null ? 'rows not counted' : amount(rows, 'row')
  const lines = [`${amount(files.length, 'file')} · ${counted} · ${amount(shards, 'shard')} · ${size} · ${kind}`]
  for (const file of files.slice(0, MOST_FILES)) lines.push(`  ${fileLine(file)}`)
  if (files.length > MOST_FILES) lines.push(`  … and ${number(files.length - MOST_FILES)} more`)
  return lines
}

function fileLine({ path, format, compression, split, rows, shards, bytes: size, error }: FileInspection): string {
  const kind = compression === 'none' ? format : `${format}, ${compression}`
  const parts = [kind, rows === null ? 'rows not counted' : amount(rows, 'row'), amount(shards, 'shard'), bytes(size)]
  if (split !== null) parts.push(`split ${split}`)
  if (error !== null) parts.push(`cannot be read: ${error.message}`)
  return `${safeText(path, 200)}  ${safeText(parts.join(' · '), 400)}`
}

/** Columns of the first file that has any; a role may be made of several columns and then has a line of its own. */
function columnLines({ files, roles }: Inspection): string[] {
  const columns = files.find((file) => file.columns.length > 0)?.columns ?? []
  const named = columns.map(({ name, type }) => {
    const own = roles.filter((role) => role.column === name)
    const why = own.map((choice) => `${choice.role} (${choice.why})`).join(', ')
    return [safeText(name, LONGEST_NAME), safeText(type, LONGEST_TYPE), safeText(why, 200)] as const
  })
  const joined = roles.filter(({ column }) => !columns.some(({ name }) => name === column))
  const nameWidth = Math.max(0, ...named.map(([name]) => name.length))
  const typeWidth = Math.max(0, ...named.map(([, type]) => type.length))
  return [
    'Columns and roles',
    ...named.map(([name, type, why]) => `  ${name.padEnd(nameWidth)}  ${type.padEnd(typeWidth)}  ${why}`.trimEnd()),
    ...joined.map(({ role, column, why }) => `  ${safeText(column, 200)} → ${safeText(`${role} (${why})`, 200)}`),
  ]
}

function differenceLines({ files, schemaDifferences }: Inspection): string[] {
  if (schemaDifferences.length === 0) return []
  const lines = schemaDifferences.slice(0, MOST_FILES).map(({ file, missing, extra, changed }) => {
    const parts = [
      ...missing.map((name) => `lacks ${name}`),
      ...extra.map((name) => `adds ${name}`),
      ...changed.map(({ column, expected, actual }) => `${column} is ${actual}, not ${expected}`),
    ]
    return `  ${safeText(files[file]?.path ?? `file ${file}`, 200)}: ${safeText(parts.join('; '), 400)}`
  })
  return ['', 'Columns that differ from the first file', ...lines]
}

function rowLines({ rows }: Inspection, width: number): string[] {
  if (rows.length === 0) return []
  const lines = ['', 'First rows']
  for (const [row, cells] of rows.entries()) {
    for (const [i, [name, value]] of Object.entries(cells).entries()) {
      const lead = `  ${i === 0 ? String(row).padEnd(2) : '  '} ${safeText(name, LONGEST_NAME)}: `
      lines.push(lead + safeText(cellText(value), Math.max(20, width - lead.length)))
    }
  }
  return lines
}

function cellText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(plainValue(value)) ?? 'null')
}

const DEEPEST = 32

/** A cell as JSON can hold it: integers beyond 2^53 and dates as text, bytes by their count, `…` for what is nested too deep. */
export function plainValue(value: unknown, depth = 0): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth > DEEPEST) return '…'
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (value instanceof Uint8Array) return `${value.length} bytes`
  if (Array.isArray(value)) return value.map((part) => plainValue(part, depth + 1))
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plainValue(part, depth + 1)]))
}
