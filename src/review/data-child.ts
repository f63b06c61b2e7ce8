/** Entry point of the child process that opens what a review looks at. */
import { answerRequests } from '../engine/answering.js'
import { openHere } from '../read/file-opener.js'
import type { DataRequest } from './data-messages.js'
import { readFlags, rowsAt, rowsHolding } from './data-requests.js'

answerRequests((request: DataRequest): Promise<unknown> => {
  switch (request.kind) {
    case 'open':
      return openHere.open(...request.with)
    case 'rows':
      return rowsAt(request)
    case 'search':
      return rowsHolding(request)
    case 'flags':
      return readFlags(request)
  }
})
