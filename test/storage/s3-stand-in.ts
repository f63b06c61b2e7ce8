/** A server that speaks as much S3 as a scan needs, over objects in memory: for tests only. */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

export interface StandIn {
  /** By `bucket/key`. */
  readonly objects: Map<string, Buffer>
  /** Method, path and range of each request. */
  readonly asked: string[]
  /** Statuses to answer with instead, first to last. */
  readonly failures: number[]
  /** What a client of it has in its environment. */
  readonly env: Readonly<Record<string, string>>
  close(this: void): void
}

/** Keys of a page of a listing. */
const PAGE = 2

export async function startStandIn(): Promise<StandIn> {
  const objects = new Map<string, Buffer>()
  const [asked, failures]: [string[], number[]] = [[], []]
  const server = createServer((request, response) => {
    void answer(request, response, objects, asked, failures)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  const env = { AWS_ACCESS_KEY_ID: 'someone', AWS_SECRET_ACCESS_KEY: 'secret', AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` }
  const close = (): void => {
    server.closeAllConnections()
    server.close()
  }
  return { objects, asked, failures, env, close }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  objects: Map<string, Buffer>,
  asked: string[],
  failures: number[],
): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const url = new URL(request.url ?? '', 'http://here')
  const name = decodeURIComponent(url.pathname).slice(1)
  const { range = '', authorization = '' } = request.headers
  asked.push(`${request.method ?? ''} ${name} ${range}`.trim())
  const end = (status: number, body: Buffer | string = '', headers: Record<string, string> = {}): unknown =>
    response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : body)
  const failure = failures.shift()
  if (failure !== undefined) return end(failure, '<Error><Code>SlowDown</Code></Error>')
  if (!/^AWS4-HMAC-SHA256 Credential=someone\/\d{8}\/us-east-1\/s3\/aws4_request, SignedHeaders=.*host.*/.test(authorization)) {
    return end(403, '<Error><Message>it is not signed</Message></Error>')
  }
  if (request.method === 'PUT') objects.set(name, Buffer.concat(chunks))
  if (request.method === 'DELETE') objects.delete(name)
  if (request.method === 'PUT' || request.method === 'DELETE') return end(request.method === 'PUT' ? 200 : 204)
  if (url.searchParams.has('list-type')) return end(200, listing(url, name, objects))
  const bytes = objects.get(name)
  if (bytes === undefined) return end(404, '<Error><Code>NoSuchKey</Code></Error>')
  const etag = etagOf(bytes)
  const match = request.headers['if-match']
  if (match !== undefined && match !== etag) return end(412)
  const facts = { etag, 'last-modified': 'Sun, 01 Nov 2026 00:00:00 GMT' }
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? []
  if (from !== undefined) return end(206, bytes.subarray(Number(from), Number(to) + 1), facts)
  return end(200, bytes, { ...facts, 'content-length': String(bytes.length) })
}

function etagOf(bytes: Buffer): string {
  return `"${createHash('md5').update(bytes).digest('hex')}"`
}

function listing(url: URL, path: string, objects: ReadonlyMap<string, Buffer>): string {
  const bucket = `${path.split('/')[0] ?? ''}/`
  const prefix = bucket + (url.searchParams.get('prefix') ?? '')
  const names = [...objects.keys()].filter((name) => name.startsWith(prefix)).sort()
  const start = Number(url.searchParams.get('continuation-token') ?? 0)
  const entries = names.slice(start, start + PAGE).map((name) => {
    const bytes = objects.get(name) ?? Buffer.alloc(0)
    const key = encodeURIComponent(name.slice(bucket.length))
    return `<Contents><Key>${key}</Key><Size>${bytes.length}</Size><ETag>${etagOf(bytes).replaceAll('"', '&quot;')}</ETag></Contents>`
  })
  const more = start + PAGE < names.length
  const next = more ? `<NextContinuationToken>${start + PAGE}</NextContinuationToken>` : ''
  return `<ListBucketResult><IsTruncated>${more}</IsTruncated>${next}${entries.join('')}</ListBucketResult>`
}
