/** One request to a machine that was chosen before. Nothing is sent but the request, nothing is kept but digests. */
import { createHash, type Hash } from 'node:crypto'
import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { BlockList } from 'node:net'
import { Refusal, type Destination } from './destination.js'
import { isAllowed } from './ranges.js'
import { version } from '../version.js'

export interface Got {
  readonly status: number
  /** Where a redirect leads. */
  readonly location: string | null
  readonly bytes: number
  /** Null where the content is larger than the limit, was packed on the way, or is not content at all. */
  readonly digest: string | null
}

export interface GetOptions {
  readonly algorithm: 'md5' | 'sha1' | 'sha256'
  readonly allowed: BlockList
  readonly maxBytes: number
  readonly signal: AbortSignal
}

const SILENCE_MS = 10_000
const MOST_HEADER_BYTES = 16_384

/** @throws Refusal where the connection is to another machine after all, and what the network throws */
export function get({ url, ip, family }: Destination, options: GetOptions): Promise<Got> {
  const { allowed, signal } = options
  return new Promise((resolve, reject) => {
    const asked: RequestOptions = {
      method: 'GET',
      // No connection is shared, and none goes by a proxy.
      agent: false,
      // The name is not looked up again: it might be another machine's by now.
      lookup: (_host, { all }, done) => {
        if (all === true) done(null, [{ address: ip, family }])
        else done(null, ip, family)
      },
      headers: { 'User-Agent': `credence/${version}`, Accept: '*/*', 'Accept-Encoding': 'identity', Connection: 'close' },
      maxHeaderSize: MOST_HEADER_BYTES,
      timeout: SILENCE_MS,
      signal,
    }
    const sent = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, asked)
    sent.on('socket', (socket) => {
      socket.once('connect', () => {
        if (!isAllowed(socket.remoteAddress ?? '', allowed))
          sent.destroy(new Refusal('an address of a private or special network'))
      })
    })
    sent.on('timeout', () => sent.destroy(new Error('no answer in time')))
    sent.on('error', reject)
    sent.on('response', (response) => {
      receive(response, options).then(resolve, reject)
    })
    sent.end()
  })
}

async function receive(response: IncomingMessage, { algorithm, maxBytes }: GetOptions): Promise<Got> {
  const { statusCode: status = 0, headers } = response
  const answer = { status, location: headers.location ?? null, bytes: 0, digest: null }
  const packed = headers['content-encoding'] !== undefined && headers['content-encoding'] !== 'identity'
  if (status !== 200 || packed || Number(headers['content-length'] ?? 0) > maxBytes) {
    response.destroy()
    return answer
  }
  const hash: Hash = createHash(algorithm)
  let bytes = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > maxBytes) {
      response.destroy()
      return { ...answer, bytes }
    }
    hash.update(chunk)
  }
  // A connection that was cut ends the loop with an error: what is whole is compared alone.
  return { ...answer, bytes, digest: hash.digest('hex') }
}
