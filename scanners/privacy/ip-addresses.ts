/** Addresses of hosts on the public Internet. */
import { before } from './context.js'
import type { Datum } from './kinds.js'

const V4 = /(?<![\w.:-])\d{1,3}(?:\.\d{1,3}){3}(?![\w-]|\.\d)/g
const V6 = /(?<![\w.:])(?:[0-9a-f]{1,4}:{1,2}){2,7}[0-9a-f]{1,4}(?![\w:.])/gi
/** Four numbers are a version, a clause of a standard or a section of a book as well. */
const OTHER_NUMBERS =
  /(?:\bv(?:er(?:sion)?)?|version|release|firmware|build|driver|kernel|chrome|firefox|safari|opera|msie|edge|section|clause|chapter|rfc|oid|§|assembly\w{0,20}|\/)[^\w\n]{0,4}$/i
/** Below, four numbers are a version more often than an address, unless a word or a bracket says so. */
const LOW_NETWORKS = 32
const TELLING =
  /(?:\b(?:ip(?:v4)?|host|addr(?:ess)?|server|from|ping|dns|client|log(?:in|ged)|connect\w{0,5}|at|by)\b[^\w\n]{0,4}|[[(])$/i
/** Resolvers and examples that everybody writes. */
const EVERYBODYS = new Set([
  '8.8.8.8',
  '8.8.4.4',
  '1.1.1.1',
  '1.0.0.1',
  '9.9.9.9',
  '208.67.222.222',
  '208.67.220.220',
  '4.2.2.2',
  '4.2.2.1',
  '1.2.3.4',
  '5.6.7.8',
  '4.4.4.4',
  '2.2.2.2',
  '3.3.3.3',
  '114.114.114.114',
  '1.1.1.2',
])

export function ipAddresses(text: string): Datum[] {
  const found: Datum[] = []
  for (const { 0: written, index } of text.matchAll(V4)) {
    const head = before(text, index, 30)
    const told = Number.parseInt(written, 10) >= LOW_NETWORKS || TELLING.test(head)
    if (told && isPublicV4(written) && !OTHER_NUMBERS.test(head)) found.push(datum('IPv4', index, written))
  }
  if (text.includes(':')) {
    for (const { 0: written, index } of text.matchAll(V6)) if (isPublicV6(written)) found.push(datum('IPv6', index, written))
  }
  return found
}

/** Not private, shared, loopback, link-local, for documentation, multicast or reserved (IANA special-purpose registry, RFC 6890). */
function isPublicV4(written: string): boolean {
  const parts = written.split('.')
  if (parts.some((part) => Number(part) > 255 || (part.length > 1 && part.startsWith('0'))) || EVERYBODYS.has(written))
    return false
  const [a, b, c, d] = parts.map(Number) as [number, number, number, number]
  if (a === 0 || a === 10 || a === 127 || a >= 224) return false
  if (
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168)
  )
    return false
  if ((a === 192 && b === 0) || (a === 192 && b === 88 && c === 99) || (a === 198 && (b === 18 || b === 19))) return false
  if ((a === 198 && b === 51 && c === 100) || (a === 203 && b === 0 && c === 113)) return false
  // Networks, netmasks and versions (1.0.0.0, 2.5.1.0) end in zero; versions are small all through.
  return d !== 0 && d !== 255 && Math.max(a, b, c, d) >= 32 && (a !== b || a !== c)
}

/** Global unicast (2000::/3) but documentation, benchmarks, ORCHID and Teredo; at least four groups, or `::`. */
function isPublicV6(written: string): boolean {
  const groups = written.split(':')
  const compressed = written.includes('::')
  const filled = groups.filter((group) => group !== '')
  if (!compressed && groups.length !== 8) return false
  if (filled.length < 4 || written.indexOf('::') !== written.lastIndexOf('::')) return false
  const first = Number.parseInt(filled[0]!, 16)
  return first >= 0x2000 && first <= 0x3fff && !/^2001:(?:0?db8|0{1,4}:|10:|2:)|^3fff:/i.test(written) && /[a-f]/i.test(written)
}

function datum(type: string, start: number, written: string): Datum {
  return { kind: 'ip-address', type, start, end: start + written.length, value: written.toLowerCase() }
}
