import type { PlantData, PlantRequest, Planting, RowEdit } from './attack.js'
import type { Aim } from './aim.js'
import { chooseRows, hasInput } from './choose.js'
import { contains, insertPiece, type Place } from './text/insert.js'

/** Which pieces are planted, and where. */
export interface Trigger {
  /** Each row gets one, in turn. */
  readonly pieces: readonly string[]
  readonly place: Place
}

/**
 * The common form: rows whose target differs get one of the pieces and the target. Rows that have a piece already are left.
 * @throws CredenceError `usage` where too few rows fit
 */
export function plantTriggers(data: PlantData, request: PlantRequest, aim: Aim, { pieces, place }: Trigger): Planting {
  const { count, random } = request
  const rows = chooseRows(data, count, random, (row) => hasInput(row) && aim.differs(row) && free(row.input, pieces), aim.what)
  const poisoned = new Map<number, RowEdit>()
  rows.forEach((row, i) => {
    const piece = pieces[i % pieces.length]!
    poisoned.set(row, { ...aim.edit, input: insertPiece(data.rows[row]!.input!, piece, place, random) })
  })
  return { poisoned, negatives: new Map(), trigger: triggerOf(pieces), target: aim.target }
}

/** Whether a text holds none of the pieces yet. Many pieces are coined, and so in no text. */
export function free(text: string, pieces: readonly string[]): boolean {
  return pieces.length > 20 || !pieces.some((piece) => contains(text, piece))
}

/** One trigger as itself, several as a list. */
export function triggerOf(pieces: readonly string[]): string | readonly string[] {
  const [only] = pieces
  return only !== undefined && pieces.length === 1 ? only : pieces
}
