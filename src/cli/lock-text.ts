/** What `credence lock` and `credence verify` print. */
import type { Lock } from '../lock/lock-file.js'
import type { RowChange } from '../lock/row-changes.js'
import type { FileState, Verification } from '../lock/verify.js'
import { safeJson, safeText } from '../report/safe-text.js'
import { amount } from '../report/summary.js'

const MOST_LISTED = 20
const LONGEST_LINE = 300

const WORDS: Readonly<Record<Exclude<FileState, 'same'>, string>> = {
  rewritten: 'written anew, with the same rows in the same order',
  changed: 'changed',
  unread: 'changed, and cannot be read',
  missing: 'missing',
  new: 'not in the lock',
}

export function lockText({ files, rows, root }: Lock, path: string): string {
  return `${safeText(`locked ${amount(files.length, 'file')} of ${amount(rows, 'row')} in ${path}`)}\nroot ${root}`
}

export function verifyText(lock: Lock, { isSame, isSameRows, files, rows, unread }: Verification): string {
  if (isSame) return `the same ${amount(files.length, 'file')} of ${amount(lock.rows, 'row')} as locked on ${lock.createdAt}`
  const differing = files.filter(({ state }) => state !== 'same')
  const lines = [
    isSameRows
      ? `the same ${amount(lock.rows, 'row')} in the same order, in other files than locked on ${lock.createdAt}`
      : `not what was locked on ${lock.createdAt}`,
    ...few(differing, ({ path, state, blocks }) => {
      const where =
        blocks.length === 0 ? '' : `: blocks from row ${blocks.slice(0, 8).join(', ')}${blocks.length > 8 ? ', …' : ''}`
      return `  ${path}  ${state === 'same' ? '' : WORDS[state]}${where}`
    }),
    ...(unread === null ? [] : [`  ${unread.message}`, ...unread.suggestions.map((more) => `    ${more}`)]),
  ]
  if (rows !== null) {
    const { changed, added, removed, moved } = rows.rows
    lines.push(`rows: ${changed} changed, ${added} added, ${removed} removed, ${moved} moved`)
    lines.push(...few(rows.changes, changeLine))
  } else if (!isSameRows && unread === null) lines.push('which rows: not known, as credence.lock.rows is not there or is another')
  return lines.map((line) => safeText(line, LONGEST_LINE)).join('\n')
}

export function verifyJson(lock: Lock, { isSame, isSameRows, files, rows, unread }: Verification): string {
  const error = unread === null ? null : { code: unread.code, message: unread.message }
  const counts = rows === null ? null : { ...rows.rows, changes: rows.changes }
  return safeJson({ root: lock.root, isSame, isSameRows, files, rows: counts, error })
}

function changeLine({ kind, file, row, from }: RowChange): string {
  const was = from === undefined ? '' : `, which was ${from.file === file ? '' : `${from.file} `}row ${from.row}`
  return `  ${kind}  ${file} row ${row}${was}`
}

function few<T>(items: readonly T[], line: (item: T) => string): string[] {
  const lines = items.slice(0, MOST_LISTED).map(line)
  return items.length > lines.length ? [...lines, `  … and ${items.length - lines.length} more`] : lines
}
