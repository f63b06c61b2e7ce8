/** From an address as a row has it to the one machine that it is fetched from: decided once, before the connection, and held. */
import { lookup } from 'node:dns/promises'
import { isIP, type BlockList } from 'node:net'
import { isAllowed } from './ranges.js'

export interface Destination {
  readonly url: URL
  readonly ip: string
  readonly family: 4 | 6
}

/** Why an address is not fetched from. */
export class Refusal extends Error {}
/** A name without an address. */
export class NoHost extends Error {}

/** Ports of other protocols, which would take a request for something else (as browsers refuse them). */
const LOWEST_FREE_PORT = 1024
const USUAL_PORTS = new Set(['', '80', '443'])
/** The name is not there; all else may pass. */
const NO_NAME = new Set(['ENOTFOUND', 'ENODATA'])

/** @throws Refusal, NoHost, or what resolving throws */
export async function destinationOf(text: string | URL, allowed: BlockList): Promise<Destination> {
  const url = urlOf(text)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const found = isIP(host) === 0 ? await addressesOf(host) : [{ address: host, family: isIP(host) }]
  // One bad address among several is enough: which one is taken would be up to whoever answers for the name.
  if (!found.every(({ address }) => isAllowed(address, allowed))) throw new Refusal('an address of a private or special network')
  const [first] = found
  if (first === undefined) throw new NoHost('the host has no address')
  return { url, ip: first.address, family: first.family === 6 ? 6 : 4 }
}

function urlOf(text: string | URL): URL {
  let url: URL
  try {
    url = new URL(text)
  } catch {
    throw new Refusal('no address')
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new Refusal('neither http nor https')
  if (url.username !== '' || url.password !== '') throw new Refusal('an address with a name and password')
  if (!USUAL_PORTS.has(url.port) && Number(url.port) < LOWEST_FREE_PORT) throw new Refusal('a port of another protocol')
  return url
}

async function addressesOf(host: string): Promise<{ readonly address: string; readonly family: number }[]> {
  try {
    return await lookup(host, { all: true })
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    if (NO_NAME.has(code)) throw new NoHost('the host has no address')
    throw error
  }
}
