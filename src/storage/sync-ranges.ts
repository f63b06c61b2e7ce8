import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads'
import { CredenceError, fromErrorRecord, type ErrorRecord } from '../errors.js'
import type { ObjectFacts } from './s3.js'

export type RangeRequest =
  | { readonly kind: 'head'; readonly path: string }
  | { readonly kind: 'range'; readonly path: string; readonly start: number; readonly end: number; readonly etag: string }

export type RangeReply =
  | { readonly kind: 'head'; readonly facts: ObjectFacts | null }
  | { readonly kind: 'range'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'error'; readonly error: ErrorRecord }

/** What the thread is started with. */
export interface RangeThread {
  readonly port: MessagePort
  /** One cell: 1 as soon as an answer lies at the port. */
  readonly answered: Int32Array<SharedArrayBuffer>
}

interface Line extends RangeThread {
  readonly worker: Worker
}

const THREAD = new URL('./range-thread.js', import.meta.url)

let line: Line | null = null

/**
 * Asks an object store and waits: decoders read by position without a promise (`ByteFile`), so a thread of its own does the
 * asking while this one sleeps. Only child processes read data, and one reads one shard at a time: nothing else waits with it.
 * @throws CredenceError what the store answered
 */
export function askStore(request: RangeRequest): Exclude<RangeReply, { kind: 'error' }> {
  line ??= open()
  Atomics.store(line.answered, 0, 0)
  line.port.postMessage(request)
  Atomics.wait(line.answered, 0, 0)
  const reply = receiveMessageOnPort(line.port)?.message as RangeReply | undefined
  if (reply === undefined) throw new CredenceError('internal', 'the thread that reads ranges gave no answer')
  if (reply.kind === 'error') throw fromErrorRecord(reply.error)
  return reply
}

function open(): Line {
  const { port1, port2 } = new MessageChannel()
  const answered = new Int32Array(new SharedArrayBuffer(4))
  const workerData: RangeThread = { port: port2, answered }
  const worker = new Worker(THREAD, { workerData, transferList: [port2] })
  // Neither keeps a process that is done.
  worker.unref()
  port1.unref()
  return { worker, port: port1, answered }
}
