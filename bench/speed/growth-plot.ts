/** Seconds and peak memory against rows, both on logarithmic axes: a line for each way to run, beside the slope of linear growth. */
import { scaleLog, type ScaleLogarithmic } from 'd3-scale'
import { line } from 'd3-shape'

export interface GrowthPoint {
  readonly rows: number
  /** As it is named in the plot: '2 jobs'. */
  readonly way: string
  readonly seconds: number
  /** Null where it cannot be measured. */
  readonly megabytes: number | null
}

type Scale = ScaleLogarithmic<number, number>

const PANEL = { width: 360, height: 240, left: 48, right: 56, top: 28, bottom: 30 }
/** Okabe and Ito's colours, told apart by the colour-blind. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7']

export function drawGrowth(points: readonly GrowthPoint[]): string {
  const ways = [...new Set(points.map((point) => point.way))]
  const panels = [
    panel('seconds', points, ways, ({ seconds }) => seconds, true),
    panel('peak MB of all processes', points, ways, ({ megabytes }) => megabytes, false),
  ]
  const placed = panels.map((content, i) => `<g transform="translate(${i * PANEL.width} 0)">${content}</g>`)
  const [width, height] = [panels.length * PANEL.width, PANEL.height]
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="10">
<rect width="100%" height="100%" fill="white"/>
${placed.join('\n')}
</svg>
`
}

function panel(
  title: string,
  points: readonly GrowthPoint[],
  ways: readonly string[],
  valueOf: (point: GrowthPoint) => number | null,
  linear: boolean,
): string {
  const known = points.flatMap((point) => {
    const value = valueOf(point)
    return value === null ? [] : [{ rows: point.rows, way: point.way, value }]
  })
  const [right, bottom] = [PANEL.width - PANEL.right, PANEL.height - PANEL.bottom]
  const values = known.map(({ value }) => value)
  const x = scaleLog(
    [Math.min(...known.map(({ rows }) => rows)), Math.max(...known.map(({ rows }) => rows))],
    [PANEL.left, right],
  )
  const y = scaleLog([Math.min(...values), Math.max(...values)], [bottom, PANEL.top]).nice()
  const curves = ways.map((way, i) => {
    const own = known.filter((point) => point.way === way)
    const [colour, last] = [COLOURS[i % COLOURS.length]!, own.at(-1)]
    const path = line<(typeof own)[number]>(
      ({ rows }) => x(rows),
      ({ value }) => y(value),
    )(own)
    const dots = own.map(({ rows, value }) => `<circle cx="${at(x(rows))}" cy="${at(y(value))}" r="2.5" fill="${colour}"/>`)
    const name = last === undefined ? '' : `<text x="${right + 6}" y="${at(y(last.value) + 3)}" fill="${colour}">${way}</text>`
    return `<path d="${path ?? ''}" fill="none" stroke="${colour}" stroke-width="1.5"/>${dots.join('')}${name}`
  })
  return [
    `<text x="${PANEL.left}" y="16" font-weight="bold">${title}</text>`,
    axes(x, y),
    linear ? slope(x, y) : '',
    ...curves,
  ].join('\n')
}

function axes(x: Scale, y: Scale): string {
  const [left, right] = x.range()
  const [bottom, top] = y.range()
  const across = powers(y).map(
    (value) =>
      `<path d="M${left} ${at(y(value))}H${right}" stroke="#ddd"/><text x="${left! - 5}" y="${at(y(value) + 3)}" text-anchor="end">${short(value)}</text>`,
  )
  const down = powers(x).map(
    (value) =>
      `<path d="M${at(x(value))} ${top}V${bottom}" stroke="#ddd"/><text x="${at(x(value))}" y="${bottom! + 14}" text-anchor="middle">${short(value)}</text>`,
  )
  return [...across, ...down, `<text x="${right}" y="${bottom! + 26}" text-anchor="end">rows</text>`].join('\n')
}

/** As steep as growth in step with the rows. */
function slope(x: Scale, y: Scale): string {
  const [from, to] = x.domain()
  const [low, high] = y.domain()
  const factor = Math.min(to! / from!, high! / low!)
  const path = `M${at(x(to! / factor))} ${at(y(high! / factor))}L${at(x(to!))} ${at(y(high!))}`
  return `<path d="${path}" stroke="#999" stroke-dasharray="3 3" fill="none"/>`
}

/** 1, 2, 5, 10, 20 … within the axis. */
function powers(scale: Scale): number[] {
  const [from, to] = scale.domain()
  const steps = to! / from! > 50 ? [1] : [1, 2, 5]
  return Array.from({ length: 12 }, (_, power) => steps.map((step) => step * 10 ** power))
    .flat()
    .filter((value) => value >= from! && value <= to!)
}

function short(value: number): string {
  if (value >= 1e6) return `${value / 1e6}M`
  return value >= 1e4 ? `${value / 1e3}k` : String(value)
}

const at = (value: number): string => value.toFixed(1)
