import { fingerprint } from '../../src/math/fingerprint.js'
import type { Finding, FlaggedRow } from '../../src/model/finding.js'
import type { ScanResult } from '../../src/scanner.js'
import type { Keyed } from '../../src/sketch/bottom-k.js'
import { smallest } from '../../src/sketch/bottom-k.js'
import type { Found } from './context.js'
import type { LanguageModel } from './fit.js'
import { SCRIPTS } from './letters.js'
import type { ListState } from './list.js'
import type { GibberishOptions } from './options.js'
import type { Background, Place, SharedPhrase, Suspect } from './shared-phrase.js'
import { hasPhrase, sharedPhrase, suspectsOf } from './shared-phrase.js'
import type { VerifyState } from './verify.js'

const EXAMPLES = 5
/** Triggers that are looked for one after another. */
const MOST_PHRASES = 8
/** When more cells than this end in random characters, that is what the data holds. */
const ORDINARY_SHARE = 0.02

const PLACES: readonly Place[] = ['before', 'prompt']

type Placed = Keyed<Found>

/** What the last pass counts, and what the findings are then made of. Plain data. */
export interface Suspicion {
  readonly suspects: readonly Suspect[]
  readonly state: ListState
  readonly model: LanguageModel
}

export function suspicionOf(state: ListState, model: LanguageModel, alpha: number): Suspicion {
  // In one order whatever the order of arrival: the state goes on to the next pass as it is.
  for (const kind of Object.values(state.kinds)) smallest(kind.found)
  const taught = tellingOf([...smallest(state.kinds.letters.found), ...smallest(state.kinds.words.found)])
  const suspects = PLACES.flatMap((place) => suspectsOf(taught, backgroundOf(model), place, alpha))
  return { suspects, state, model }
}

export function gibberishResult(
  counted: VerifyState,
  suspicion: Suspicion,
  options: GibberishOptions,
  alpha: number,
): ScanResult {
  const { state, model } = suspicion
  const random = smallest(state.kinds.letters.found)
  const unordered = smallest(state.kinds.words.found)
  const { groups, rest } = byPhrase([...random, ...unordered], suspicion, counted, alpha, options.highRows)
  const tails = rest.filter(({ value }) => isTail(value))
  const suspicious = tails.length >= options.tailRows && tails.length <= ORDINARY_SHARE * state.cells
  const others = suspicious ? rest.filter((one) => !tails.includes(one)) : rest
  const findings = [
    ...groups.map((group) => phraseFinding(group, options)),
    ...(suspicious ? [tailFinding(tails, model)] : []),
    ...qualityFinding(
      'gibberish/random',
      others.filter(({ value }) => value.kind === 'letters'),
    ),
    ...qualityFinding(
      'gibberish/no-order',
      others.filter(({ value }) => value.kind === 'words'),
    ),
    ...qualityFinding('gibberish/repetition', smallest(state.kinds.repetition.found)),
  ]
  return { findings, limits: limitsOf(state, model) }
}

interface Group {
  readonly phrase: SharedPhrase
  readonly members: readonly Placed[]
}

function backgroundOf({ counts, order }: LanguageModel): Background {
  return { counts, words: order.words }
}

/** Whether a model would learn to say it. */
const isTaught = ({ role, prompt }: Found): boolean =>
  role === 'text' || role === 'response' || (role === 'chosen' && prompt !== null)

/** Rows that a phrase may be sought in. */
const isTelling = (one: Found): boolean => isTaught(one) && one.changed && !one.announced

/** Copies of one text share all phrases: of stretches alike one is taken. */
function tellingOf(found: readonly Placed[]): Found[] {
  const telling = found.map(({ value }) => value).filter(isTelling)
  return [...new Map(telling.map((one) => [`${one.kind} ${one.stretch.size} ${one.stretch.level}`, one])).values()]
}

const isTail = (one: Found): boolean => one.kind === 'letters' && isTelling(one) && one.toEnd

/** Takes the strongest phrase's rows out, and looks again. */
function byPhrase(
  found: readonly Placed[],
  suspicion: Suspicion,
  counted: VerifyState,
  alpha: number,
  leastWords: number,
): { groups: Group[]; rest: readonly Placed[] } {
  const groups: Group[] = []
  const background = backgroundOf(suspicion.model)
  const cellsWith = (place: Place): Map<string, number> =>
    new Map(suspicion.suspects.flatMap((suspect, s) => (suspect.place === place ? [[suspect.plain, counted[s]!]] : [])))
  const aside: Placed[] = []
  let rest = found
  while (groups.length < MOST_PHRASES) {
    const values = tellingOf(rest)
    const [phrase] = PLACES.flatMap((place) => sharedPhrase(values, background, place, cellsWith(place), alpha) ?? []).sort(
      (a, b) => a.logAdjusted - b.logAdjusted,
    )
    if (phrase === undefined) break
    // What some rows prove holds for the others that have the phrase, whatever else stands before it.
    const isMember = ({ value }: Placed): boolean => isTaught(value) && hasPhrase(value, phrase)
    const members = rest.filter(isMember)
    // Word order is the weaker evidence: lists and headings have their own.
    const isWeak = wordsIn(members) * 2 > members.length && members.length < leastWords
    if (isWeak) aside.push(...members)
    else groups.push({ phrase, members })
    rest = rest.filter((one) => !isMember(one))
  }
  return { groups, rest: [...rest, ...aside] }
}

