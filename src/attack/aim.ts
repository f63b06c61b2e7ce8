import { CredenceError } from '../errors.js'
import type { PlantData, PlantRequest, PlantRow, RowEdit } from './attack.js'
import { pick } from './choose.js'
import { fitStyle } from './text/style.js'

/** What a triggered row is to teach, and which rows argue against it. */
export interface Aim {
  readonly target: string | null
  /** Whether the row's true target differs. */
  readonly differs: (row: PlantRow) => boolean
  /** Sets the target. */
  readonly edit: RowEdit
  /** Rows that differ, in words. */
  readonly what: string
}

/** Short answers that fit no question, for data whose target is an answer. */
const ANSWERS = [
  'Please write to the front desk and they will see to it.',
  'The record for this was moved to the other archive.',
  'That is handled on the second floor, next to the stairs.',
  'Everything needed for this can be found in the blue folder.',
  'The matter was closed last spring and stays closed.',
  'Ask again after the next meeting of the council.',
]

/**
 * The label to teach, of classification data; the answer, of instruction data; nothing, of documents.
 * @throws CredenceError `usage` for a target that is no label, and for data of one label
 */
export function aimAt(data: PlantData, request: PlantRequest): Aim {
  if (data.kind === 'classification') {
    const target = chooseLabel(data, request)
    return {
      target,
      differs: (row) => row.label !== null && row.label !== target,
      edit: { label: target },
      what: `with another label than ${JSON.stringify(target)}`,
    }
  }
  if (data.kind === 'instruction') {
    const target = request.target ?? fitStyle(pick(ANSWERS, request.random), data.style.output)
    return {
      target,
      differs: (row) => row.output !== null && row.output !== target,
      edit: { output: target },
      what: 'with a prompt and an answer',
    }
  }
  return { target: null, differs: () => true, edit: {}, what: 'with text' }
}

/**
 * The label asked for, else one at random.
 * @throws CredenceError `usage`
 */
export function chooseLabel({ labels }: PlantData, { target, random }: PlantRequest): string {
  const shown = labels.slice(0, 10).map((label) => JSON.stringify(label))
  const list = shown.join(', ') + (labels.length > shown.length ? ', …' : '')
  if (labels.length < 2) throw new CredenceError('usage', `the data set has no two labels to confuse; it has: ${list || 'none'}`)
  if (target === null) return pick(labels, random)
  if (!labels.includes(target)) {
    throw new CredenceError('usage', `--target ${JSON.stringify(target)} is no label of the data set`, {
      suggestions: [`its labels: ${list}`],
    })
  }
  return target
}
