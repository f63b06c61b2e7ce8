/** The child's side of `asked-child.ts`: what its entry point calls once. */
import type { ChildReply } from './asked-child.js'
import type { MemoryMessage } from './bounded-child.js'
import { mustTell, tellMemory } from './child-memory.js'
import { toErrorRecord } from '../errors.js'

function send(message: ChildReply | MemoryMessage): void {
  process.send?.(message)
}

/** Answers each request that the parent sends, until the parent is gone. */
export function answerRequests(perform: (request: never) => Promise<unknown>): void {
  if (mustTell)
    tellMemory((bytes) => {
      send({ kind: 'memory', bytes })
    })
  process.on('message', (request) => {
    perform(request as never).then(
      (value) => {
        send({ kind: 'done', value })
      },
      (error: unknown) => {
        send({ kind: 'error', error: toErrorRecord(error) })
      },
    )
  })
  // Nobody waits for the answer.
  // eslint-disable-next-line no-restricted-properties -- not the program's exit code, but a child's end
  process.on('disconnect', () => process.exit(0))
}
