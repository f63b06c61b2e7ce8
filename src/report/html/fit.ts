/** Score distribution per class: how well the content of rows fits their label, and where the flagged rows stand in that. */
import { scaleLinear } from 'd3-scale'
import { area, curveStep, line } from 'd3-shape'
import type { ClassPicture } from '../../model/pictures.js'
import { html, path, quoted, type Html } from '../html-text.js'
import { amount, number } from '../summary.js'
import { BOX, figure, frame, legend, numbers, sampled, unit } from './plot.js'

const ID = 'fit'
export const FIT_TITLE = 'How well rows fit their label'
const LANE = 74
const LONGEST_LABEL = 60

export function fitFigure({ classes, from, to, others, oneIn }: ClassPicture): Html {
  const box = { ...BOX, left: 14, bottom: BOX.top + Math.max(1, classes.length) * LANE }
  const x = scaleLinear([from, to], [box.left, box.right])
  const ticks = x.ticks(6).map((at) => ({ at, text: String(at).replace('-', '−') }))
  const y = scaleLinear([0, 1], [box.bottom, box.top])
  const lanes = classes.map((known, i) => {
    const base = box.top + (i + 1) * LANE
    const width = (to - from) / known.bins.length
    const outline = (bins: readonly number[], rows: number): [number, number][] => {
      const height = scaleLinear([0, Math.max(1, ...bins) / Math.max(1, rows)], [base, base - LANE + 24])
      return bins.map((count, bin): [number, number] => [
        unit(x(from + (bin + 0.5) * width)),
        unit(height(count / Math.max(1, rows))),
      ])
    }
    const rows =
      area(
        ([h]) => h,
        base,
        ([, v]) => v,
      )
        .curve(curveStep)
        .digits(1)(outline(known.bins, known.rows)) ?? ''
    const flagged = line().curve(curveStep).digits(1)(outline(known.flaggedBins, known.flagged)) ?? ''
    return html`<path
        class="area"
        d="${path(rows)}"
      />${known.flagged > 0 ? html`<path class="flags" d="${path(flagged)}" />` : null}
      <path class="axis" d="${path(`M${box.left} ${base}H${box.right}`)}" /><text
        class="title"
        x="${box.left + 2}"
        y="${base - LANE + 18}"
        >${quotedText(known.label)}</text
      ><text class="end" x="${box.right}" y="${base - LANE + 18}"
        >${number(known.flagged)} of ${amount(known.rows, 'row')} flagged</text
      >`
  })
  const middle = unit(x(0))
  return figure({
    id: ID,
    title: FIT_TITLE,
    caption: html`By label: +1 is where the content of its own rows lies on average, −1 that of all others (linear discriminant on
    embeddings). Flipped labels and planted triggers stand at the left. Each outline has its own height.${sampled(oneIn)}`,
    alternative: `Histograms of rows by how well their content fits their label, for ${amount(classes.length, 'label')}, with those of the flagged rows drawn over them; the means are in the table below.`,
    height: box.bottom + 48,
    drawing: html`${frame(box, { scale: x, title: 'fits other labels ← position of the content → fits its own label', ticks }, { scale: y, title: '', ticks: [] })}${lanes}<path
        class="rule"
        d="${path(`M${middle} ${box.top}V${box.bottom}`)}"
      />`,
    below: html`${legend([
      { sign: html`<path class="bar" d="M2 4h12v9h-12z" />`, text: 'all rows of the label' },
      { sign: html`<path class="flags" d="M1 12h4v-8h6v5h4" />`, text: 'its flagged rows' },
    ])}${numbers(
      ['label', 'rows', 'mean', 'flagged', 'their mean'],
      classes.map((known) => [
        quoted(known.label, LONGEST_LABEL),
        number(known.rows),
        meanText(known.bins, from, to),
        number(known.flagged),
        meanText(known.flaggedBins, from, to),
      ]),
    )}${others > 0 ? html`<p>${amount(others, 'label')} with fewer rows not drawn.</p>` : null}`,
  })
}

/** In a drawing, where no other element may stand. */
function quotedText(label: string): string {
  const shown = label.length > LONGEST_LABEL / 2 ? `${label.slice(0, LONGEST_LABEL / 2)}…` : label
  return `label ${JSON.stringify(shown.toWellFormed())}`
}

function meanText(bins: readonly number[], from: number, to: number): string {
  const rows = bins.reduce((sum, count) => sum + count, 0)
  if (rows === 0) return '–'
  const width = (to - from) / bins.length
  const mean = bins.reduce((sum, count, bin) => sum + count * (from + (bin + 0.5) * width), 0) / rows
  return `${mean < 0 ? '−' : '+'}${Math.abs(mean).toFixed(2)}`
}
