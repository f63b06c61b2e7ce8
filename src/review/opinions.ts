/** What this reviewer and others think of rows and findings, and how far the review is. */
import type { ReportJson } from '../report/json-schema.js'
import { safeText } from '../report/safe-text.js'
import type { Counts, DecideRequest, Opinion, SavedView, TargetPlace, Verdict } from './api.js'
import type { DecisionLog } from './decision-log.js'
import { LONGEST_NOTE, settleTarget, type DecisionTarget } from './decisions.js'
import type { FlagIndex } from './flag-index.js'
import { CredenceError } from '../errors.js'

/** What a target was before a decision of this sitting. */
interface Before {
  readonly place: TargetPlace
  readonly finding: number | null
  readonly verdict: Verdict | null
  readonly note: string
}

const NAME_UNITS = 200

export class Opinions {
  private readonly past: Before[] = []
  private readonly filePlaces: ReadonlyMap<string, number>

  constructor(
    private readonly report: ReportJson,
    private readonly index: FlagIndex,
    private readonly log: DecisionLog,
    readonly reviewer: string,
  ) {
    this.filePlaces = new Map(report.coverage.files.map(({ path }, i): [string, number] => [path, i]).reverse())
  }

  of(place: TargetPlace): Opinion {
    const decisions = this.log.of(this.target(place))
    const own = decisions.find(({ reviewer }) => reviewer === this.reviewer)
    const others = decisions.filter((decision) => decision !== own && (decision.verdict !== null || decision.note !== undefined))
    return {
      verdict: own?.verdict ?? null,
      note: own?.note ?? '',
      settled: settleTarget(decisions)?.verdict ?? null,
      others: others.map(({ reviewer, verdict, note = '' }) => ({
        reviewer: safeText(reviewer, NAME_UNITS),
        verdict,
        note: safeText(note, LONGEST_NOTE),
      })),
    }
  }

  /** Of each finding, in the report's order, and of all their rows, each once. */
  counts(): { readonly findings: readonly Counts[]; readonly total: Counts } {
    const findings = this.report.findings.map(({ rowCount }) => noneOf(rowCount))
    const total = noneOf(this.report.summary.flaggedRows)
    for (const { target, verdict } of this.log.settled()) {
      const file = target.kind === 'row' ? this.filePlaces.get(target.file) : undefined
      if (target.kind !== 'row' || file === undefined) continue
      const named = this.index.findingsOf(file, target.row)
      for (const finding of named) findings[finding]![verdict]++
      if (named.length > 0) total[verdict]++
    }
    return { findings, total }
  }

  /** @param finding the one that was looked at. @throws CredenceError `usage` for what is no target, `io` */
  async decide({ target: place, verdict, note }: DecideRequest, finding: number | null): Promise<SavedView> {
    const target = this.target(place)
    const own = this.log.of(target).find(({ reviewer }) => reviewer === this.reviewer)
    await this.append(target, verdict, note)
    this.past.push({ place, finding, verdict: own?.verdict ?? null, note: own?.note ?? '' })
    return this.saved(place, finding)
  }

  /** Takes back the last decision of this sitting that was not; null where there is none. @throws CredenceError `io` */
  async undo(): Promise<SavedView | null> {
    const before = this.past.at(-1)
    if (before === undefined) return null
    await this.append(this.target(before.place), before.verdict, before.note)
    this.past.splice(this.past.lastIndexOf(before), 1)
    return this.saved(before.place, before.finding)
  }

  private async append(target: DecisionTarget, verdict: Verdict | null, note: string): Promise<void> {
    const said = note === '' ? {} : { note }
    await this.log.append({ v: 1, at: new Date().toISOString(), reviewer: this.reviewer, target, verdict, ...said })
  }

  private saved(place: TargetPlace, finding: number | null): SavedView {
    const { findings, total } = this.counts()
    const touched = 'finding' in place ? [place.finding] : this.index.findingsOf(place.file, place.row)
    return {
      target: place,
      opinion: this.of(place),
      findings: touched.map((index) => ({ index, counts: findings[index] ?? noneOf(0) })),
      total,
      finding,
    }
  }

  private target(place: TargetPlace): DecisionTarget {
    if ('finding' in place) {
      const id = this.report.findings[place.finding]?.id
      if (id !== undefined) return { kind: 'finding', id }
    } else {
      const file = this.report.coverage.files[place.file]?.path
      if (file !== undefined) return { kind: 'row', file, row: place.row }
    }
    throw new CredenceError('usage', 'the report has no such row or finding')
  }
}

type Counting = { -readonly [Key in keyof Counts]: number }

function noneOf(rows: number): Counting {
  return { rows, poison: 0, clean: 0, unsure: 0, conflict: 0 }
}
