/** A row as the page shows it: its cells, what is marked in them, and one line of it for lists. */
import { masked } from '../fuse/redact.js'
import { ROLES, type Role } from '../model/role.js'
import { stretches } from '../report/excerpt.js'
import { safeText } from '../report/safe-text.js'
import type { CellView, Piece } from './api.js'
import type { RawCell, RawRow } from './data-messages.js'
import { rangesOf, unionOf, type Range } from './phrase.js'
import { linePieces, piecesOf } from './pieces.js'

/** Of a report: quoted where the finding shows the row. */
export interface Quotation {
  readonly excerpt: string
  readonly marks: readonly Range[]
  readonly target?: string | undefined
}

export interface Marking {
  /** Finds the trigger. */
  readonly pattern: RegExp | null
  /** What the report marks in this row. */
  readonly quotation: Quotation | null
}

const LINE_UNITS = 110
const TARGET_UNITS = 60
const NAME_UNITS = 80
const TARGET_ROLES: readonly Role[] = ['label', 'response', 'chosen']
const INPUT_ROLES: readonly Role[] = ['text', 'prompt', 'chosen']

export class RowRenderer {
  private readonly roles: ReadonlyMap<string, Role>

  /**
   * @param roles of the report; several columns of one role are joined by ` + ` there
   * @param showValues leaves secrets as they are
   */
  constructor(
    roles: readonly { readonly role: Role; readonly column: string }[],
    private readonly showValues: boolean,
  ) {
    this.roles = new Map(
      roles.flatMap(({ role, column }) => [column, ...column.split(' + ')].map((name): [string, Role] => [name, role])).reverse(),
    )
  }

  /** All cells: those with a role first, in the roles' order. */
  cells(row: RawRow, marking: Marking): CellView[] {
    return this.inOrder(row).map(({ column, turns, cut }) => ({
      column: safeText(column, NAME_UNITS),
      role: this.roles.get(column) ?? null,
      turns: turns.map(({ speaker, text }) => {
        const safe = this.safe(text, marking)
        return { speaker: speaker === null ? null : safeText(speaker, NAME_UNITS), pieces: piecesOf(safe.text, safe.marks) }
      }),
      cut,
    }))
  }

  /** Around the first mark, else the beginning of what the row is about. */
  line(row: RawRow, marking: Marking): Piece[] {
    const cells = this.inOrder(row)
    const input = cells.filter(({ column }) => INPUT_ROLES.includes(this.roles.get(column) ?? 'id'))
    const turns = [...(input.length > 0 ? input : cells), ...cells].flatMap((cell) => cell.turns)
    let { text, marks } = this.safe(turns[0]?.text ?? '', marking)
    for (const turn of turns) {
      if (marks.length > 0) break
      const { text: other, marks: found } = this.safe(turn.text, marking)
      if (found.length > 0) [text, marks] = [other, found]
    }
    return lineOf(text, marks)
  }

  /** The label, or the beginning of the answer. */
  target(row: RawRow): string | null {
    const cells = this.inOrder(row)
    const cell = TARGET_ROLES.flatMap((role) => cells.filter(({ column }) => this.roles.get(column) === role))[0]
    const text =
      cell?.turns.at(-1)?.text ?? cells.flatMap(({ turns }) => turns.filter(({ speaker }) => speaker !== null)).at(-1)?.text
    return text === undefined ? null : safeText(this.safe(text, NOTHING).text, TARGET_UNITS)
  }

  /** The same of what the report quotes, where the row itself is not to be had. */
  quoted({ excerpt, marks, target }: Quotation): { excerpt: Piece[]; target: string | null } {
    const safe = this.masked(excerpt, marks)
    const shownTarget = target === undefined ? null : safeText(this.masked(target, []).text, TARGET_UNITS)
    return { excerpt: lineOf(safe.text, safe.marks), target: shownTarget }
  }

  private inOrder({ cells }: RawRow): readonly RawCell[] {
    const place = ({ column }: RawCell): number => {
      const role = this.roles.get(column)
      return role === undefined ? ROLES.length : ROLES.indexOf(role)
    }
    return [...cells].sort((a, b) => place(a) - place(b))
  }

  private safe(text: string, { pattern, quotation }: Marking): { text: string; marks: readonly Range[] } {
    return this.masked(text, unionOf([...rangesOf(text, pattern), ...quotedRanges(text, quotation)]))
  }

  private masked(text: string, marks: readonly Range[]): { text: string; marks: readonly Range[] } {
    if (this.showValues) return { text, marks: unionOf(marks) }
    const safe = masked(text, marks, true)
    return { text: safe.text, marks: unionOf(safe.marks) }
  }
}

/** Around the first mark, with … where it was cut. */
function lineOf(text: string, marks: readonly Range[]): Piece[] {
  const shown = stretches({ excerpt: text, marks }, LINE_UNITS)
  return shown.flatMap(({ text: part, marked }) => linePieces(part, marked ? [[0, part.length]] : []))
}

const NOTHING: Marking = { pattern: null, quotation: null }

/** Where the report's marks lie in the whole text. */
function quotedRanges(text: string, quotation: Quotation | null): Range[] {
  const at = quotation === null || quotation.excerpt === '' ? -1 : text.indexOf(quotation.excerpt)
  return at === -1 ? [] : (quotation?.marks.map(([start, end]): Range => [start + at, end + at]) ?? [])
}
