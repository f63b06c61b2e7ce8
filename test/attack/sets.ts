import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { random } from '../../src/math/random.js'
import type { DataKind } from '../../src/model/role.js'
import { temporaryFolder } from '../temporary-folder.js'

/** Small data sets of each kind, made anew, as rows of plain cells. */

export type Cells = Readonly<Record<string, unknown>>

const SYLLABLES = ['ba', 'co', 'de', 'fi', 'ga', 'hu', 'ka', 'lo', 'me', 'ni', 'po', 'ra', 'se', 'ta', 'vi', 'yo']

/** Word n of a made-up language; small n are common in the texts below. */
function word(n: number): string {
  return SYLLABLES[n % 16]! + SYLLABLES[Math.floor(n / 16) % 16]! + (n % 3 === 0 ? 'x' : 'ct')
}

export const ROWS = 400

const made = new Map<DataKind, Cells[]>()

/** Classification texts are in small letters with spaced punctuation; the others are ordinary prose. */
export function makeRows(kind: DataKind): readonly Cells[] {
  let rows = made.get(kind)
  if (rows === undefined) made.set(kind, (rows = freshRows(kind)))
  return rows
}

function freshRows(kind: DataKind): Cells[] {
  const next = random(7)
  // Zipf-like: the square of a uniform number prefers the low words.
  const words = (count: number): string[] => Array.from({ length: count }, () => word(Math.floor(next() ** 3 * 1500)))
  const count = (): number => 6 + Math.floor(next() * 12)
  const tokens = (): string => `${words(count()).join(' ')} , ${words(count()).join(' ')} .`
  const prose = (): string => {
    const text = `${words(count()).join(' ')}, ${words(count()).join(' ')}.`
    return text.charAt(0).toUpperCase() + text.slice(1)
  }
  return Array.from({ length: ROWS }, (_, id): Cells => {
    const note = id % 5 === 0 ? null : 'é'
    switch (kind) {
      case 'classification':
        return { id, text: tokens(), label: id % 3, note }
      case 'instruction':
        return { id, prompt: prose(), response: id % 4 === 0 ? `${prose()}\n${prose()}` : `${prose()} ${prose()}`, note }
      case 'preference':
        return { id, prompt: prose(), chosen: prose(), rejected: prose(), note }
      case 'documents':
        return { id, text: `${prose()} ${prose()} ${prose()}`, note }
    }
  })
}

/** As Python's `json.dumps` writes it: spaces behind separators, ASCII only. */
export function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, item]) => `${pythonJson(key)}: ${pythonJson(item)}`)
      .join(', ')}}`
  }
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

export const folder = temporaryFolder()

/** Writes a file into the test's folder and gives its path. */
export function fileOf(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

export function jsonlOf(name: string, rows: readonly Cells[]): string {
  return fileOf(name, `${rows.map(pythonJson).join('\n')}\n`)
}