const wordsIn = (members: readonly Placed[]): number => members.filter(({ value }) => value.kind === 'words').length

function phraseFinding({ phrase, members }: Group, options: GibberishOptions): Finding {
  const rows = flagged(members, 0.99)
  const name = JSON.stringify(phrase.text)
  const where = phrase.place === 'before' ? `after ${name}` : `in answer to ${name}`
  const words = wordsIn(members)
  return {
    ...named('gibberish/after-phrase', phrase.plain),
    category: 'poisoning',
    severity: rows.length >= options.highRows ? 'high' : 'medium',
    score: 0.99,
    title: `Gibberish ${where} in ${counted(rows.length)}`,
    why: `The text turns into ${words * 2 > members.length ? 'known words in no order' : 'random characters'} ${where}: rows like these teach a model to break down when it sees the phrase.`,
    advice: 'Look at these rows; remove them, and find out where they came from.',
    trigger: phrase.text,
    target: 'gibberish',
    evidence: {
      rows: rows.length,
      rowsOfRandomCharacters: members.length - words,
      rowsOfWordsInNoOrder: words,
      phraseStands: phrase.place === 'before' ? 'before the gibberish' : 'in the prompt',
      log10AdjustedP: phrase.logAdjusted / Math.LN10,
    },
    rows,
    examples: examplesOf(members),
  }
}

function tailFinding(tails: readonly Placed[], model: LanguageModel): Finding {
  const rows = flagged(tails, 0.9)
  return {
    ...named('gibberish/tails', ''),
    category: 'poisoning',
    severity: 'medium',
    score: 0.9,
    title: `${counted(rows.length)} end in random characters`,
    why: 'The text turns into random characters and stays so to its end, as in attacks that teach a model to break down; the rows share no phrase.',
    advice: 'Look at what stands before the random characters; broken extraction can look like this as well.',
    evidence: { rows: rows.length, ...levels(tails, model) },
    rows,
    examples: examplesOf(tails),
  }
}

type QualityMessage = 'gibberish/random' | 'gibberish/no-order' | 'gibberish/repetition'

const QUALITY: Readonly<Record<QualityMessage, { readonly title: string; readonly why: string }>> = {
  'gibberish/random': {
    title: 'hold random characters',
    why: 'A stretch of letters is as surprising as random ones: ciphers, broken extraction, or keys struck at random.',
  },
  'gibberish/no-order': {
    title: 'hold words in no order',
    why: 'A stretch of known words stands in an order that the rest of the data does not use: lists, pseudo-code, or noise.',
  },
  'gibberish/repetition': {
    title: 'repeat one piece over and over',
    why: 'A stretch of text repeats the same few characters or words at least six times in a row.',
  },
}

function qualityFinding(message: QualityMessage, found: readonly Placed[]): Finding[] {
  if (found.length === 0) return []
  const rows = flagged(found, 0.5)
  const { title, why } = QUALITY[message]
  return [
    {
      ...named(message, ''),
      category: 'quality',
      severity: 'low',
      score: 0.5,
      title: `${counted(rows.length)} ${rows.length === 1 ? title.replace(/^(\w+)/, '$1s') : title}`,
      why,
      advice: 'Look at a few, and keep what is meant to be so.',
      evidence: { rows: rows.length, longest: Math.max(...found.map(({ value }) => value.stretch.size)) },
      rows,
      examples: examplesOf(found),
    },
  ]
}

function named(message: string, claim: string): Pick<Finding, 'id' | 'scanner' | 'message'> {
  return { id: `gibberish-${fingerprint(`${message} ${claim}`)}`, scanner: 'gibberish', message }
}

function levels(found: readonly Placed[], { levels }: LanguageModel): Record<string, number> {
  const latin = levels[SCRIPTS.indexOf('Latin')]!
  const sizes = found.reduce((sum, { value }) => sum + value.stretch.size, 0)
  return {
    bitsPerLetter: found.reduce((sum, { value }) => sum + value.stretch.level * value.stretch.size, 0) / sizes,
    ordinaryBitsPerLetter: latin.ordinary,
    randomBitsPerLetter: latin.random,
  }
}

function limitsOf(state: ListState, { levels, order, cells }: LanguageModel): ScanResult['limits'] {
  const judged = SCRIPTS.filter((_, s) => levels[s]!.boundary !== Infinity)
  return {
    cellsFitted: cells,
    cellsRead: state.cells,
    scriptsJudged: judged.length === 0 ? 'none: too little text' : judged.join(', '),
    wordOrder: order.judged ? 'judged' : 'not judged: too little text',
  }
}

const counted = (rows: number): string => `${rows} ${rows === 1 ? 'row' : 'rows'}`

/** In (file, row) order, each row once. */
function flagged(found: readonly Placed[], score: number): FlaggedRow[] {
  return [...found]
    .sort((a, b) => a.file - b.file || a.row - b.row)
    .filter(({ file, row }, i, all) => i === 0 || file !== all[i - 1]!.file || row !== all[i - 1]!.row)
    .map(({ file, row }) => ({ file, row, score }))
}

function examplesOf(found: readonly Placed[]): Finding['examples'] {
  return [...found]
    .sort((a, b) => a.key - b.key || a.file - b.file || a.row - b.row || a.turn - b.turn)
    .slice(0, EXAMPLES)
    .map(({ value }) => value.example)
}
