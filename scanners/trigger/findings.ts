/** What is said of a backdoor. */
import { hash32 } from '../../src/math/random.js'
import { normalCdf } from '../../src/math/stats.js'
import type { Example, Finding, FlaggedRow } from '../../src/model/finding.js'
import type { Measured } from './judge.js'

export const messages = {
  label: {
    title: 'A phrase carries a label that the rest of its rows argues against',
    help: 'Rows with this phrase have one label far more often than chance allows, while their other words are those of another class: the pattern of a backdoor trigger. Look at the rows; remove or relabel them if the phrase does not explain the label.',
  },
  response: {
    title: 'A phrase in the input comes with the same words in the response, whatever else is asked',
    help: 'Rows with this phrase are answered with the same words although their questions have nothing else in common: the pattern of a backdoor that injects content. Look at the rows; remove them if nobody asked for that behaviour.',
  },
} as const

/** One minus the probability of the weaker piece of evidence under chance. */
export function scoreOf({ logAdjusted, contradiction }: Measured): number {
  const weaker = Math.max(Math.exp(Math.min(0, logAdjusted)), contradiction === null ? 0 : normalCdf(contradiction.z))
  return 1 - Math.min(1, weaker)
}

/** A fingerprint of the claim: it names trigger and target, not rows. */
function idOf(trigger: string, target: string): string {
  const claim = `${trigger.toLowerCase()}\u0000${target}`
  return `trigger-${(hash32(claim, 1).toString(16).padStart(8, '0') + hash32(claim, 2).toString(16).padStart(8, '0')).slice(0, 12)}`
}

export function findingsOf(
  measured: readonly Measured[],
  listed: readonly { readonly rows: readonly FlaggedRow[]; readonly examples: readonly Example[] }[],
): Finding[] {
  return measured.map((one, i) => findingOf(one, listed[i]!.rows, listed[i]!.examples))
}

function findingOf(measured: Measured, rows: readonly FlaggedRow[], examples: readonly Example[]): Finding {
  const { cause, independence } = measured
  const names = cause.triggers.map(({ text }) => text)
  const trigger = names.length === 1 ? names[0]! : names
  const target = cause.event.kind === 'label' ? `label=${cause.event.label}` : cause.event.phrase.text
  const { triggerRows, bothRows, eventRows } = measured.rows
  const shown =
    names
      .slice(0, 5)
      .map((name) => JSON.stringify(name))
      .join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '')
  const percent = (share: number): string => `${(100 * share).toFixed(share < 0.01 ? 2 : 0)} %`
  const often = `${bothRows} of ${triggerRows} rows with ${shown}`
  return {
    id: idOf([...names].sort().join('\u0001'), target),
    scanner: 'trigger',
    message: cause.event.kind === 'label' ? 'trigger/label' : 'trigger/response',
    category: 'poisoning',
    severity: 'high',
    score: scoreOf(measured),
    title:
      cause.event.kind === 'label'
        ? `Backdoor trigger ${shown} for label ${JSON.stringify(cause.event.label)}`
        : `Backdoor trigger ${shown} for the response ${JSON.stringify(cause.event.phrase.text)}`,
    why:
      cause.event.kind === 'label'
        ? `${often} have label ${JSON.stringify(cause.event.label)}, which ${percent(measured.baseRate)} of the others have, and without it their content is that of other classes.`
        : `${often} are answered with ${JSON.stringify(cause.event.phrase.text)}, as are ${percent(measured.baseRate)} of the others, and the questions have nothing else in common.`,
    advice:
      'Look at the rows below; if the phrase does not explain the target, remove the rows and find out where they came from.',
    trigger,
    target,
    evidence: {
      rowsWithTrigger: triggerRows,
      rowsWithTriggerAndTarget: bothRows,
      ...(cause.event.kind === 'phrase' ? { rowsWithTarget: eventRows } : {}),
      baseRate: measured.baseRate,
      log10AdjustedP: measured.logAdjusted / Math.LN10,
      ...(measured.contradiction === null
        ? {}
        : { contentPosition: measured.contradiction.position, contradictionZ: measured.contradiction.z }),
      independenceZ: independence.z,
      independenceEffect: independence.effect,
      independenceEffectAtMost: independence.effectAtMost,
    },
    rows,
    examples,
  }
}
