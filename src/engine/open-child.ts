/** Entry point of the child process that looks into files before there are shards: one request at a time. */
import type { MemoryMessage } from './bounded-child.js'
import { mustTell, tellMemory } from './child-memory.js'
import type { OpenReply, OpenRequest } from './open-messages.js'
import { toErrorRecord } from '../errors.js'
import { openHere } from '../read/file-opener.js'

function send(message: OpenReply | MemoryMessage): void {
  process.send?.(message)
}

function perform(request: OpenRequest): Promise<unknown> {
  if (request.kind === 'open') return openHere.open(...request.with)
  if (request.kind === 'sample') return openHere.sample(...request.with)
  return openHere.firstRows(...request.with)
}

if (mustTell)
  tellMemory((bytes) => {
    send({ kind: 'memory', bytes })
  })

process.on('message', (request: OpenRequest) => {
  perform(request).then(
    (value) => {
      send({ kind: 'done', value })
    },
    (error: unknown) => {
      send({ kind: 'error', error: toErrorRecord(error) })
    },
  )
})
// The parent is gone: nobody waits for the answer.
// eslint-disable-next-line no-restricted-properties -- not the program's exit code, but a child's end
process.on('disconnect', () => process.exit(0))
