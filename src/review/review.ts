/** One sitting over one report: what the page is told, from the report, its flags, the data and the decisions so far. */
import { join, resolve } from 'node:path'
import type { Bounds } from '../engine/asked-child.js'
import { redactFinding } from '../fuse/redact.js'
import type { ReadLimits } from '../model/read-limits.js'
import { locateReport, readReport } from '../report/explain-read.js'
import type { ReportJson } from '../report/json-schema.js'
import { safeText } from '../report/safe-text.js'
import { amount } from '../report/summary.js'
import type { FindingView, ReportView, RowPlace, RowsView, RowView } from './api.js'
import { DataReader } from './data-reader.js'
import { DecisionLog } from './decision-log.js'
import { DECISIONS_FILE } from './decisions.js'
import { indexOfReport, type FlagIndex } from './flag-index.js'
import { isComplete, loadIndex } from './load-index.js'
import { locateData } from './locate-data.js'
import { Opinions } from './opinions.js'
import { linePieces } from './pieces.js'
import { ReviewData } from './review-data.js'
import { RowBook } from './row-book.js'
import { RowRenderer } from './row-view.js'

export interface ReviewRequest {
  /** `report.json` or its folder. */
  readonly report: string
  /** Where the data is now; where empty, the report's own paths. */
  readonly data: readonly string[]
  /** Null for `decisions.jsonl` beside the report. */
  readonly decisions: string | null
  readonly reviewer: string
  readonly showValues: boolean
  readonly bounds: Bounds
  readonly limits: ReadLimits
}

/** What is known of the rows: at first those that the report itself lists, then all. */
interface Knowledge {
  readonly index: FlagIndex
  readonly opinions: Opinions
  readonly book: RowBook
  readonly notices: readonly string[]
  /** Whether `flags.parquet` was read, or need not be. */
  readonly isWhole: boolean
}

const FIELD_UNITS = 1000
const MOST_TRIGGERS = 5

export class Review {
  private asked: Promise<Knowledge> | null = null

  private constructor(
    private readonly written: ReportJson,
    private readonly shown: ReportJson['findings'],
    private readonly request: ReviewRequest,
    readonly decisionsPath: string,
    private readonly log: DecisionLog,
    private readonly reader: DataReader,
    private readonly notices: readonly string[],
    private known: Knowledge,
    private readonly knowAll: () => Promise<Knowledge>,
  ) {}

  /** A page of a finding's rows, as {@link RowBook.rows}. What the report does not list waits until all is known, as filters do. */
  async rows(finding: number, from: number, filter: string, fresh: boolean): Promise<RowsView> {
    const isListed = from < this.known.index.rowsOf(finding).row.length
    const { book } = filter === '' && isListed ? this.known : await this.whole()
    return book.rows(finding, from, filter, fresh)
  }

  /** With what is known now. */
  row(finding: number, place: RowPlace): Promise<RowView> {
    return this.known.book.row(finding, place)
  }

  /** The flags of large data take a while: the first page asks for them once it shows something. Decisions wait for them. */
  whole(): Promise<Knowledge> {
    this.asked ??= this.knowAll().then((knowledge) => (this.known = knowledge))
    return this.asked
  }

  /** @throws CredenceError `not-found`, `usage`, `io`, `limit`: no report, no decisions, or no data where it was said to be */
  static async open(request: ReviewRequest): Promise<Review> {
    // Its process starts while the report is read.
    const reader = new DataReader(request.bounds)
    try {
      return await Review.with(reader, request)
    } catch (error) {
      reader.close()
      throw error
    }
  }

  private static async with(reader: DataReader, request: ReviewRequest): Promise<Review> {
    const report = await readReport(request.report)
    const { folder } = await locateReport(request.report)
    const decisionsPath = request.decisions ?? join(folder, DECISIONS_FILE)
    const located = await locateData(report.coverage.files, request.data, process.cwd())
    const log = await DecisionLog.open(decisionsPath)
    const data = new ReviewData(located, reader, request.limits)
    const notices = [
      ...located.flatMap(({ reason }) => (reason === null ? [] : [`Only the report's excerpts are shown: ${reason}.`])),
      ...(log.torn > 0
        ? [`${decisionsPath} has ${amount(log.torn, 'line')} cut short by a crash, which nobody was told of as saved.`]
        : []),
    ]
    const renderer = new RowRenderer(report.roles, request.showValues)
    const knowing = (index: FlagIndex, gap: string | null, isWhole: boolean): Knowledge => {
      const opinions = new Opinions(report, index, log, request.reviewer)
      const book = new RowBook(report, index, opinions, data, renderer)
      return { index, opinions, book, notices: gap === null ? [] : [gap], isWhole }
    }
    const knowAll = async (): Promise<Knowledge> => {
      const { index, gap } = await loadIndex(report, reader, folder)
      return knowing(index, gap, true)
    }
    const listed = indexOfReport(report)
    data.prepare(listed.rowsOf(0).file[0] ?? 0)
    const first = knowing(listed, null, isComplete(report))
    const shown = report.findings.map((finding) => redactFinding(finding, request.showValues))
    return new Review(report, shown, request, decisionsPath, log, reader, notices, first, knowAll)
  }

  /** @param isWhole whether to wait until all rows are known */
  async view(isWhole: boolean): Promise<ReportView> {
    const { opinions, notices, isWhole: isAll } = isWhole ? await this.whole() : this.known
    const counts = opinions.counts()
    const findings = this.shown.map((finding, index): FindingView => {
      const { id, message, severity, category, title, why, advice, trigger, target } = finding
      const triggers = [trigger ?? []].flat()
      const text = (of: string): string => safeText(of, FIELD_UNITS)
      return {
        index,
        id: text(id),
        message: text(message),
        severity,
        category,
        title: text(title),
        why: text(why),
        advice: text(advice),
        triggers: triggers.slice(0, MOST_TRIGGERS).map((phrase) => linePieces(phrase, [])),
        moreTriggers: Math.max(0, triggers.length - MOST_TRIGGERS),
        target: target === undefined ? null : text(target),
        states: statesOf(finding),
        counts: counts.findings[index]!,
        opinion: opinions.of({ finding: index }),
      }
    })
    return {
      report: safeText(resolve(this.request.report), FIELD_UNITS),
      verdict: this.written.verdict,
      reviewer: safeText(opinions.reviewer, FIELD_UNITS),
      findings,
      total: counts.total,
      isWhole: isAll,
      notices: [...this.notices, ...notices].map((notice) => safeText(notice, FIELD_UNITS)),
    }
  }

  /** One line for the end of the sitting. */
  async summary(): Promise<string> {
    const { total } = (await this.whole()).opinions.counts()
    const decided = total.poison + total.clean + total.unsure + total.conflict
    const kinds = (['poison', 'clean', 'unsure', 'conflict'] as const).map((verdict) => `${total[verdict]} ${verdict}`)
    return `${decided} of ${amount(total.rows, 'flagged row')} decided: ${kinds.join(', ')}; kept in ${this.decisionsPath}`
  }

  async close(): Promise<void> {
    this.reader.close()
    await this.log.close()
  }
}

function statesOf({ change, suppression, relatedTo }: ReportJson['findings'][number]): string[] {
  const until = suppression?.expires == null ? '' : ` until ${suppression.expires}`
  const states = [
    ...(change === undefined ? [] : [change]),
    ...(suppression === undefined ? [] : [`suppressed${until}: ${suppression.reason}`]),
    ...(relatedTo === undefined ? [] : [`same cause as ${relatedTo}`]),
  ]
  return states.map((state) => safeText(state, 300))
}
