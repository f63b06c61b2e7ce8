/** A server on 127.0.0.1 that behaves well and badly, by path. */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

export const digestOf = (content: string | Buffer, algorithm = 'sha256'): string =>
  createHash(algorithm).update(content).digest('hex')

export interface Web {
  readonly at: (path: string) => string
  /** Paths in the order in which they were asked for. */
  readonly asked: string[]
  readonly close: () => void
}

export async function startWeb(): Promise<Web> {
  const asked: string[] = []
  const answer: RequestListener = ({ url = '' }, response) => {
    asked.push(url)
    const to = (location: string): void => void response.writeHead(302, { location }).end()
    if (url.startsWith('/same') || url.startsWith('/changed')) response.end(`content of ${url}`)
    else if (url.startsWith('/gone')) response.writeHead(404).end()
    else if (url === '/round') to('/round')
    else if (url === '/moved') to('/same/moved')
    else if (url === '/inward') to('http://10.0.0.1/')
    else if (url === '/metadata') to('http://169.254.169.254/latest/meta-data/')
    else if (url === '/file') to('file:///etc/passwd')
    else if (url === '/nowhere') to('http://[')
    else if (url === '/packed') response.writeHead(200, { 'content-encoding': 'gzip' }).end('x')
    else if (url === '/declared') response.writeHead(200, { 'content-length': '5000' }).end(Buffer.alloc(5000))
    else if (url === '/endless') void response.writeHead(200).end(Buffer.alloc(200_000))
    else if (url === '/cut') response.writeHead(200, { 'content-length': '100' }).write('x', () => response.destroy())
    else if (url !== '/silent') response.writeHead(500).end()
  }
  const server = createServer(answer)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    at: (path) => `http://127.0.0.1:${port}${path}`,
    asked,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
