/** Entry point of the child process that looks into files before there are shards. */
import { answerRequests } from './answering.js'
import type { OpenRequest } from './open-messages.js'
import { openHere } from '../read/file-opener.js'

answerRequests((request: OpenRequest): Promise<unknown> => {
  if (request.kind === 'open') return openHere.open(...request.with)
  if (request.kind === 'sample') return openHere.sample(...request.with)
  return openHere.firstRows(...request.with)
})
