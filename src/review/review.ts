/** One sitting over one report: what the page is told, from the report, its flags, the data and the decisions so far. */
import { join, resolve } from 'node:path'
import type { Bounds } from '../engine/asked-child.js'
import { redactFinding } from '../fuse/redact.js'
import type { ReadLimits } from '../model/read-limits.js'
import { readReport } from '../report/explain-read.js'
import type { ReportJson } from '../report/json-schema.js'
import { safeText } from '../report/safe-text.js'
import { amount } from '../report/summary.js'
import type { FindingView, ReportView } from './api.js'
import { DecisionLog } from './decision-log.js'
import { DECISIONS_FILE } from './decisions.js'
import { loadIndex, reportFolder } from './load-index.js'
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

/** What needs the flags, which are read while the page is on its way to the browser. */
interface Loaded {
  readonly opinions: Opinions
  readonly book: RowBook
  readonly notices: readonly string[]
}

const FIELD_UNITS = 1000
const MOST_TRIGGERS = 5

export class Review {
  private constructor(
    private readonly written: ReportJson,
    private readonly shown: ReportJson['findings'],
    private readonly request: ReviewRequest,
    readonly decisionsPath: string,
    private readonly log: DecisionLog,
    private readonly data: ReviewData,
    private readonly notices: readonly string[],
    readonly loaded: Promise<Loaded>,
  ) {}

  /** @throws CredenceError `not-found`, `usage`, `io`, `limit`: no report, no decisions, or no data where it was said to be */
  static async open(request: ReviewRequest): Promise<Review> {
    const report = await readReport(request.report)
    const folder = await reportFolder(request.report)
    const decisionsPath = request.decisions ?? join(folder, DECISIONS_FILE)
    const located = await locateData(report.coverage.files, request.data, process.cwd())
    const log = await DecisionLog.open(decisionsPath)
    const data = new ReviewData(located, request.bounds, request.limits)
    const notices = [
      ...located.flatMap(({ reason }) => (reason === null ? [] : [`Only the report's excerpts are shown: ${reason}.`])),
      ...(log.torn > 0
        ? [`${decisionsPath} has ${amount(log.torn, 'line')} cut short by a crash, which nobody was told of as saved.`]
        : []),
    ]
    const loaded = loadIndex(report, data, folder).then(({ index, gap }): Loaded => {
      const opinions = new Opinions(report, index, log, request.reviewer)
      const renderer = new RowRenderer(report.roles, request.showValues)
      return { opinions, book: new RowBook(report, index, opinions, data, renderer), notices: gap === null ? [] : [gap] }
    })
    const shown = report.findings.map((finding) => redactFinding(finding, request.showValues))
    return new Review(report, shown, request, decisionsPath, log, data, notices, loaded)
  }

  async view(): Promise<ReportView> {
    const { opinions, notices } = await this.loaded
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
      notices: [...this.notices, ...notices].map((notice) => safeText(notice, FIELD_UNITS)),
    }
  }

  /** One line for the end of the sitting. */
  async summary(): Promise<string> {
    const { total } = (await this.loaded).opinions.counts()
    const decided = total.poison + total.clean + total.unsure + total.conflict
    const kinds = (['poison', 'clean', 'unsure', 'conflict'] as const).map((verdict) => `${total[verdict]} ${verdict}`)
    return `${decided} of ${amount(total.rows, 'flagged row')} decided: ${kinds.join(', ')}; kept in ${this.decisionsPath}`
  }

  async close(): Promise<void> {
    this.data.close()
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
