import { request as http } from 'node:http'
import { request as https } from 'node:https'

export interface Answer {
  readonly status: number
  readonly text: string
}

export interface Ask {
  readonly method?: 'GET' | 'POST' | 'DELETE'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

const MOST_BYTES = 64 * 2 ** 20

/**
 * One request, without the headers of browsers that `fetch` adds: Ray's dashboard refuses those for all that changes something.
 * A connection of its own: one that is kept may be closed by the other side just then. Redirections are answers like any other.
 * @throws Error where nobody answers in time, or with more than 64 MiB
 */
export function plainRequest(url: string, { method = 'GET', headers = {}, body }: Ask, timeoutMs: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const send = url.startsWith('https:') ? https : http
    const request = send(url, { method, headers, agent: false, signal: AbortSignal.timeout(timeoutMs) }, (response) => {
      const chunks: Buffer[] = []
      let size = 0
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        if ((size += chunk.length) > MOST_BYTES) response.destroy(new Error('the answer is too long'))
      })
      response.on('error', reject)
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') })
      })
    })
    request.on('error', reject)
    request.end(body)
  })
}
