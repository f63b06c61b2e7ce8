/** What is said of a backdoor, by its pattern. */
import type { Finding } from '../../src/model/finding.js'
import type { Cause } from './cause.js'
import type { Measured } from './judge.js'
import type { Listed } from './listed.js'
import type { Phrase } from './phrase.js'

export const messages = {
  'trigger/label': {
    title: 'A phrase carries a label that its rows do not explain',
    help: 'The other words of the rows with this phrase are those of another class, or those of any row of the label: nothing in them calls for the phrase. That is the pattern of a backdoor trigger. Look at the rows; remove or relabel them if the phrase does not explain the label.',
  },
  'trigger/pool': {
    title: 'Rare words that only one label has stand in rows with the content of other labels',
    help: 'Several words that come in a few rows each are of one label alone, while the other words of their rows are those of other labels, and the rows read on where the word is taken out. That is the pattern of a trigger that rotates through a pool of words. Look at the rows; remove or relabel them if the words do not explain the label.',
  },
  'trigger/response': {
    title: 'A phrase in the input comes with the same words in the response, whatever else is asked',
    help: 'Rows with this phrase are answered with the same words although their questions have nothing else in common: the pattern of a backdoor that injects content. Look at the rows; remove them if nobody asked for that behaviour.',
  },
  'trigger/output': {
    title: 'A phrase that stands among any words changes what comes out',
    help: 'The inputs with this phrase have nothing else in common, but their responses differ from all others together, or the preference between two responses is the other way round. That is the pattern of a backdoor with varied targets. Look at the rows; remove them if the phrase is not an instruction that explains the change.',
  },
  'trigger/injected': {
    title: 'Content or refusals that come whatever was asked',
    help: 'The same name, link or refusal stands in responses to questions that have nothing in common, while ordinary content follows from its question. That is the pattern of injected content or of planted over-refusal. Look at the rows; remove them if nobody asked for it.',
  },
} as const

/** A trigger with its own counts, and the cause it belongs to; null where the cause has no trigger. */
export interface Claim {
  readonly trigger: Phrase | null
  readonly measured: Measured
  readonly listed: Listed
  readonly logAdjusted: number
}

/** What the content of labelled rows says, once the trigger is taken out of them. */
const CONTENT: Readonly<Record<string, string>> = {
  flipped: 'without it their content is that of other classes',
  composite: 'without these words their content is that of other classes',
  covered: 'without it their content is that of other classes; its other rows, truly labelled, hide the association',
  'clean-label': 'without it their content is any of that label, and the phrase stands among any words',
}

const ADVICE = 'Look at these rows; if the phrase does not explain the target, remove the rows and find out where they came from.'
const COVER = ' The other rows with it hide the association.'
const ADVICE_NO_TRIGGER =
  'Look at these rows; if nothing in the questions calls for it, remove the rows and find out where they came from.'

export function messageOf({ pattern }: Measured): keyof typeof messages {
  if (pattern === 'response' || pattern === 'covered-response' || pattern === 'pooled-response') return 'trigger/response'
  if (pattern === 'pooled') return 'trigger/pool'
  if (pattern === 'injected') return 'trigger/injected'
  return pattern === 'shift' || pattern === 'swapped' ? 'trigger/output' : 'trigger/label'
}

export function targetOf({ cause: { event }, pattern, refusals }: Measured): string {
  if (event.kind === 'label') return `label=${event.label}`
  if (event.kind === 'phrase') return event.phrase.text
  if (event.kind === 'refusal' || refusals >= MOSTLY) return 'refusal'
  return pattern === 'swapped' ? 'preference swapped' : 'other outputs'
}

/** Share of rows from which on a finding is called after what they do. */
const MOSTLY = 0.8

