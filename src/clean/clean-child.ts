/** Entry point of the child process that reads what a clean looks at and writes what stays of it. */
import type { CleanRequest, WrittenRows } from './clean-messages.js'
import { OutputFile } from './output-file.js'
import { isUnchanged } from './plan-file.js'
import { RowChoice } from './row-choice.js'
import { writeRows } from './write-rows.js'
import { answerRequests } from '../engine/answering.js'

answerRequests(async (request: CleanRequest): Promise<unknown> => {
  if (request.kind === 'flags') return (await import('../review/data-requests.js')).readFlags(request)
  const { file, plan, columns, limits, path } = request
  const out = new OutputFile(path, isUnchanged(plan) ? 'none' : file.compression)
  const outcome = await writeRows({ file, choice: new RowChoice(plan), columns, limits, out })
  return { outcome, written: await out.finish() } satisfies WrittenRows
})
