/** Entry point of the child process that reads what a clean looks at and writes what stays of it. */
import { CellEdits, type EditPlan } from './cell-edit.js'
import type { CleanRequest, WrittenRows } from './clean-messages.js'
import type { FindPersonal } from './mask-text.js'
import { OutputFile } from './output-file.js'
import { isUnchanged } from './plan-file.js'
import { RowChoice } from './row-choice.js'
import { writeRows } from './write-rows.js'
import { answerRequests } from '../engine/answering.js'

answerRequests(async (request: CleanRequest): Promise<unknown> => {
  if (request.kind === 'flags') return (await import('../review/data-requests.js')).readFlags(request)
  const { file, plan, limits, path } = request
  const choice = new RowChoice(plan, await editsOf(plan.edit))
  const out = new OutputFile(path, isUnchanged(plan) ? 'none' : file.compression)
  const outcome = await writeRows({ file, choice, limits, out })
  return { outcome, written: await out.finish() } satisfies WrittenRows
})

async function editsOf(plan: EditPlan | null): Promise<CellEdits> {
  if (plan?.kind !== 'mask' || plan.registry === null) return new CellEdits(plan)
  const { personalData } = (await import(plan.registry)) as { personalData: FindPersonal }
  return new CellEdits(plan, personalData)
}
