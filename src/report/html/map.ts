/** The map: rows as points, near each other where their content is alike, flagged ones on top. */
import { scaleLinear } from 'd3-scale'
import type { Finding } from '../../model/finding.js'
import type { MapPicture } from '../../model/pictures.js'
import { html, quoted, type Html } from '../html-text.js'
import { amount, number } from '../summary.js'
import { BOX, DOT_SIGN, dots, figure, frame, glyphs, glyphSign, legend, numbers, SERIES } from './plot.js'

const ID = 'map'
export const MAP_TITLE = 'Where the rows lie'
const LONGEST_TITLE = 120

export function mapFigure({ variance, rows, of, flagged }: MapPicture, findings: readonly Finding[]): Html {
  const x = scaleLinear([0, 255], [BOX.left + 6, BOX.right - 6])
  const y = scaleLinear([0, 255], [BOX.bottom - 6, BOX.top + 6])
  const place = ([a, b]: readonly [number, number]): readonly [number, number] => [x(a), y(b)]
  const axis = (share: number, which: string): string => `${which} direction (${(100 * share).toFixed(0)} % of the variance)`
  // Steps of one standard deviation: the map reaches 3.5 to either side.
  const ticks = [-3, -2, -1, 0, 1, 2, 3].map((at) => ({ at: 127.5 + (at * 127.5) / 3.5, text: String(at).replace('-', '−') }))
  const titleOf = (id: string): string => findings.find((finding) => finding.id === id)?.title ?? id
  const drawing = html`${frame(
    BOX,
    { scale: x, title: axis(variance[0], 'first'), ticks },
    { scale: y, title: axis(variance[1], 'second'), ticks },
  )}${dots(rows.map(place))}${[...flagged.entries()].reverse().map(([i, { points }]) => glyphs(i, points.map(place)))}`
  const placed = flagged.reduce((sum, { points }) => sum + points.length, 0)
  const named = flagged.reduce((sum, { rows: count }) => sum + count, 0)
  return figure({
    id: ID,
    title: MAP_TITLE,
    caption: html`Embeddings of the rows on the two directions in which they differ most, in standard deviations. Planted rows are
    often strewn over all subjects; natural groups lie together. ${sampleText(rows.length, of)}`,
    alternative: `A scatter plot of ${amount(rows.length, 'row')}, with ${number(placed)} of ${number(named)} flagged rows of ${amount(flagged.length, 'finding')} drawn over them in signs of their own.`,
    drawing,
    below: html`${legend([
      { sign: DOT_SIGN, text: 'rows' },
      ...flagged.map(({ finding }, i) => ({ sign: glyphSign(i), text: quoted(titleOf(finding), LONGEST_TITLE) })),
    ])}${numbers(
      ['finding', 'rows', 'drawn'],
      flagged.map(({ finding, points, rows: count }) => [
        quoted(titleOf(finding), LONGEST_TITLE),
        number(count),
        number(points.length),
      ]),
    )}`,
  })
}

function sampleText(shown: number, of: number): string {
  const which =
    shown >= of ? `All ${number(shown)} rows are shown.` : `${number(shown)} of ${number(of)} rows are shown, drawn at random.`
  return `${which} A flagged row stands once, with the first finding that names it; of at most ${SERIES} findings.`
}
