/** The review's server: this machine only, for whoever has the token, one page and its data. */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { asCredenceError, CredenceError, toErrorRecord } from '../errors.js'
import { safeText } from '../report/safe-text.js'
import { assetsOf, type Asset } from './assets.js'
import { decisionOf, numberOf } from './request-values.js'
import type { Review } from './review.js'

const HOST = '127.0.0.1'
/** 256 bits. */
const TOKEN_BYTES = 32
const LONGEST_BODY = 16 * 2 ** 10
const LONGEST_FILTER = 500
const MOST_CONNECTIONS = 64

/** Nothing but what this server sends, and no way to make elements of text, whatever a script does. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

export interface ReviewServer {
  /** With the token: whoever has it may decide. */
  readonly url: string
  close(): Promise<void>
}

type Answer = (query: URLSearchParams, request: IncomingMessage) => Promise<unknown>

/**
 * @param port 0 for any that is free
 * @throws CredenceError `usage` for a port that is taken, `io`
 */
export async function serveReview(review: Review, port: number): Promise<ReviewServer> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  const assets = await assetsOf()
  const answers = answersOf(review)
  const server = createServer({ maxHeaderSize: 16 * 2 ** 10, requestTimeout: 30_000, headersTimeout: 10_000 })
  server.maxConnections = MOST_CONNECTIONS
  server.on('request', (request, response) => {
    void respond(request, response, token, assets, answers)
  })
  await listen(server, port)
  const { port: bound } = server.address() as AddressInfo
  return {
    url: `http://${HOST}:${bound}/${token}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE' || error.code === 'EACCES'
      reject(
        taken ? new CredenceError('usage', `--port ${port} is not to be had: ${error.message}`) : asCredenceError(error, 'io'),
      )
    })
    server.listen(port, HOST, resolve)
  })
}

function answersOf(review: Review): ReadonlyMap<string, Answer> {
  const place = (query: URLSearchParams) => ({ file: numberOf(query, 'file'), row: numberOf(query, 'row') })
  return new Map<string, Answer>([
    ['GET report', (query) => review.view(query.get('whole') === '1')],
    [
      'GET rows',
      (query) => {
        const filter = (query.get('filter') ?? '').trim().slice(0, LONGEST_FILTER)
        return review.rows(numberOf(query, 'finding'), numberOf(query, 'from'), filter, query.get('fresh') === '1')
      },
    ],
    ['GET row', (query) => review.row(numberOf(query, 'finding'), place(query))],
    ['GET trigger', async (query) => (await review.whole()).book.withTrigger(numberOf(query, 'finding'))],
    [
      'POST decide',
      async (_, request) => {
        const { finding, ...decision } = decisionOf(await bodyOf(request))
        return (await review.whole()).opinions.decide(decision, finding)
      },
    ],
    ['POST undo', async () => (await review.whole()).opinions.undo()],
  ])
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  token: string,
  assets: ReadonlyMap<string, Asset>,
  answers: ReadonlyMap<string, Answer>,
): Promise<void> {
  const { status, type, content } = await replyTo(request, token, assets, answers).catch((error: unknown): Reply => {
    const { code, message } = toErrorRecord(error)
    const isTheirs = code === 'usage' || code === 'limit'
    return { status: isTheirs ? 400 : 500, type: JSON_TYPE, content: JSON.stringify({ error: safeText(message, 600) }) }
  })
  response.writeHead(status, { ...HEADERS, 'content-type': type, ...(status >= 400 ? { connection: 'close' } : {}) })
  response.end(content)
}

interface Reply extends Asset {
  readonly status: number
}

async function replyTo(
  request: IncomingMessage,
  token: string,
  assets: ReadonlyMap<string, Asset>,
  answers: ReadonlyMap<string, Answer>,
): Promise<Reply> {
  const { pathname, searchParams } = new URL(request.url ?? '/', `http://${HOST}`)
  const [, given = '', ...rest] = pathname.split('/')
  const path = rest.join('/')
  const asset = request.method === 'GET' ? assets.get(path) : undefined
  if (!isOurs(request, asset !== undefined) || !isToken(given, token)) return { status: 403, type: TEXT, content: 'forbidden' }
  if (asset !== undefined) return { status: 200, ...asset }
  const answer = answers.get(`${request.method ?? ''} ${path}`)
  if (answer === undefined) return { status: 404, type: TEXT, content: 'not found' }
  return { status: 200, type: JSON_TYPE, content: JSON.stringify(await answer(searchParams, request)) }
}

const TEXT = 'text/plain; charset=utf-8'
const JSON_TYPE = 'application/json; charset=utf-8'

/**
 * Whether a request comes from the page itself: by the name that we gave it, which another name that resolves here is not, and
 * from no other site. A browser sends an Origin with each POST, so one without is no browser's.
 */
function isOurs({ method, headers, socket }: IncomingMessage, isAsset: boolean): boolean {
  const own = `${HOST}:${socket.localPort ?? ''}`
  if (headers.host !== own) return false
  if (headers.origin !== undefined && headers.origin !== `http://${own}`) return false
  if (method !== 'GET') return headers.origin !== undefined
  // The page may be opened from anywhere; only it may ask for data.
  const site = headers['sec-fetch-site'] ?? 'none'
  return isAsset || site === 'same-origin' || site === 'none'
}

/** In a time that tells nothing of how much is right. */
function isToken(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** @throws CredenceError `limit` for a long one, `usage` for what is no JSON */
async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > LONGEST_BODY) throw new CredenceError('limit', `a request has more than ${LONGEST_BODY} bytes`)
    chunks.push(chunk)
  }
  if (request.headers['content-type'] !== 'application/json') throw new CredenceError('usage', 'expected application/json')
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    throw new CredenceError('usage', 'expected JSON')
  }
}
