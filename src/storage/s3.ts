/** The few requests of S3 that a scan makes. Signing is aws4fetch's; what to do when one fails is ours. */
import { setTimeout as sleep } from 'node:timers/promises'
import { AwsV4Signer } from 'aws4fetch'
import { CredenceError } from '../errors.js'
import { s3Path, type S3Address } from './s3-address.js'
import { s3Settings, type S3Settings } from './s3-settings.js'

/** What a store says of an object. */
export interface ObjectFacts {
  readonly key: string
  readonly size: number
  /** Changes with the bytes. */
  readonly etag: string
  readonly modifiedMs: number
}

interface Ask {
  readonly method?: 'GET' | 'HEAD' | 'PUT' | 'DELETE'
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array<ArrayBuffer>
}

const ATTEMPTS = 6
const FIRST_WAIT_MS = 100
/** For an answer to come in whole: at least a megabyte a second is expected. */
const TIMEOUT_MS = 60_000
const BYTES_PER_MS = 1000

/** A store that is busy or away for a moment. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504])

export class S3 {
  constructor(private readonly settings: S3Settings = s3Settings()) {}

  /** Null where there is no such object. */
  async head(address: S3Address): Promise<ObjectFacts | null> {
    const response = await this.ask(address, { method: 'HEAD' })
    if (response.status === 404) return null
    await this.expect(response, address, 200)
    return factsOf(address.key, response.headers)
  }

  /**
   * Bytes `start` to `end`, half-open.
   * @param etag of the object that is meant; null for whatever is there
   * @throws CredenceError `changed` where the object is another by now
   */
  async range(address: S3Address, start: number, end: number, etag: string | null): Promise<Uint8Array<ArrayBuffer>> {
    if (end <= start) return new Uint8Array(0)
    const headers = { range: `bytes=${start}-${end - 1}`, ...(etag === null ? {} : { 'if-match': etag }) }
    const response = await this.ask(address, { headers }, end - start)
    if (response.status === 412) throw failure(address, 'changed while it was read', undefined, 'changed')
    await this.expect(response, address, 206)
    const bytes = new Uint8Array(await response.arrayBuffer())
    if (bytes.length !== end - start) throw failure(address, `gave ${bytes.length} bytes where ${end - start} were asked for`)
    return bytes
  }

  /** Null where there is no such object. */
  async get(address: S3Address): Promise<Uint8Array<ArrayBuffer> | null> {
    const response = await this.ask(address, {}, Number.MAX_SAFE_INTEGER)
    if (response.status === 404) return null
    await this.expect(response, address, 200)
    return new Uint8Array(await response.arrayBuffer())
  }

  async put(address: S3Address, body: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.expect(await this.ask(address, { method: 'PUT', body }, body.length), address, 200)
  }

  async remove(address: S3Address): Promise<void> {
    await this.expect(await this.ask(address, { method: 'DELETE' }), address, 204)
  }

  /** All objects whose keys begin with the address's, in the order of their keys. */
  async list(address: S3Address): Promise<ObjectFacts[]> {
    const found: ObjectFacts[] = []
    for (let token: string | null = ''; token !== null;) {
      const more: Record<string, string> = token === '' ? {} : { 'continuation-token': token }
      const query = { 'list-type': '2', 'encoding-type': 'url', prefix: address.key, ...more }
      const response = await this.ask({ bucket: address.bucket, key: '' }, { query })
      await this.expect(response, address, 200)
      const text = await response.text()
      for (const [, entry = ''] of text.matchAll(/<Contents>([^]*?)<\/Contents>/g)) found.push(listed(entry))
      const next = element(text, 'NextContinuationToken')
      token = element(text, 'IsTruncated') === 'true' && next !== '' ? next : null
    }
    return found
  }

  /** One request, tried again where the store was busy or not to be reached. */
  private async ask(address: S3Address, ask: Ask, bytes = 0): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      try {
        const response = await this.once(address, ask, bytes)
        if (!PASSING.has(response.status) || attempt === ATTEMPTS) return response
        await response.arrayBuffer()
      } catch (error) {
        if (attempt === ATTEMPTS) throw failure(address, `cannot be reached: ${causeOf(error)}`, error)
      }
      // All workers of a scan may have met the same refusal at the same moment.
      await sleep(FIRST_WAIT_MS * 2 ** (attempt - 1) * (0.5 + Math.random()))
    }
  }

  private async once(
    address: S3Address,
    { method = 'GET', query = {}, headers = {}, body }: Ask,
    bytes: number,
  ): Promise<Response> {
    const { region, accessKeyId, secretAccessKey, sessionToken } = this.settings
    const url = new URL(this.base(address.bucket) + address.key.split('/').map(encodeURIComponent).join('/'))
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    const signed = await new AwsV4Signer({
      url: url.href,
      method,
      headers: { ...headers },
      accessKeyId,
      secretAccessKey,
      region,
      service: 's3',
      ...(sessionToken === null ? {} : { sessionToken }),
    }).sign()
    const timeout = Math.min(TIMEOUT_MS + Math.ceil(bytes / BYTES_PER_MS), 2 ** 31 - 1)
    const signal = AbortSignal.timeout(timeout)
    return fetch(signed.url, { method, headers: signed.headers, redirect: 'manual', signal, ...(body ? { body } : {}) })
  }

  private base(bucket: string): string {
    const { endpoint, region, pathStyle } = this.settings
    const [scheme, host] = (endpoint ?? `https://s3.${region}.amazonaws.com`).split('://')
    return pathStyle ? `${scheme}://${host}/${bucket}/` : `${scheme}://${bucket}.${host}/`
  }

  private async expect(response: Response, address: S3Address, status: number): Promise<void> {
    if (response.status === status || (status === 206 && response.status === 200)) return
    const text = (await response.text()).slice(0, 2000)
    const region = response.headers.get('x-amz-bucket-region')
    const told = element(text, 'Message') || element(text, 'Code') || `status ${response.status}`
    const elsewhere = region !== null && region !== this.settings.region ? ` (the bucket is in ${region})` : ''
    throw failure(address, `the store refused: ${told.slice(0, 300)}${elsewhere}`)
  }
}

function factsOf(key: string, headers: Headers): ObjectFacts {
  const modifiedMs = Date.parse(headers.get('last-modified') ?? '')
  return { key, size: Number(headers.get('content-length')), etag: headers.get('etag') ?? '', modifiedMs: modifiedMs || 0 }
}

/** An entry of a listing whose keys are percent-encoded. */
function listed(entry: string): ObjectFacts {
  return {
    key: decodeURIComponent(element(entry, 'Key').replaceAll('+', ' ')),
    size: Number(element(entry, 'Size')),
    etag: element(entry, 'ETag').replaceAll('&quot;', '"'),
    modifiedMs: Date.parse(element(entry, 'LastModified')) || 0,
  }
}

/** Text of the first element of that name; empty where there is none. */
function element(xml: string, name: string): string {
  const [open, close] = [`<${name}>`, `</${name}>`]
  const start = xml.indexOf(open)
  const end = start < 0 ? -1 : xml.indexOf(close, start)
  return end < 0 ? '' : xml.slice(start + open.length, end)
}

function failure(address: S3Address, what: string, cause?: unknown, code: 'io' | 'changed' = 'io'): CredenceError {
  const path = s3Path(address)
  return new CredenceError(code, `${path} ${what}`, { place: { file: path }, cause })
}

/** `fetch` says only that it failed; why is inside. */
function causeOf(error: unknown): string {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return inner instanceof Error ? inner.message || inner.name : String(inner)
}
