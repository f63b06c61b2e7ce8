/** What the pictures share: the frame with axes and their titles, glyphs that differ in shape as well as colour, the figure around. */
import type { ScaleContinuousNumeric } from 'd3-scale'
import { html, name, names, path, type Content, type Html } from '../html-text.js'
import { table } from './table.js'

export type Scale = ScaleContinuousNumeric<number, number>

/** Units of the drawing: about CSS pixels on a desk, less on a phone. */
const WIDTH = 440
const HEIGHT = 300

export interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

export const BOX: Box = { left: 56, right: WIDTH - 12, top: 12, bottom: HEIGHT - 44 }

export interface Axis {
  readonly scale: Scale
  readonly title: string
  readonly ticks: readonly { readonly at: number; readonly text: string }[]
}

/** One decimal is finer than a screen. */
export function unit(value: number): number {
  return Math.round(value * 10) / 10
}

/** Grid lines, numbers and titles of two axes around a plot. */
export function frame(box: Box, x: Axis, y: Axis): Html {
  const across = y.ticks.map(({ at, text }) => {
    const v = unit(y.scale(at))
    return html`<path class="grid" d="${path(`M${box.left} ${v}H${box.right}`)}" /><text
        class="end"
        x="${box.left - 6}"
        y="${unit(v + 4)}"
        >${text}</text
      >`
  })
  const down = x.ticks.map(({ at, text }) => {
    const h = unit(x.scale(at))
    return html`<path class="grid" d="${path(`M${h} ${box.top}V${box.bottom}`)}" /><text
        class="middle"
        x="${h}"
        y="${box.bottom + 17}"
        >${text}</text
      >`
  })
  const middle = (box.left + box.right) / 2
  return html`${across}${down}<path class="axis" d="${path(`M${box.left} ${box.bottom}H${box.right}`)}" />
    <text class="title middle" x="${middle}" y="${box.bottom + 37}">${x.title}</text
    >${upright(y.title, (box.top + box.bottom) / 2)}`
}

function upright(title: string, at: number): Html {
  return html`<text class="title middle" transform="translate(11 ${unit(at)}) rotate(-90)">${title}</text>`
}

/** Strokes around a point, in the order in which series take them: cross, triangle, square, diamond, plus. */
const GLYPHS = [
  'm-3.2-3.2l6.4 6.4m0-6.4l-6.4 6.4',
  'm0-4l4 7h-8z',
  'm-3-3h6v6h-6z',
  'm0-4.3l4.3 4.3l-4.3 4.3l-4.3-4.3z',
  'm-4 0h8m-4-4v8',
]

/** How many series can be told apart. */
export const SERIES = GLYPHS.length

/** The same glyph at each point. @param series from 0 */
export function glyphs(series: number, points: readonly (readonly [number, number])[]): Html {
  const shape = GLYPHS[series % SERIES] ?? ''
  const commands = points.map(([x, y]) => `M${unit(x)} ${unit(y)}${shape}`).join('')
  return html`<path class="${names('glyph', `s${(series % SERIES) + 1}`)}" d="${path(commands)}" />`
}

/** Round dots, which stand for ordinary rows. */
export function dots(points: readonly (readonly [number, number])[]): Html {
  return html`<path class="dots" d="${path(points.map(([x, y]) => `M${unit(x)} ${unit(y)}h0`).join(''))}" />`
}

export interface Entry {
  /** Drawn in a square of 16 units. */
  readonly sign: Html
  readonly text: Content
}

export const DOT_SIGN = html`<path class="dots" d="M8 8h0" />`

export function glyphSign(series: number): Html {
  return glyphs(series, [[8, 8]])
}

/** What a caption adds where not every row of a large data set was kept. */
export function sampled(oneIn: number): string {
  return oneIn === 1 ? '' : ` Flagged rows are those among one row in ${oneIn}.`
}

export function legend(entries: readonly Entry[]): Html {
  const items = entries.map(
    ({ sign, text }) => html`<li><svg viewBox="0 0 16 16" aria-hidden="true">${sign}</svg><span>${text}</span></li>`,
  )
  return html`<ul class="legend">
    ${items}
  </ul>`
}

export interface Figure {
  /** Of an element; unique in the page. */
  readonly id: string
  readonly title: string
  readonly caption: Content
  /** What the picture shows, in words, for those who do not see it. */
  readonly alternative: string
  readonly height?: number
  readonly drawing: Html
  /** Below the drawing: its legend, its numbers. */
  readonly below: Content
}

export function figure({ id, title, caption, alternative, height = HEIGHT, drawing, below }: Figure): Html {
  return html`<figure id="${name(id)}">
    <figcaption>
      <h3>${title}</h3>
      <p>${caption}</p>
    </figcaption>
    <svg class="plot" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="${names(`${id}-t`, `${id}-d`)}">
      <title id="${name(`${id}-t`)}">${title}</title>
      <desc id="${name(`${id}-d`)}">${alternative}</desc>
      ${drawing}</svg
    >${below}
  </figure>`
}

/** In the place of a picture that cannot be drawn. */
export function absent(id: string, title: string, why: string): Html {
  return html`<figure id="${name(id)}" class="absent">
    <figcaption>
      <h3>${title}</h3>
      <p>Not drawn: ${why}.</p>
    </figcaption>
  </figure>`
}

/** The numbers of a picture, to be unfolded. @param columns the first holds text, the others numbers */
export function numbers([first = '', ...others]: readonly string[], rows: readonly (readonly Content[])[]): Html {
  return html`<details>
    <summary>Numbers</summary>
    ${table({ text: [first], numbers: others }, rows)}
  </details>`
}
