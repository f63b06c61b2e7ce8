/** One row: what rules find in it, and what comes of it. */
import { isAddressed } from './addressed.js'
import type { Outcome } from './compliance.js'
import { LEAST, reactionOf, STRONG, strengthOf } from './compliance.js'
import { emissionOf } from './emitted.js'
import type { RuleSet } from './load-rules.js'
import type { Hit } from './matcher.js'
import { isDiscussed, isQuoted } from './quoting.js'
import type { Family } from './rule.js'
import { FAMILIES } from './rule.js'
import { splitAt } from './turns.js'

/** `pair`: a prompt and its reply. `text`: nothing answers it. `emitted`: the reply itself sends out or forges. */
export type Place = 'pair' | 'text' | 'emitted'

/** 3: beyond doubt. 2: the reply's words speak for it. 1: an attack in form only. */
export type Grade = 1 | 2 | 3

export interface Suspect {
  readonly place: Place
  readonly family: Family
  readonly grade: Grade
  readonly proof: boolean
  readonly rules: readonly string[]
  readonly start: number
  readonly end: number
}

export interface Judged {
  /** Of an attack in the prompt; null where there is none. */
  readonly outcome: Outcome | null
  readonly suspect: Suspect | null
}

const NOTHING: Judged = { outcome: null, suspect: null }

/** Shows how a chat was written down, not what is wanted. */
const isForm = ({ family, id }: Hit['rule']): boolean => family === 'markers' || id === 'tool-call/forged'

const forInput = ({ where }: Hit['rule']): boolean => where !== 'output'
const forOutput = ({ where }: Hit['rule']): boolean => where !== 'input'

export function judgePair(prompt: string, reply: string, { matcher }: RuleSet): Judged {
  const hits = matcher.find(prompt, forInput)
  const attack = hits.length === 0 ? NOTHING : judgeAttack(prompt, reply, hits)
  if (attack.suspect !== null && attack.suspect.grade > 1) return attack
  const own = hits.length > 0 ? [] : matcher.find(reply, forOutput)
  const emission = emissionOf(prompt, reply, own)
  if (emission === null) return attack
  const rules = own.map(({ rule }) => rule.id)
  const suspect: Suspect = {
    place: 'emitted',
    grade: 3,
    proof: true,
    ...emission,
    rules: rules.length > 0 ? rules : ['address-carries-prompt'],
  }
  return { outcome: attack.outcome, suspect }
}

/** A text, perhaps with turns of a chat written into it. */
export function judgeText(text: string, { matcher }: RuleSet): Judged {
  const hits = matcher.find(text, forInput)
  const telling = hits.filter(({ rule }) => !isForm(rule))
  // Chats written as text have their template's markers.
  if (telling.length === 0) return NOTHING
  const turns = splitAt(text, Math.max(...hits.map(({ end }) => end)))
  if (turns !== null) return judgeAttack(turns.prompt, turns.reply, hits)
  const meant = telling.filter(
    (hit) => isAddressed(text, hit) && !isQuoted(text, hit.start, hit.end) && !isDiscussed(text, hit.start, hit.end),
  )
  if (meant.length === 0) return { outcome: 'discussed', suspect: null }
  if (strengthOf(meant) < LEAST) return { outcome: 'unclear', suspect: null }
  return { outcome: 'unclear', suspect: suspectOf('text', meant, 2, false) }
}

function judgeAttack(prompt: string, reply: string, hits: readonly Hit[]): Judged {
  const { outcome, proof, likely } = reactionOf(prompt, reply, hits)
  if (outcome !== 'followed') return { outcome, suspect: null }
  const strength = strengthOf(hits)
  if (!proof && strength < LEAST) return { outcome: 'unclear', suspect: null }
  const grade = proof || strength >= STRONG ? 3 : likely ? 2 : 1
  return { outcome, suspect: suspectOf('pair', hits, grade, proof) }
}

function suspectOf(place: Place, hits: readonly Hit[], grade: Grade, proof: boolean): Suspect {
  const [lead] = [...hits].sort(
    (a, b) =>
      b.rule.weight - a.rule.weight || FAMILIES.indexOf(a.rule.family) - FAMILIES.indexOf(b.rule.family) || a.start - b.start,
  )
  const { rule, start, end } = lead!
  return { place, family: rule.family, grade, proof, rules: hits.map((hit) => hit.rule.id), start, end }
}
