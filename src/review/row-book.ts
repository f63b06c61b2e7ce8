/** The rows of a report as a reviewer leafs through them: lists, filters, single rows with their neighbours. */
import { toErrorRecord } from '../errors.js'
import type { ReportJson } from '../report/json-schema.js'
import { safeText } from '../report/safe-text.js'
import type { RowLine, RowPlace, RowsView, RowView, TriggerView } from './api.js'
import type { FlagIndex } from './flag-index.js'
import type { Opinions } from './opinions.js'
import { phrasePattern } from './phrase.js'
import type { ReviewData } from './review-data.js'
import type { RawRow } from './data-messages.js'
import type { Marking, Quotation, RowRenderer } from './row-view.js'
import { RowSearch } from './row-search.js'

const PAGE_ROWS = 50
const NEIGHBOURS = 2
const MOST_WITH_TRIGGER = 50
const PATH_UNITS = 200

/** Filters by what was decided; any other word is looked for in the rows. */
const STATES: Readonly<Record<string, (line: Pick<RowLine, 'settled' | 'hasNote'>) => boolean>> = {
  undecided: ({ settled }) => settled === null,
  poison: ({ settled }) => settled === 'poison',
  clean: ({ settled }) => settled === 'clean',
  unsure: ({ settled }) => settled === 'unsure',
  conflict: ({ settled }) => settled === 'conflict',
  noted: ({ hasNote }) => hasNote,
}

type FlaggedLine = RowLine & { readonly flagged: boolean }

export class RowBook {
  private readonly search: RowSearch
  /** The list last leafed through: it stays as it is while its rows are decided. */
  private list: { readonly key: string; readonly positions: readonly number[] } | null = null

  constructor(
    private readonly report: ReportJson,
    private readonly index: FlagIndex,
    private readonly opinions: Opinions,
    private readonly data: ReviewData,
    private readonly renderer: RowRenderer,
  ) {
    this.search = new RowSearch(data)
  }

  /**
   * A page of a finding's rows.
   * @param fresh whether the filter is put on again, rather than leafed on in
   */
  async rows(finding: number, from: number, filter: string, fresh: boolean): Promise<RowsView> {
    const { file, row, score } = this.index.rowsOf(finding)
    try {
      const positions = filter === '' ? null : await this.filtered(finding, filter, fresh)
      const total = positions?.length ?? row.length
      const count = Math.max(0, Math.min(PAGE_ROWS, total - from))
      const places = Array.from({ length: count }, (_, i) => {
        const at = positions?.[from + i] ?? from + i
        return { file: file[at]!, row: row[at]!, score: score[at]! }
      })
      return { total, from, rows: await this.lines(finding, places), problem: null }
    } catch (error) {
      return { total: 0, from, rows: [], problem: safeText(toErrorRecord(error).message, 600) }
    }
  }

  /** One row, of the finding that it is looked at for or beside it. */
  async row(finding: number, place: RowPlace): Promise<RowView> {
    const { file, row } = place
    const score = this.scoreOf(finding, place)
    const around = Array.from({ length: 2 * NEIGHBOURS + 1 }, (_, i) => row + i - NEIGHBOURS).filter((number) => number >= 0)
    const { rows, problem } = await this.read(file, around)
    const own = rows.get(row)
    const quotation = this.quotation(finding, place)
    const marking = this.marking(finding, place)
    const common = {
      file,
      row,
      path: safeText(this.report.coverage.files[file]?.path ?? '', PATH_UNITS),
      score,
      neighbours: around
        .filter((number) => number !== row && rows.has(number))
        .map((number) => this.line(finding, { file, row: number }, rows.get(number))),
      findings: this.index
        .findingsOf(file, row)
        .map((index) => ({ index, title: safeText(this.report.findings[index]?.title ?? '', 160) })),
      opinion: this.opinions.of(place),
    }
    if (own !== undefined) return { ...common, source: 'data', problem: null, cells: this.renderer.cells(own, marking) }
    const why = problem ?? 'the file has no such row'
    if (quotation === null) return { ...common, source: 'none', problem: why, cells: [] }
    const { excerpt } = this.renderer.quoted(quotation)
    const cell = { column: quotation.role, role: null, turns: [{ speaker: null, pieces: excerpt }], cut: 0 }
    return { ...common, source: 'report', problem: why, cells: [cell] }
  }

