/** A server that speaks as much of Ray's Jobs API as a scan needs, and runs jobs on this machine: for tests only. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'

interface Submitted {
  readonly submission_id: string
  readonly entrypoint: string
  readonly runtime_env: { readonly env_vars?: Readonly<Record<string, string>> }
}

interface Job {
  readonly asked: Submitted
  readonly child: ChildProcess
  status: string
  exitCode: number | null
  logs: string
}

export interface RayStandIn {
  readonly address: string
  /** In the order in which they were submitted, whether still listed or not. */
  readonly jobs: Job[]
  /** What is done to the next jobs: lost with their node a moment after the start, or forgotten by a head that starts anew. */
  readonly fates: ('lost' | 'gone' | 'sound')[]
  /** Headers of the last request. */
  headers(): IncomingMessage['headers']
  close(this: void): void
}

const FATE_MS = 300

/** @param cpus of the whole cluster */
export async function startRayStandIn(cpus: number): Promise<RayStandIn> {
  const jobs: Job[] = []
  const listed = new Map<string, Job>()
  const fates: RayStandIn['fates'] = []
  let headers: IncomingMessage['headers'] = {}

  const submit = (asked: Submitted): void => {
    const env = { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', ...asked.runtime_env.env_vars }
    const child = spawn('sh', ['-c', `exec ${asked.entrypoint}`], { env })
    const job: Job = { asked, child, status: 'RUNNING', exitCode: null, logs: '' }
    jobs.push(job)
    listed.set(asked.submission_id, job)
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (job.logs += chunk.toString('utf8')))
    child.on('exit', (code) => {
      if (job.status !== 'RUNNING') return
      job.exitCode = code
      job.status = code === 0 ? 'SUCCEEDED' : 'FAILED'
    })
    const fate = fates.shift() ?? 'sound'
    if (fate !== 'sound')
      setTimeout(() => {
        job.status = 'FAILED'
        child.kill('SIGKILL')
        if (fate === 'gone') listed.delete(asked.submission_id)
      }, FATE_MS)
  }

  const answer = (method: string, path: string, body: string): [number, unknown] => {
    // As Ray does: what changes something is not for browsers.
    if (method !== 'GET' && 'sec-fetch-mode' in headers) return [405, `'${method}' method not allowed for browser traffic.`]
    if (path === '/api/cluster_status') {
      return [200, { data: { clusterStatus: { loadMetricsReport: { usage: { CPU: [0, cpus] } } } } }]
    }
    if (method === 'POST' && path === '/api/jobs/') {
      submit(JSON.parse(body) as Submitted)
      return [200, {}]
    }
    const [, id = '', action] = /^\/api\/jobs\/([^/]+)(?:\/(\w+))?$/.exec(path) ?? []
    const job = listed.get(id)
    if (job === undefined) return [404, `Job ${id} does not exist`]
    if (action === 'logs') return [200, { logs: job.logs }]
    if (action === 'stop') {
      job.status = 'STOPPED'
      job.child.kill('SIGTERM')
    }
    if (method === 'DELETE') listed.delete(id)
    return [200, { status: job.status, message: `it is ${job.status}`, driver_exit_code: job.exitCode }]
  }

  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      headers = request.headers
      const [status, value] = answer(request.method ?? '', request.url ?? '', Buffer.concat(chunks).toString('utf8'))
      response.writeHead(status).end(typeof value === 'string' ? value : JSON.stringify(value))
    })()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    address: `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`,
    jobs,
    fates,
    headers: () => headers,
    close() {
      for (const { child } of jobs) child.kill('SIGKILL')
      server.closeAllConnections()
      server.close()
    },
  }
}
