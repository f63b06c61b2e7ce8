/** What people decided about rows and findings: the lines of `decisions.jsonl`, and what they come to. */
import { readFile, stat } from 'node:fs/promises'
import { z } from 'zod'
import { asCredenceError, CredenceError } from '../errors.js'

/** In the folder of a report. */
export const DECISIONS_FILE = 'decisions.jsonl'

export const VERDICTS = ['poison', 'clean', 'unsure'] as const
export type ReviewVerdict = (typeof VERDICTS)[number]

/** UTF-16 units. */
export const LONGEST_NOTE = 2000
const LONGEST_REVIEWER = 200

/** A row by the path that the report has for its file and its 0-based physical number there, or a finding by its id. */
export const targetSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('row'), file: z.string(), row: z.int().min(0) }),
  z.strictObject({ kind: z.literal('finding'), id: z.string() }),
])
export type DecisionTarget = z.infer<typeof targetSchema>

/** One line of `decisions.jsonl`. A verdict of null takes back what this reviewer decided before. */
export const decisionSchema = z.strictObject({
  v: z.literal(1),
  at: z.iso.datetime(),
  reviewer: z.string().min(1).max(LONGEST_REVIEWER),
  target: targetSchema,
  verdict: z.enum(VERDICTS).nullable(),
  note: z.string().max(LONGEST_NOTE).optional(),
})
export type Decision = z.infer<typeof decisionSchema>

export interface DecisionFile {
  readonly decisions: readonly Decision[]
  /** Lines that a crash cut short: they were never confirmed to anyone. */
  readonly torn: number
}

/** What the reviewers of one target say together; `conflict` where they differ. */
export interface Settled {
  readonly target: DecisionTarget
  readonly verdict: ReviewVerdict | 'conflict'
  /** The last decision of each reviewer who has a verdict, in the order of their names. */
  readonly decisions: readonly Decision[]
}

/** More than any reviewer writes: a million lines. */
const MOST_BYTES = 256 * 2 ** 20

/**
 * The decisions of a file, in its order.
 * @throws CredenceError `not-found`, `io`, `limit`, `usage` for what is no file of decisions of this version
 */
export async function readDecisions(path: string): Promise<readonly Decision[]> {
  return (await readDecisionFile(path)).decisions
}

/** The same, and how many lines were cut short. */
export async function readDecisionFile(path: string): Promise<DecisionFile> {
  const read = async (): Promise<string> => {
    const { size } = await stat(path)
    if (size > MOST_BYTES) throw new CredenceError('limit', `${path}: ${size} bytes are more than decisions have`)
    return readFile(path, 'utf8')
  }
  const text = await read().catch((error: unknown) => {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (missing) throw new CredenceError('not-found', `${path} does not exist`, { cause: error })
    throw asCredenceError(error, 'io', { file: path })
  })
  return parseDecisions(text, path)
}

/** The same; nothing where there is no such file yet. */
export async function readDecisionsIfAny(path: string): Promise<DecisionFile> {
  return readDecisionFile(path).catch((error: unknown) => {
    if (error instanceof CredenceError && error.code === 'not-found') return { decisions: [], torn: 0 }
    throw error
  })
}

/** @throws CredenceError `usage`, with the line */
export function parseDecisions(text: string, path: string): DecisionFile {
  const decisions: Decision[] = []
  let torn = 0
  for (const [line, content] of text.split('\n').entries()) {
    if (content.trim() === '') continue
    const decision = parseLine(content, path, line)
    if (decision === null) torn++
    else decisions.push(decision)
  }
  return { decisions, torn }
}

/** Null for a line that a crash cut short: the start of an object, or the zeros of a block that was never written. */
function parseLine(content: string, path: string, line: number): Decision | null {
  let json: unknown
  try {
    json = JSON.parse(content)
  } catch {
    if (content.startsWith('{') || content.startsWith('\0')) return null
    throw notDecisions(path, line, 'not JSON')
  }
  const parsed = decisionSchema.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw notDecisions(path, line, `${issue?.path.join('.') || 'the line'}: ${issue?.message ?? ''}`)
}

function notDecisions(path: string, line: number, why: string): CredenceError {
  return new CredenceError('usage', `${path}, line ${line + 1} is no decision of this version of credence: ${why}`, {
    place: { file: path, line },
  })
}

/** The same text for the same target, and for no other. */
export function targetKey(target: DecisionTarget): string {
  return target.kind === 'row' ? `row ${target.row} ${target.file}` : `finding ${target.id}`
}

/** The last decision of each reviewer, by {@link targetKey} and name, in the order in which targets first occur. */
export type Latest = Map<string, Map<string, Decision>>

export function latestOf(decisions: readonly Decision[]): Latest {
  const latest: Latest = new Map()
  for (const decision of decisions) remember(latest, decision)
  return latest
}

export function remember(latest: Latest, decision: Decision): void {
  const key = targetKey(decision.target)
  const byReviewer = latest.get(key) ?? new Map<string, Decision>()
  latest.set(key, byReviewer.set(decision.reviewer, decision))
}

/**
 * What the decisions come to, by {@link targetKey}, in the order in which targets first occur. The last line of a reviewer for a
 * target counts; targets of which nobody has a verdict are left out.
 */
export function settle(decisions: readonly Decision[]): ReadonlyMap<string, Settled> {
  const settled = new Map<string, Settled>()
  for (const [key, byReviewer] of latestOf(decisions)) {
    const result = settleTarget([...byReviewer.values()])
    if (result !== null) settled.set(key, result)
  }
  return settled
}

/** @param last the last decision of each reviewer about one target */
export function settleTarget(last: readonly Decision[]): Settled | null {
  const decisions = last.filter(({ verdict }) => verdict !== null).sort((a, b) => (a.reviewer < b.reviewer ? -1 : 1))
  const [first] = decisions
  if (first?.verdict == null) return null
  const agreed = decisions.every(({ verdict }) => verdict === first.verdict)
  return { target: first.target, verdict: agreed ? first.verdict : 'conflict', decisions }
}

/**
 * The decisions of several files as one list, oldest first, each line once. Within a file its order stands, whatever its clock
 * said: what was written later is later.
 */
export function mergeDecisions(files: readonly (readonly Decision[])[]): readonly Decision[] {
  const timed = files.flatMap((decisions) => {
    let latest = -Infinity
    return decisions.map((decision) => ({ decision, at: (latest = Math.max(latest, Date.parse(decision.at))) }))
  })
  const merged = new Map<string, Decision>()
  for (const { decision } of timed.sort((a, b) => a.at - b.at)) {
    const line = JSON.stringify(decision)
    if (!merged.has(line)) merged.set(line, decision)
  }
  return [...merged.values()]
}