  /** Rows in which the finding's trigger occurs; those that it does not name first. */
  async withTrigger(finding: number): Promise<TriggerView> {
    const none = { total: 0, unflagged: 0, rows: [] }
    const pattern = this.triggerPattern(finding)
    if (pattern === null) return { ...none, problem: 'the finding has no trigger' }
    try {
      const files = [...this.report.coverage.files.keys()]
      const found = await this.search.holding(files, pattern)
      const flagged = found.filter(({ file, row }) => this.index.positionOf(finding, file, row) >= 0)
      const others = found.filter(({ file, row }) => this.index.positionOf(finding, file, row) < 0)
      const lines = await this.lines(finding, [...others, ...flagged].slice(0, MOST_WITH_TRIGGER))
      return { total: found.length, unflagged: others.length, rows: lines, problem: null }
    } catch (error) {
      return { ...none, problem: safeText(toErrorRecord(error).message, 600) }
    }
  }

  private async filtered(finding: number, filter: string, fresh: boolean): Promise<readonly number[]> {
    const key = `${finding} ${filter}`
    if (!fresh && this.list?.key === key) return this.list.positions
    const positions = await this.positions(finding, filter)
    this.list = { key, positions }
    return positions
  }

  private async positions(finding: number, filter: string): Promise<readonly number[]> {
    const { file, row } = this.index.rowsOf(finding)
    const state = Object.hasOwn(STATES, filter) ? STATES[filter] : undefined
    if (state !== undefined) {
      return [...row.keys()].filter((i) => {
        const { settled, note } = this.opinions.of({ file: file[i]!, row: row[i]! })
        return state({ settled, hasNote: note !== '' })
      })
    }
    const pattern = phrasePattern([filter], false)
    const found = pattern === null ? [] : await this.search.holding([...new Set(file)], pattern)
    return found.map((place) => this.index.positionOf(finding, place.file, place.row)).filter((at) => at >= 0)
  }

  private async lines(finding: number, places: readonly RowPlace[]): Promise<FlaggedLine[]> {
    const read = new Map<number, ReadonlyMap<number, RawRow>>()
    for (const file of new Set(places.map((place) => place.file))) {
      const numbers = places.filter((place) => place.file === file).map(({ row }) => row)
      read.set(file, (await this.read(file, numbers)).rows)
    }
    return places.map((place) => this.line(finding, place, read.get(place.file)?.get(place.row)))
  }

  private line(finding: number, { file, row }: RowPlace, raw: RawRow | undefined): FlaggedLine {
    const { files } = this.report.coverage
    const { verdict, settled, note } = this.opinions.of({ file, row })
    const quotation = this.quotation(finding, { file, row })
    const shown =
      raw !== undefined
        ? { excerpt: this.renderer.line(raw, this.marking(finding, { file, row })), target: this.renderer.target(raw) }
        : quotation !== null
          ? this.renderer.quoted(quotation)
          : { excerpt: null, target: null }
    return {
      file,
      row,
      path: files.length > 1 ? safeText(files[file]?.path ?? '', PATH_UNITS) : '',
      score: this.scoreOf(finding, { file, row }),
      ...shown,
      verdict,
      settled,
      hasNote: note !== '',
      flagged: this.index.findingsOf(file, row).length > 0,
    }
  }

  /** What can be read of the rows; why nothing can. */
  private async read(
    file: number,
    rows: readonly number[],
  ): Promise<{ readonly rows: ReadonlyMap<number, RawRow>; readonly problem: string | null }> {
    const known = this.data.problem(file)
    if (known !== null) return { rows: new Map(), problem: safeText(known, 600) }
    try {
      return { rows: await this.data.rows(file, rows), problem: null }
    } catch (error) {
      return { rows: new Map(), problem: safeText(toErrorRecord(error).message, 600) }
    }
  }

  private scoreOf(finding: number, { file, row }: RowPlace): number | null {
    const at = this.index.positionOf(finding, file, row)
    return at < 0 ? null : (this.index.rowsOf(finding).score[at] ?? null)
  }

  private quotation(finding: number, { file, row }: RowPlace): (Quotation & { readonly role: string }) | null {
    const path = this.report.coverage.files[file]?.path
    return this.report.findings[finding]?.examples.find((example) => example.file === path && example.row === row) ?? null
  }

  private marking(finding: number, place: RowPlace): Marking {
    return { pattern: this.triggerPattern(finding), quotation: this.quotation(finding, place) }
  }

  private triggerPattern(finding: number): RegExp | null {
    return phrasePattern([this.report.findings[finding]?.trigger ?? []].flat(), true)
  }
}
