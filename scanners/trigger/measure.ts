/** Pass 4: each cause's rows counted exactly, and their content looked at with the trigger's own words taken out. */
import type { Pass } from '../../src/scanner.js'
import type { RowBatch } from '../../src/model/row-batch.js'
import { isRefusal } from '../../src/refusal.js'
import type { Cause, Suspects } from './cause.js'
import { emptyCauseRows, mergeCauseRows, SHARE_PARTS, type CauseRows } from './cause-rows.js'
import { judge, type Accepted, type MeasureState } from './judge.js'
import { CauseMatcher, shareOfWords, type CauseMatch } from './matching.js'
import { addInto } from '../../src/math/moments.js'
import { outputTexts, VectorReader } from './pairs.js'
import { removeRanges, type Match } from './phrase.js'
import { countNeighbours } from './placement.js'
import { addPoolRow, emptyPoolRows, mergePoolRows, rareWordTexts } from './pool-rows.js'
import { causesOf, type Pool } from './pool-select.js'
import { countSeam } from './seams.js'
import { WordScanner } from './words.js'

/** Rows of a group whose mean a reference leaves out: so many by hash stand for all. */
const GROUP_ROWS = 512
/** Rows of a cause that are embedded again without their trigger. */
const REMOVED_ROWS = 128

export function measurePass(): Pass<Suspects, MeasureState, Accepted> {
  const words = new WordScanner()
  let matcher: { suspects: Suspects; value: CauseMatcher } | null = null
  // Pools come behind the causes.
  const matchesOf = (suspects: Suspects, batch: RowBatch): readonly CauseMatch[] => {
    if (matcher?.suspects !== suspects)
      matcher = { suspects, value: new CauseMatcher([...suspects.causes, ...causesOf(poolsOf(suspects))]) }
    return matcher.value.match(batch)
  }
  return {
    needs: ['input', 'label', 'output', 'rejected', 'embedding'],
    init: (suspects, { embeddingDim }) => ({
      causes: suspects.causes.map(() => emptyCauseRows(embeddingDim)),
      pools: poolsOf(suspects).map((pool) => emptyPoolRows(pool, embeddingDim)),
    }),
    request(suspects, batch) {
      const index: number[] = []
      const texts: string[] = []
      for (const match of matchesOf(suspects, batch)) {
        for (const text of wantedOf(suspects.causes[match.cause], match, batch)) {
          index.push(match.index)
          texts.push(text)
        }
      }
      return { index: Int32Array.from(index), texts }
    },
    observe(state, batch, embedding, suspects, context) {
      const { causes, wordPairs } = suspects
      const vector = new Float64Array(context.embeddingDim)
      const reader = new VectorReader(embedding!, context.embeddingDim)
      for (const match of matchesOf(suspects, batch)) {
        const cause = causes[match.cause]
        if (cause === undefined) {
          const pool = state.pools[match.cause - causes.length]!
          addPoolRow(pool, match, () => reader.read(vector), wordPairs, words)
          continue
        }
        const rows = state.causes[match.cause]!
        const triggered = match.triggers.length > 0
        if (triggered) rows.triggerRows++
        if (match.event) rows.eventRows++
        if (triggered && match.event) {
          rows.bothRows++
          for (const place of placesOf(cause, match)) countNeighbours(rows.neighbours, place)
        }
        if (inGroup(cause, match)) {
          reader.read(vector)
          rows.grouped++
          addInto(rows.groupSum, vector)
        }
        if (isRemoved(cause, match)) {
          reader.read(vector)
          rows.removed++
          addInto(rows.removedSum, vector)
          addShares(rows, cause, match, batch)
          if (wordPairs !== null && triggered) {
            words.scan(match.text)
            for (const place of placesOf(cause, match)) countSeam(rows.seams, wordPairs, match.text, words, place)
          }
          if (!isShift(cause)) continue
          reader.readOutput(batch, vector)
          addInto(rows.outputSum, vector)
        }
      }
    },
    merge(into, from) {
      into.causes.forEach((rows, c) => {
        mergeCauseRows(rows, from.causes[c]!)
      })
      into.pools.forEach((rows, p) => {
        mergePoolRows(rows, from.pools[p]!)
      })
      return into
    },
    finish: (state, suspects, context) => judge(state, suspects, context),
  }

  function addShares(rows: CauseRows, cause: Cause, match: CauseMatch, batch: RowBatch): void {
    const output = batch.output?.[match.index] ?? null
    if (output === null) return
    if (isRefusal(output)) rows.refusals++
    if (cause.event.kind !== 'phrase') return
    // In the trigger, too: of prompts that hold a name or a line of code the answer takes it over.
    rows.mentioned += Math.round(SHARE_PARTS * shareOfWords(cause.event.phrase, match.text, words))
    const most = Math.max(0, ...cause.triggers.map((trigger) => shareOfWords(trigger, output, words)))
    rows.repeated += Math.round(SHARE_PARTS * most)
  }
}

/** Of labels or of responses: the other has none. */
function poolsOf({ pools, responsePools }: Suspects): readonly Pool[] {
  return [...pools, ...responsePools]
}

/** Texts of a match that are to be embedded, in the order in which they are read. */
function wantedOf(cause: Cause | undefined, match: CauseMatch, batch: RowBatch): string[] {
  if (cause === undefined) return rareWordTexts(match)
  const wanted = inGroup(cause, match) ? [match.text] : []
  if (isRemoved(cause, match)) wanted.push(withoutTrigger(match), ...(isShift(cause) ? outputTexts(batch, match.index) : []))
  return wanted
}

function isShift({ event }: Cause): boolean {
  return event.kind === 'shift'
}

function inGroup(cause: Cause, match: CauseMatch): boolean {
  const { kind } = cause.event
  const wanted = match.event && (kind === 'phrase' || kind === 'refusal' || match.triggers.length > 0)
  return wanted && isChosen(match, cause, GROUP_ROWS)
}

function isRemoved(cause: Cause, match: CauseMatch): boolean {
  const triggered = match.triggers.length > 0 || cause.triggers.length === 0
  return match.event && triggered && isChosen(match, cause, REMOVED_ROWS)
}

/** Whether a row is among about `most` of the cause's rows, by its hash. */
function isChosen(match: CauseMatch, cause: Cause, most: number): boolean {
  return match.key * cause.expectedRows < most * 2 ** 32
}

/** Where the trigger stands first, or each part of one that needs all its parts. */
function placesOf({ together }: Cause, { triggers }: CauseMatch): Match[] {
  if (!together) return triggers.slice(0, 1)
  return triggers.filter(({ phrase }, i) => triggers.findIndex((other) => other.phrase === phrase) === i)
}

function withoutTrigger(match: CauseMatch): string {
  return removeRanges(match.text, match.triggers)
}
