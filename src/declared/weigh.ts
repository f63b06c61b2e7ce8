/** Metadata against the data: findings, and the scoreboard. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { boardOf } from './board.js'
import type { Declaration } from './declaration.js'
import { fileFindings, type Digests } from './file-claims.js'
import { isMetadataName, isWithin } from './find.js'
import { licenseFindings } from './license-claims.js'
import { linksOf, type SubjectFile } from './links.js'
import { metadataFindings } from './metadata-claims.js'
import { tableFindings } from './table-claims.js'
import type { Finding } from '../model/finding.js'
import type { GivenRows, ProvenanceBoard } from '../model/provenance.js'
import type { FileReceipt } from '../model/report.js'
import type { DataFile } from '../read/data-file.js'
import { KNOWN_ENDINGS } from '../read/sniff.js'

export interface Weighed {
  readonly findings: readonly Finding[]
  readonly board: ProvenanceBoard
}

export interface Subject {
  readonly files: readonly DataFile[]
  /** What was read of each. */
  readonly receipts: readonly FileReceipt[]
  /** As asked for, and from where. */
  readonly paths: readonly string[]
  readonly cwd: string
  /** Whether only a split, or some of the rows, was asked for. */
  readonly isPart: boolean
  readonly rows: GivenRows | null
}

export function weigh(declarations: readonly Declaration[], subject: Subject): Weighed {
  const files = subject.files.map((file, i) => subjectFile(file, subject.receipts[i]))
  const found = linksOf(declarations, files)
  const digests = digestsFor(subject)
  const tables = { found, declarations, files, isWhole: (folder: string) => !subject.isPart && isWhole(folder, subject) }
  return {
    findings: [
      ...fileFindings(declarations, found, files, digests),
      ...tableFindings(tables),
      ...licenseFindings(declarations, subject.rows),
      ...metadataFindings(declarations),
    ],
    board: boardOf(declarations, found, files, digests, subject.rows),
  }
}

function subjectFile(file: DataFile, receipt: FileReceipt | undefined): SubjectFile {
  const isRead = receipt !== undefined && receipt.skipped === 0 && receipt.errors.every(({ code }) => code === 'integrity')
  return {
    path: file.path,
    absolute: file.absolute,
    bytes: file.bytes,
    split: file.split,
    columns: file.schema.columns.map(({ name }) => name),
    added: Object.keys(file.partitions),
    isOpen: file.format === 'jsonl' || file.format === 'json',
    rows: isRead ? receipt.read : null,
    sidecarSha256: file.declaredSha256,
  }
}

/** Of the bytes that were read; those of sidecars were computed when the files were opened. */
function digestsFor({ files, receipts }: Subject): Digests {
  return files.map(({ actualSha256 }, i) => actualSha256 ?? receipts[i]?.sha256 ?? null)
}

/** A folder that was asked for is there in full; so is one with a single data file, where that is the data set. */
function isWhole(folder: string, { files, paths, cwd }: Subject): boolean {
  if (paths.some((path) => isFolder(resolve(cwd, path)) && isWithin(folder, resolve(cwd, path)))) return true
  const [only] = files
  if (files.length !== 1 || only === undefined || dirname(only.absolute) !== folder) return false
  try {
    const inside = readdirSync(folder, { withFileTypes: true })
    return inside.every((entry) => entry.isFile() && (entry.name === basename(only.absolute) || !isData(entry.name)))
  } catch {
    // A folder that cannot be listed may hold more.
    return false
  }
}

function isData(name: string): boolean {
  return !isMetadataName(name) && KNOWN_ENDINGS.some((ending) => name.toLowerCase().endsWith(`.${ending}`))
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory()
}
