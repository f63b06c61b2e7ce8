/** Trigger strength against frequency: words of the data, and the triggers that were found. */
import { scaleLinear, scaleLog } from 'd3-scale'
import type { Finding } from '../../model/finding.js'
import type { Missing, WordPicture } from '../../model/pictures.js'
import { html, quoted, type Html } from '../html-text.js'
import { amount, number, triggers } from '../summary.js'
import { absent, BOX, DOT_SIGN, dots, figure, frame, glyphs, glyphSign, legend, numbers } from './plot.js'

const ID = 'strength'
const TITLE = 'Triggers, by strength and frequency'
const MOST_TRIGGERS = 12
const LONGEST_TRIGGER = 80

interface Spot {
  readonly trigger: string
  readonly rows: number
  /** Of the rows with the trigger, the share with the target. */
  readonly share: number
}

export function strengthFigure(words: WordPicture | Missing, findings: readonly Finding[]): Html {
  const all = findings.flatMap(spotOf)
  const spots = all.slice(0, MOST_TRIGGERS)
  const background = 'missing' in words ? [] : words.words
  if (spots.length + background.length === 0) {
    return absent(ID, TITLE, 'missing' in words ? `no trigger was found, and ${words.missing}` : 'no word is in enough rows')
  }
  const most = Math.max(100, ...spots.map(({ rows }) => rows), ...background.map(({ rows }) => rows))
  const x = scaleLog([1, most], [BOX.left, BOX.right - 4]).nice()
  const least = Math.min(...spots.map(({ share }) => share), ...background.map(({ share }) => share))
  const lowest = Math.min(0.75, Math.floor(4 * least) / 4)
  const y = scaleLinear([lowest, 1], [BOX.bottom, BOX.top + 4])
  const place = ({ rows, share }: Pick<Spot, 'rows' | 'share'>): readonly [number, number] => [x(Math.max(1, rows)), y(share)]
  const powers = Array.from({ length: Math.round(Math.log10(x.domain()[1] ?? 1)) + 1 }, (_, i) => 10 ** i)
  const drawing = html`${frame(
    BOX,
    { scale: x, title: 'rows with the word or trigger', ticks: powers.map((at) => ({ at, text: number(at) })) },
    {
      scale: y,
      title: 'share of them with its target',
      ticks: [0, 0.25, 0.5, 0.75, 1].filter((at) => at >= lowest).map((at) => ({ at, text: `${100 * at} %` })),
    },
  )}${dots(distinct(background.map(place)))}${glyphs(0, spots.map(place))}`
  return figure({
    id: ID,
    title: TITLE,
    caption: html`A trigger comes nearly always with its target, in more rows than a word does by chance: it stands to the right
    of the cloud, at its upper edge. ${backgroundText(words)}`,
    alternative: `A scatter plot of ${amount(background.length, 'word')} of the data by the rows that hold them and the share of these with their commonest label, with ${amount(spots.length, 'trigger')} drawn over them.`,
    drawing,
    below: html`${legend([
      ...(background.length === 0 ? [] : [{ sign: DOT_SIGN, text: 'word of the data, with its commonest label' }]),
      ...(spots.length === 0 ? [] : [{ sign: glyphSign(0), text: 'trigger that was found, with its target' }]),
    ])}${
      spots.length === 0
        ? null
        : numbers(
            ['trigger', 'rows', 'with target'],
            spots.map(({ trigger, rows, share }) => [
              quoted(trigger, LONGEST_TRIGGER),
              number(rows),
              `${(100 * share).toFixed(1)} %`,
            ]),
          )
    }${all.length > spots.length ? html`<p>${number(all.length - spots.length)} more triggers are not drawn.</p>` : null}`,
  })
}

/** Where a finding says of how many rows with its trigger how many have the target. */
function spotOf(finding: Finding): Spot[] {
  const { rowsWithTrigger: rows, rowsWithTriggerAndTarget: hits } = finding.evidence
  const [trigger] = triggers(finding)
  if (trigger === undefined || typeof rows !== 'number' || typeof hits !== 'number' || !(rows > 0)) return []
  return [{ trigger, rows, share: Math.min(1, Math.max(0, hits / rows)) }]
}

function backgroundText(words: WordPicture | Missing): string {
  if ('missing' in words) return `No words are drawn: ${words.missing}.`
  const { words: shown, of, leastRows } = words
  const which = `words in at least ${leastRows} rows`
  return shown.length >= of
    ? `All ${number(shown.length)} ${which} are shown.`
    : `${number(shown.length)} of about ${number(of)} ${which} are shown, drawn at random.`
}

/** Rare words share their places by the hundred. */
function distinct(points: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  return [...new Map(points.map((point) => [`${Math.round(point[0] * 2)} ${Math.round(point[1] * 2)}`, point])).values()]
}
