/** A local stand-in for the part of GitHub's REST interface that writes comments, as its documentation describes it. */
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface StoredComment {
  readonly id: number
  body: string
  readonly user: { readonly login: string; readonly type: string }
}

export interface StandIn {
  readonly url: string
  readonly comments: StoredComment[]
  /** `METHOD path`, in order. */
  readonly requests: string[]
  /** Every `authorization` header that came. */
  readonly tokens: Set<string>
  /** What every request is answered with from now on; null for what the documentation says. */
  refuse: number | null
  close: () => Promise<void>
}

const REPOSITORY = '/repos/owner/data'
const BOT = { login: 'github-actions[bot]', type: 'Bot' }

export async function startGitHub(): Promise<StandIn> {
  const server = createServer((request, response) => {
    void textOf(request).then((text) => {
      const { method = '', url = '' } = request
      standIn.requests.push(`${method} ${url}`)
      standIn.tokens.add(request.headers.authorization ?? '')
      const [status, answer] = standIn.refuse === null ? answerTo(method, url, text) : [standIn.refuse, { message: 'refused' }]
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
    })
  })

  function answerTo(method: string, url: string, text: string): [number, unknown] {
    const { pathname, searchParams } = new URL(url, 'http://localhost')
    const body = text === '' ? '' : (JSON.parse(text) as { body: string }).body
    if (body.length > 65_536) return [422, { message: 'body is too long' }]
    if (pathname === `${REPOSITORY}/issues/7/comments`) {
      if (method === 'POST') {
        const made = { id: 1000 + standIn.comments.length, body, user: BOT }
        standIn.comments.push(made)
        return [201, made]
      }
      const [size, page] = [Number(searchParams.get('per_page') ?? 30), Number(searchParams.get('page') ?? 1)]
      return [200, standIn.comments.slice((page - 1) * size, page * size)]
    }
    const [, id] = new RegExp(`^${REPOSITORY}/issues/comments/(\\d+)$`).exec(pathname) ?? []
    const known = standIn.comments.find((comment) => comment.id === Number(id))
    if (method === 'PATCH' && known !== undefined) {
      known.body = body
      return [200, known]
    }
    // A workflow's token is nobody's.
    return pathname === '/user' ? [403, { message: 'Resource not accessible by integration' }] : [404, { message: 'Not Found' }]
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const standIn: StandIn = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    comments: [],
    requests: [],
    tokens: new Set(),
    refuse: null,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
  return standIn
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk)
  return text
}
