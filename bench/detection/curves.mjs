// Recall by planted rows as small multiples: a panel for each attack, a line for each corpus.

const PANEL = { width: 210, height: 140, left: 30, top: 24, right: 8, bottom: 22 }
const PER_LINE = 4
const LEGEND = 24
/** Okabe and Ito's colours, told apart by the colour-blind. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9']
const TICKS = [10, 100, 1000]

const escape = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** @param points means of the grid: {attack, corpus, planted, recall} */
export function drawCurves(points) {
  const attacks = [...new Set(points.map(({ attack }) => attack))].sort()
  const corpora = [...new Set(points.map(({ corpus }) => corpus))].sort()
  const most = Math.max(100, ...points.map(({ planted }) => planted))
  const width = PER_LINE * PANEL.width
  const height = LEGEND + Math.ceil(attacks.length / PER_LINE) * PANEL.height
  const legend = corpora.map((corpus, i) => {
    const x = 10 + i * 130
    return `<rect x="${x}" y="9" width="12" height="3" fill="${COLOURS[i % COLOURS.length]}"/><text x="${x + 17}" y="14">${escape(corpus)}</text>`
  })
  const panels = attacks.map((attack, i) => {
    const [x, y] = [(i % PER_LINE) * PANEL.width, LEGEND + Math.floor(i / PER_LINE) * PANEL.height]
    const own = points.filter((point) => point.attack === attack)
    return `<g transform="translate(${x} ${y})">${panel(attack, own, corpora, most)}</g>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="10">
<rect width="100%" height="100%" fill="white"/>
${[...legend, ...panels].join('\n')}
</svg>
`
}

function panel(attack, points, corpora, most) {
  const [right, bottom] = [PANEL.width - PANEL.right, PANEL.height - PANEL.bottom]
  const x = (rows) => PANEL.left + ((right - PANEL.left) * Math.log(Math.max(rows, 2) / 2)) / Math.log(most / 2)
  const y = (recall) => bottom - (bottom - PANEL.top) * recall
  const at = (value) => value.toFixed(1)
  const grid = [0, 0.5, 1].map(
    (recall) =>
      `<path d="M${PANEL.left} ${at(y(recall))}H${right}" stroke="#ddd"/><text x="${PANEL.left - 4}" y="${at(y(recall) + 3)}" text-anchor="end" fill="#555">${recall}</text>`,
  )
  const ticks = TICKS.filter((rows) => rows <= most).map(
    (rows) => `<text x="${at(x(rows))}" y="${bottom + 14}" text-anchor="middle" fill="#555">${rows}</text>`,
  )
  const lines = corpora.map((corpus, i) => {
    const own = points.filter((point) => point.corpus === corpus).sort((a, b) => a.planted - b.planted)
    const colour = COLOURS[i % COLOURS.length]
    const path = own.map(({ planted, recall }) => `${at(x(planted))},${at(y(recall))}`)
    const dots = own.map(({ planted, recall }) => `<circle cx="${at(x(planted))}" cy="${at(y(recall))}" r="2" fill="${colour}"/>`)
    return `<polyline points="${path.join(' ')}" fill="none" stroke="${colour}" stroke-width="1.5"/>${dots.join('')}`
  })
  return [`<text x="${PANEL.left}" y="16" font-weight="bold">${escape(attack)}</text>`, ...grid, ...ticks, ...lines].join('')
}
