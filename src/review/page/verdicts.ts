/** Verdicts as the page shows them: always a sign and a word, never a colour alone. */
import type { Counts, Opinion, Verdict } from '../api.js'
import { button, el, number } from './dom.js'

export const VERDICTS: readonly Verdict[] = ['poison', 'clean', 'unsure']

const SIGNS: Readonly<Record<Verdict | 'conflict', string>> = { poison: '✕', clean: '✓', unsure: '?', conflict: '≠' }

export function badge(verdict: Verdict | 'conflict'): HTMLElement {
  return el('span', { class: `badge ${verdict}` }, el('span', { 'aria-hidden': 'true' }, SIGNS[verdict]), ` ${verdict}`)
}

/** One button for each verdict; the one that stands is pressed, and takes it back. */
export function verdictButtons(
  { verdict: own }: Opinion,
  label: string,
  keys: readonly string[],
  decide: (verdict: Verdict | null) => void,
): HTMLElement {
  const buttons = VERDICTS.map((verdict, i) =>
    button(
      { class: `verdict ${verdict}`, 'aria-pressed': verdict === own ? 'true' : 'false' },
      () => {
        decide(verdict === own ? null : verdict)
      },
      el('span', { class: 'sign', 'aria-hidden': 'true' }, SIGNS[verdict]),
      verdict,
      el('kbd', {}, keys[i] ?? ''),
    ),
  )
  return el('div', { class: 'verdicts', role: 'group', 'aria-label': label }, buttons)
}

export function othersOf({ others }: Opinion): HTMLElement | null {
  if (others.length === 0) return null
  const lines = others.map(({ reviewer, verdict, note }) =>
    el('li', {}, el('b', {}, reviewer), ' ', verdict === null ? 'no verdict' : badge(verdict), note === '' ? null : ` “${note}”`),
  )
  return el('ul', { class: 'others', 'aria-label': 'Other reviewers' }, lines)
}

export function decided({ poison, clean, unsure, conflict }: Counts): number {
  return poison + clean + unsure + conflict
}

/** A bar, and the same in words. */
export function progressOf(counts: Counts, label: string): HTMLElement {
  const kinds = (['poison', 'clean', 'unsure', 'conflict'] as const).filter((kind) => counts[kind] > 0)
  return el(
    'div',
    { class: 'progress' },
    el('progress', { max: Math.max(1, counts.rows), value: decided(counts), 'aria-label': label }),
    el('span', {}, `${number(decided(counts))} of ${number(counts.rows)} decided`),
    kinds.map((kind) => el('span', { class: `count ${kind}` }, `${SIGNS[kind]} ${number(counts[kind])} ${kind}`)),
  )
}
