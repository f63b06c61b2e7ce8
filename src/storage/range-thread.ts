/** Entry point of the thread behind `sync-ranges.ts`. */
import { workerData } from 'node:worker_threads'
import { toErrorRecord } from '../errors.js'
import { S3 } from './s3.js'
import { s3Address } from './s3-address.js'
import type { RangeReply, RangeRequest, RangeThread } from './sync-ranges.js'

const { port, answered } = workerData as RangeThread
let s3: S3 | null = null

async function answer(request: RangeRequest): Promise<RangeReply> {
  try {
    s3 ??= new S3()
    const address = s3Address(request.path)
    if (request.kind === 'head') return { kind: 'head', facts: await s3.head(address) }
    return { kind: 'range', bytes: await s3.range(address, request.start, request.end, request.etag) }
  } catch (error) {
    return { kind: 'error', error: toErrorRecord(error) }
  }
}

port.on('message', (request: RangeRequest) => {
  void answer(request).then((reply) => {
    port.postMessage(reply, reply.kind === 'range' ? [reply.bytes.buffer] : [])
    Atomics.store(answered, 0, 1)
    Atomics.notify(answered, 0)
  })
})
