/** Sources: what share of all rows each gives, and what share of the flagged ones. */
import { scaleLinear } from 'd3-scale'
import type { SourceCount, SourcePicture } from '../../model/pictures.js'
import { html, path, quoted, type Html } from '../html-text.js'
import { amount, number } from '../summary.js'
import { BOX, figure, frame, legend, numbers, sampled, unit } from './plot.js'

const ID = 'sources'
export const SOURCES_TITLE = 'Sources'
const LANE = 40
const LONGEST_NAME = 46
const DIAMOND = 'm0-5l5 5l-5 5l-5-5z'

export function sourcesFigure({ by, sources, others, oneIn }: SourcePicture): Html {
  const rest: SourceCount[] =
    others.sources === 0 ? [] : [{ name: amount(others.sources, 'other'), rows: others.rows, flagged: others.flagged }]
  const all = [...sources, ...rest]
  const sum = (key: 'rows' | 'flagged'): number =>
    Math.max(
      1,
      all.reduce((total, source) => total + source[key], 0),
    )
  const [rows, flagged] = [sum('rows'), sum('flagged')]
  const isFlagged = all.some((source) => source.flagged > 0)
  const box = { ...BOX, left: 14, bottom: BOX.top + all.length * LANE }
  const most = Math.max(...all.map((source) => Math.max(source.rows / rows, source.flagged / flagged)))
  const x = scaleLinear([0, Math.min(1, most)], [box.left + 6, box.right - 8]).nice(5)
  const y = scaleLinear([0, 1], [box.bottom, box.top])
  const ticks = x.ticks(5).map((at) => ({ at, text: `${Number((100 * at).toFixed(1))} %` }))
  const lanes = all.map((source, i) => {
    const middle = box.top + i * LANE + 27
    const [a, b] = [unit(x(source.rows / rows)), unit(x(source.flagged / flagged))]
    return html`<text class="title" x="${box.left}" y="${middle - 13}">${shortName(source.name)}</text>
      <path
        class="bar"
        d="${path(`M${unit(x(0))} ${middle - 5}H${a}v10H${unit(x(0))}z`)}"
      />${isFlagged ? html`<path class="solid" d="${path(`M${b} ${middle}${DIAMOND}`)}" />` : null}`
  })
  return figure({
    id: ID,
    title: by === 'source' ? SOURCES_TITLE : 'Sources, by host',
    caption: html`The share of all rows that each ${by} gives, and its share of the flagged ones. Where the second is far greater,
    look at the source first.${sampled(oneIn)}`,
    alternative: `Bars of the share of all rows by ${by}, for ${all.length}, with the share of the flagged rows as diamonds; the numbers are in the table below.`,
    height: box.bottom + 48,
    drawing: html`${frame(box, { scale: x, title: 'share of rows', ticks }, { scale: y, title: '', ticks: [] })}${lanes}`,
    below: html`${legend([
      { sign: html`<path class="bar" d="M1 5h14v7h-14z" />`, text: 'share of all rows' },
      ...(isFlagged
        ? [{ sign: html`<path class="solid" d="${path(`M8 8${DIAMOND}`)}" />`, text: 'share of the flagged rows' }]
        : []),
    ])}${numbers(
      [by, 'rows', 'share', 'flagged', 'share'],
      all.map((source) => [
        quoted(source.name),
        number(source.rows),
        percent(source.rows / rows),
        number(source.flagged),
        percent(source.flagged / flagged),
      ]),
    )}`,
  })
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

function shortName(name: string): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME).toWellFormed()}…` : name
}
