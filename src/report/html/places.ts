/** Where flagged rows stand in their files, beginning to end. */
import { scaleLinear } from 'd3-scale'
import type { Finding } from '../../model/finding.js'
import type { FileReceipt, Report } from '../../model/report.js'
import { html, path, quoted, type Html } from '../html-text.js'
import { amount, number } from '../summary.js'
import { absent, BOX, figure, frame, legend, numbers, unit } from './plot.js'

const ID = 'places'
const TITLE = 'Where flagged rows stand in the files'
const MOST_FILES = 8
const BINS = 60
const LANE = 58
const LONGEST_PATH = 48

interface Lane {
  readonly path: string
  readonly rows: number
  readonly flagged: number
  readonly bins: readonly number[]
}

export function placesFigure({ findings, coverage }: Report): Html {
  const all = coverage.files.flatMap((file, index) => laneOf(file, index, findings)).sort((a, b) => b.flagged - a.flagged)
  if (all.length === 0) return absent(ID, TITLE, 'no finding names rows')
  const lanes = all.slice(0, MOST_FILES)
  const box = { ...BOX, left: 14, bottom: BOX.top + lanes.length * LANE }
  const x = scaleLinear([0, 1], [box.left, box.right])
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, text: `${100 * at} %` }))
  const y = scaleLinear([0, 1], [box.bottom, box.top])
  const drawn = lanes.map((lane, i) => {
    const base = box.top + (i + 1) * LANE
    const height = scaleLinear([0, Math.max(1, ...lane.bins)], [0, LANE - 24])
    const bars = lane.bins.map((count, bin) =>
      count === 0
        ? ''
        : `M${unit(x(bin / BINS))} ${base}v${unit(-Math.max(2, height(count)))}h${unit((x(1) - x(0)) / BINS - 1)}V${base}z`,
    )
    return html`<path class="solid" d="${path(bars.join(''))}" /><path
        class="axis"
        d="${path(`M${box.left} ${base}H${box.right}`)}"
      />
      <text class="title" x="${box.left}" y="${base - LANE + 18}">${shortPath(lane.path)}</text
      ><text class="end" x="${box.right}" y="${base - LANE + 18}">${number(lane.flagged)} of ${number(lane.rows)}</text>`
  })
  const others = all.length - lanes.length
  return figure({
    id: ID,
    title: TITLE,
    caption: html`Flagged rows in each sixtieth of a file; each file has its own height. Rows added in one go stand together; in
    shuffled data they are everywhere.`,
    alternative: `Bars of flagged rows from the first row to the last, for ${amount(lanes.length, 'file')}; counts by tenth of a file are in the table below.`,
    height: box.bottom + 48,
    drawing: html`${frame(box, { scale: x, title: 'from the first row of the file to the last', ticks }, { scale: y, title: '', ticks: [] })}${drawn}`,
    below: html`${legend([{ sign: html`<path class="solid" d="M2 14v-9h3v9zM6.500 14v-5h3v5zM11 14v-12h3v12z" />`, text: 'flagged rows' }])}${numbers(
      ['file', 'rows', 'flagged', 'by tenth of the file'],
      lanes.map((lane) => [
        quoted(lane.path, LONGEST_PATH * 2),
        number(lane.rows),
        number(lane.flagged),
        html`<span class="words">${tenths(lane.bins)}</span>`,
      ]),
    )}${others > 0 ? html`<p>${amount(others, 'more file')} with flagged rows not drawn.</p>` : null}`,
  })
}

function laneOf({ path: file, read, skipped, declared }: FileReceipt, index: number, findings: readonly Finding[]): Lane[] {
  const flagged = new Set(findings.flatMap(({ rows }) => rows.filter((row) => row.file === index).map(({ row }) => row)))
  if (flagged.size === 0) return []
  let rows = Math.max(declared ?? 0, read + skipped)
  for (const row of flagged) rows = Math.max(rows, row + 1)
  const bins = new Array<number>(BINS).fill(0)
  for (const row of flagged) bins[Math.floor((row / rows) * BINS)]! += 1
  return [{ path: file, rows, flagged: flagged.size, bins }]
}

function tenths(bins: readonly number[]): string {
  const size = BINS / 10
  return Array.from({ length: 10 }, (_, i) => bins.slice(i * size, (i + 1) * size).reduce((sum, count) => sum + count, 0)).join(
    ' · ',
  )
}

/** The end of a path says more than its beginning. */
function shortPath(file: string): string {
  return file.length > LONGEST_PATH ? `…${file.slice(-LONGEST_PATH).toWellFormed()}` : file
}
