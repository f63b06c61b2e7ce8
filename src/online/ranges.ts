/**
 * Which addresses of the Internet may be fetched from: those that are globally reachable unicast by IANA's special-purpose
 * registries (RFC 6890 and its updates). A data set is somebody else's text, and must not make this machine speak to its neighbours.
 */
import { BlockList, isIP } from 'node:net'
import { CredenceError } from '../errors.js'

const REFUSED_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  // Not special by the registries: what a cloud's machines are told about themselves.
  '168.63.129.16/32',
]
/** All that is global unicast, … */
const GLOBAL_V6 = ['2000::/3']
/** … but for protocol assignments with Teredo and ORCHID, documentation, and 6to4, which leads to any IPv4 address. */
const REFUSED_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']
/** An IPv4 address in IPv6 clothes. */
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i

const refusedV4 = listOf(REFUSED_V4)
const globalV6 = listOf(GLOBAL_V6)
const refusedV6 = listOf(REFUSED_V6)

/** @throws CredenceError `usage` for what is no range, such as `10.1.0.0/16` */
export function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [address = '', length = '', ...more] = range.split('/')
    const family = isIP(address)
    const most = family === 4 ? 32 : 128
    if (family === 0 || more.length > 0 || !/^\d{1,3}$/.test(length) || Number(length) > most) {
      throw new CredenceError('usage', `${JSON.stringify(range)} is no range of addresses, such as 10.1.0.0/16`)
    }
    list.addSubnet(address, Number(length), family === 4 ? 'ipv4' : 'ipv6')
  }
  return list
}

/** @param ip without brackets or zone @param allowed ranges that are fetched from all the same */
export function isAllowed(ip: string, allowed: BlockList): boolean {
  const plain = MAPPED.exec(ip)?.[1] ?? ip
  const family = isIP(plain)
  if (family === 0) return false
  if (family === 4) return allowed.check(plain, 'ipv4') || !refusedV4.check(plain, 'ipv4')
  return allowed.check(plain, 'ipv6') || (globalV6.check(plain, 'ipv6') && !refusedV6.check(plain, 'ipv6'))
}