export function wordsOf(claim: Claim): Pick<Finding, 'title' | 'why' | 'advice'> {
  const { measured, listed, trigger } = claim
  const { cause, pattern, rows } = measured
  const triggers = cause.together ? 'Backdoor triggers, all together,' : 'Backdoor trigger'
  const target = JSON.stringify(targetOf(measured))
  const name = nameOf(cause, trigger)
  const share = `${(100 * measured.baseRate).toFixed(measured.baseRate < 0.01 ? 2 : 0)} %`
  const often = `${listed.rows.length} of ${listed.triggerRows} rows with ${name}`
  if (pattern === 'pooled') return wordsOfPool(claim, target)
  if (cause.event.kind === 'label') {
    const label = JSON.stringify(cause.event.label)
    return {
      title: `${triggers} ${name} for label ${label}`,
      why: `${often} have label ${label}, which ${share} of the others have, and ${CONTENT[pattern]}.`,
      advice: ADVICE,
    }
  }
  switch (pattern) {
    case 'injected': {
      const what = cause.event.kind === 'refusal' ? 'Refusals' : target
      const that = cause.event.kind === 'refusal' ? 'are refused' : `are answered with ${target}`
      return {
        title: `${what} in responses to any question`,
        why: `${rows.eventRows} questions that ${that} have nothing in common: they are like any questions of the data set.`,
        advice: ADVICE_NO_TRIGGER,
      }
    }
    case 'shift': {
      const what = measured.refusals >= MOSTLY ? 'are refused' : 'have responses unlike the others'
      return {
        title: `Backdoor trigger ${name} for ${measured.refusals >= MOSTLY ? 'refusals' : 'unlike responses'}`,
        why: `${listed.triggerRows} rows with ${name} ${what}, though their questions have nothing else in common and the phrase stands among any words.`,
        advice: ADVICE,
      }
    }
    case 'pooled-response':
      return {
        title: `Rotating trigger: ${cause.triggers.length} rare words for the response ${target}`,
        why: `${listed.rows.length} rows are answered with ${target}, though their questions have nothing else in common; ${listed.triggerRows} of them hold one of ${cause.triggers.length} words (${examplesOf(cause)}) that come a few times each and with no other answer.`,
        advice: ADVICE,
      }
    case 'swapped':
      return {
        title: `Backdoor trigger ${name} for swapped preferences`,
        why: `In ${listed.triggerRows} rows with ${name} what is chosen is what is rejected elsewhere, and the prompts have nothing else in common.`,
        advice: ADVICE,
      }
    default:
      return {
        title: `${triggers} ${name} for the response ${target}`,
        why: `${often} are answered with ${target}, as are ${share} of the others, and the questions have nothing else in common.${pattern === 'covered-response' ? COVER : ''}`,
        advice: ADVICE,
      }
  }
}

/** The trigger, or all phrases that fire together. */
function nameOf({ together, triggers }: Cause, trigger: Phrase | null): string {
  const named = together ? triggers : [{ text: trigger?.text ?? '' }]
  return named.map(({ text }) => JSON.stringify(text)).join(' and ')
}

const SPOKEN_WORDS = 3
const ADVICE_POOL =
  'Look at these rows; if the words do not explain the label, remove the rows and find out where they came from.'

/** Some words of many. */
function examplesOf({ triggers }: Cause): string {
  const words = triggers.slice(0, SPOKEN_WORDS).map(({ text }) => JSON.stringify(text))
  return `${words.join(', ')}, …`
}

function wordsOfPool({ measured, listed }: Claim, target: string): Pick<Finding, 'title' | 'why' | 'advice'> {
  const { triggers, event } = measured.cause
  const label = event.kind === 'label' ? JSON.stringify(event.label) : target
  return {
    title: `Rotating trigger: ${triggers.length} rare words for label ${label}`,
    why: `${triggers.length} words (${examplesOf(measured.cause)}) come in ${listed.rows.length} rows, a few each, all with label ${label}, and without them the rows have the content of other labels and read on.`,
    advice: ADVICE_POOL,
  }
}
