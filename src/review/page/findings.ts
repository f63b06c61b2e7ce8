/** The list of findings, and the head of the one that is looked at. */
import type { FindingView, Verdict } from '../api.js'
import { button, el, fill, number, textOf } from './dom.js'
import { findingOf, type State } from './state.js'
import { badge, decided, othersOf, verdictButtons } from './verdicts.js'

export function showFindings(list: Element, { report, finding: current }: State, select: (finding: number) => void): void {
  const items = report.findings.map((finding) => {
    const { index, title, severity, counts, opinion, states } = finding
    const isCurrent = index === current
    return el(
      'li',
      {},
      button(
        { class: 'finding-item', ...(isCurrent ? { 'aria-current': 'true' } : {}) },
        () => {
          select(index)
        },
        el('span', { class: `severity ${severity}` }, severity),
        el('span', { class: 'item-title' }, title),
        el('span', { class: 'item-facts' }, factsOf(finding), opinion.settled === null ? null : badge(opinion.settled)),
        states.length === 0 ? null : el('span', { class: 'item-facts' }, states.join(' · ')),
        counts.rows === 0 ? null : el('progress', { max: counts.rows, value: decided(counts), 'aria-hidden': 'true' }),
      ),
    )
  })
  fill(list, items)
}

function factsOf({ counts }: FindingView): string {
  return counts.rows === 0 ? 'the whole data set' : `${number(decided(counts))} of ${number(counts.rows)} rows decided`
}

export function showFinding(section: Element, state: State, decide: (verdict: Verdict | null) => void): void {
  const finding = findingOf(state)
  if (finding === undefined) {
    fill(section, el('h2', { id: 'finding-title' }, 'The report has no findings'), el('p', {}, 'There is nothing to review.'))
    return
  }
  const { index, title, severity, category, message, id, why, advice, triggers, moreTriggers, target, states, opinion } = finding
  const fact = (name: string, ...content: Parameters<typeof el>[2][]): HTMLElement =>
    el('div', {}, el('dt', {}, name), el('dd', {}, content))
  fill(
    section,
    el(
      'p',
      { class: 'kicker' },
      el('span', { class: `severity ${severity}` }, severity),
      ` finding ${index + 1} of ${state.report.findings.length} · ${category} · ${message} · `,
      el('code', {}, id),
    ),
    el('h2', { id: 'finding-title' }, title),
    el('p', { class: 'why' }, why),
    el(
      'dl',
      { class: 'facts' },
      triggers.length === 0
        ? null
        : fact('Trigger', triggersOf(triggers), moreTriggers > 0 ? ` or ${number(moreTriggers)} more` : null),
      target === null ? null : fact('Target', el('code', {}, target)),
      states.length === 0 ? null : fact('State', states.join(' · ')),
      fact('Next', advice),
    ),
    el(
      'div',
      { class: 'whole' },
      el('span', {}, 'The whole finding is'),
      verdictButtons(opinion, 'Verdict on the finding', ['⇧1', '⇧2', '⇧3'], decide),
      opinion.settled === 'conflict' ? badge('conflict') : null,
    ),
    othersOf(opinion),
  )
}

function triggersOf(triggers: FindingView['triggers']): HTMLElement[] {
  return triggers.map((pieces) => el('code', { class: 'trigger' }, el('mark', {}, textOf(pieces))))
}
