import type { Cell } from './row-batch.js'

/** Where a host's name may end. */
const AFTER_HOST = /[/?#\\]/
const MOST_UNITS = 300

/** The host of an address with `://`, in lower case, without user, port and `www.`; null for anything else. */
export function hostIn(cell: Cell): string | null {
  const text = cell?.slice(0, MOST_UNITS) ?? ''
  const start = text.indexOf('://')
  if (start <= 0) return null
  const authority = text.slice(start + 3).split(AFTER_HOST, 1)[0] ?? ''
  const named = authority.slice(authority.lastIndexOf('@') + 1).toLowerCase()
  const host = named.startsWith('[') ? named.slice(0, named.indexOf(']') + 1) : (named.split(':', 1)[0] ?? '')
  return host === '' ? null : host.replace(/^www\./, '')
}
