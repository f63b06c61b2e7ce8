// Writes the tables of README.md, between its markers, from the results, and the curves beside them.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { format } from 'prettier'
import { drawCurves } from './curves.mjs'
import { RATES, ROWS } from './grid.mjs'
import { here, readResult } from './places.mjs'

/** Baselines in the order of the columns. */
const BASELINES = {
  z18: 'Z-defence, paper (18 sd)',
  z20: 'Z-defence, code (20 sd)',
  spectral: 'spectral signatures',
  clustering: 'activation clustering',
  confident: 'confident learning',
  forest: 'isolation forest',
}

const fixed = (digits) => (value) => (value == null ? '–' : value.toFixed(digits))
const [two, three] = [fixed(2), fixed(3)]
/** A false-positive rate: as many digits as say something about some thousand rows. */
const rate = (value) => (value == null ? '–' : value === 0 ? '0' : value.toFixed(4))
const mean = (values) => {
  const numbers = values.filter((value) => value != null)
  return numbers.length === 0 ? null : numbers.reduce((sum, value) => sum + value, 0) / numbers.length
}

/** @param header cells; one that ends in a colon is aligned to the right */
function markdown(header, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`
  const rule = header.map((cell) => (cell.endsWith(':') ? '---:' : '---'))
  return [line(header.map((cell) => cell.replace(/:$/, ''))), line(rule), ...rows.map(line)].join('\n')
}

const versionsOf = (sets) => [...new Set(sets.map(([, { credence }]) => credence))].join(', ')

/** Whether no baseline finds more at equal FPR, and whether each finds less (or both find all). */
function ahead({ credence, ...others }) {
  const rivals = Object.values(others).map(({ recallAtEqualFpr }) => recallAtEqualFpr)
  return rivals.every((recall) => credence.recall > recall || (credence.recall === 1 && recall === 1))
}

function equalFprTable(sets) {
  const poisoned = sets.filter(([, { planted }]) => planted > 0)
  const rows = poisoned.map(([name, { planted, nStar, equalFpr, methods }]) => [
    `\`${name}\``,
    planted,
    nStar == null ? '–' : (planted / nStar).toFixed(1),
    `**${three(methods.credence.recall)}**`,
    rate(methods.credence.fpr),
    two(methods.credence.trigger),
    rate(equalFpr),
    ...Object.keys(BASELINES).map((method) => (methods[method] ? three(methods[method].recallAtEqualFpr) : 'n/a')),
    ahead(methods) ? 'yes' : 'no',
  ])
  const header = ['set', 'planted:', 'n/n\\*:', 'credence recall:', 'credence FPR:', 'trigger named:', 'FPR compared at:']
  const count = rows.filter((row) => row.at(-1) === 'yes').length
  const named = poisoned.filter(([, { methods }]) => methods.credence.trigger != null)
  const exact = named.filter(([, { methods }]) => methods.credence.trigger === 1).length
  const summary = `credence ${versionsOf(sets)}. Ahead of every baseline (or level with it at 1.000) on ${count} of ${rows.length} sets; every planted trigger is named exactly on ${exact} of ${named.length} sets that have one.`
  return `${summary}\n\n${markdown([...header, ...Object.values(BASELINES).map((title) => `${title}:`), 'ahead'], rows)}`
}

function areaTable(sets) {
  const methods = ['credence', ...Object.keys(BASELINES)]
  const poisoned = sets.filter(([, { planted }]) => planted > 0)
  const rows = poisoned.map(([name, result]) => [
    `\`${name}\``,
    ...methods.map((method) => (result.methods[method] ? three(result.methods[method].auprc) : 'n/a')),
  ])
  return markdown(['set', 'credence:', ...Object.values(BASELINES).map((title) => `${title}:`)], rows)
}

function ownThresholdTable(sets) {
  const rows = sets.map(([name, { methods }]) => [
    `\`${name}\``,
    ...['credence', ...Object.keys(BASELINES)].map((method) =>
      methods[method] ? `${three(methods[method].recall)} / ${rate(methods[method].fpr)}` : 'n/a',
    ),
  ])
  return markdown(['set', 'credence:', ...Object.values(BASELINES).map((title) => `${title}:`)], rows)
}

function secondsTable(sets) {
  const rows = Object.entries({ credence: 'credence, whole scan', ...BASELINES }).map(([method, title]) => {
    const seconds = sets.map(([, { methods }]) => methods[method]?.seconds).filter((value) => value !== undefined)
    return [title, seconds.length, seconds.reduce((sum, value) => sum + value, 0).toFixed(1), Math.max(0, ...seconds).toFixed(1)]
  })
  return markdown(['method', 'sets:', 'seconds, all sets:', 'seconds, slowest set:'], rows)
}

function cleanTable({ credence, bootstraps, corpora }) {
  const rows = corpora.map(({ name, rows: size, halves, alarmed, messages }) => [
    `\`${name}\``,
    size ?? '–',
    `${halves} of ${bootstraps}`,
    alarmed,
    halves === 0 ? '–' : `${((100 * alarmed) / halves).toFixed(1)} %`,
    Object.entries(messages)
      .map(([message, count]) => `${message} ${count}`)
      .join(', ') || 'none',
  ])
  const total = (field) => corpora.reduce((sum, corpus) => sum + corpus[field], 0)
  const summary = `credence ${credence}: ${total('alarmed')} of ${total('halves')} halves raise an alarm.`
  return `${summary}\n\n${markdown(['corpus', 'rows in a half:', 'halves scanned:', 'alarmed:', 'share:', 'findings'], rows)}`
}

/** Rows listed as flipped: what is stated of them, and what is true, in all and by what is stated. */
function flipsTables({ credence, cells, results }) {
  const sum = (bins) =>
    bins.reduce((all, bin) => ({
      rows: all.rows + bin.rows,
      stated: all.stated + bin.stated,
      flipped: all.flipped + bin.flipped,
    }))
  const share = (part, { rows }) => (rows === 0 ? '–' : two(part / rows))
  const groups = [...new Set(results.map(({ name, pair }) => `${name}|${pair}`))].map((group) => {
    const own = results.filter(({ name, pair }) => `${name}|${pair}` === group)
    const all = sum(own.flatMap(({ bins }) => bins))
    const [name, pair] = group.split('|')
    const found = own.filter(({ bins }) => sum(bins).rows > 0)
    const planted = found.reduce((total, cell) => total + cell.planted, 0)
    const recall = found.length === 0 ? '–' : two(all.flipped / planted)
    return [
      `\`${name}\``,
      pair,
      `${found.length} of ${own.length}`,
      all.rows,
      recall,
      share(all.stated, all),
      share(all.flipped, all),
    ]
  })
  const names = [...new Set(results.map(({ name }) => name))]
  const bins = names.flatMap((name) =>
    results[0].bins.flatMap((_, b) => {
      const bin = sum(results.filter((cell) => cell.name === name).map((cell) => cell.bins[b]))
      if (bin.rows === 0) return []
      const p = bin.flipped / bin.rows
      return [[`\`${name}\``, bin.rows, share(bin.stated, bin), two(p), two(Math.sqrt((p * (1 - p)) / bin.rows))]]
    }),
  )
  return [
    `credence ${credence}: ${results.length} of ${cells} scans.`,
    markdown(['corpus', 'from → to', 'scans that list rows:', 'rows:', 'recall there:', 'stated:', 'flipped:'], groups),
    markdown(['corpus', 'rows:', 'stated:', 'flipped:', 'standard error:'], bins),
  ].join('\n\n')
}

/** One line per attack, one column per amount. */
function gridTable(points, field, amounts, cell) {
  const attacks = [...new Set(points.map(({ attack }) => attack))].sort()
  const rows = attacks.map((attack) => [
    `\`${attack}\``,
    ...amounts.map((amount) => {
      const found = points.filter((point) => point.attack === attack && point[field] === amount)
      return found.length === 0 ? '–' : cell(found)
    }),
  ])
  return markdown(['attack', ...amounts.map((amount) => (field === 'rate' ? `${amount} %:` : `${amount} rows:`))], rows)
}

/** Recall, n/n* and the number of cells. */
function recallCell(points) {
  const weighted = (of) => {
    const known = points.filter((point) => of(point) != null)
    const cells = known.reduce((sum, point) => sum + point.cells, 0)
    return cells === 0 ? null : known.reduce((sum, point) => sum + of(point) * point.cells, 0) / cells
  }
  const ratio = weighted(({ planted, nStar }) => (nStar == null ? null : planted / nStar))
  const cells = points.reduce((sum, point) => sum + point.cells, 0)
  return `**${two(weighted(({ recall }) => recall))}** (${ratio == null ? '–' : ratio.toFixed(1)}; ${cells})`
}

function gridTables({ credence, coverage, points }) {
  const { cells, done, cannot } = coverage
  const share = ((100 * (done + cannot)) / Math.max(1, cells)).toFixed(1)
  const attacks = [...new Set(points.map(({ attack }) => attack))].sort()
  const others = attacks.map((attack) => {
    const own = points.filter((point) => point.attack === attack)
    const of = (field) => mean(own.map((point) => point[field]))
    const count = own.reduce((sum, point) => sum + point.cells, 0)
    return [
      `\`${attack}\``,
      count,
      rate(of('fpr')),
      rate(Math.max(...own.map(({ fpr }) => fpr))),
      three(of('auprc')),
      two(of('trigger')),
    ]
  })
  return [
    `credence ${credence}: ${done} cells scanned of ${cells}; ${cannot} more cannot be filled because the corpus has too few rows that fit (${share} % of the grid is settled).`,
    '![Recall by planted rows, a panel for each attack, a line for each corpus](results/grid.svg)',
    gridTable(points, 'rows', ROWS, recallCell),
    gridTable(points, 'rate', RATES, recallCell),
    'Means over all amounts, corpora and seeds:',
    markdown(['attack', 'cells:', 'FPR:', 'highest mean FPR:', 'AUPRC:', 'trigger named:'], others),
  ].join('\n\n')
}

const NOT_YET = 'Not run yet.'

/** Replaces what stands between the markers of each table. */
export async function writeTables() {
  const [sets, clean, unseen, flips, grid] = ['sets', 'clean', 'unseen', 'flips', 'grid'].map((name) => readResult(name))
  const ordered = Object.entries(sets ?? {}).sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
  const bySet = (table) => (ordered.length === 0 ? NOT_YET : table(ordered))
  const tables = {
    'equal-fpr': bySet(equalFprTable),
    area: bySet(areaTable),
    'own-threshold': bySet(ownThresholdTable),
    seconds: bySet(secondsTable),
    clean: clean === null ? NOT_YET : cleanTable(clean),
    unseen: unseen === null ? NOT_YET : cleanTable(unseen),
    flips: flips === null || flips.results.length === 0 ? NOT_YET : flipsTables(flips),
    grid: grid === null || grid.points.length === 0 ? NOT_YET : gridTables(grid),
  }
  if (grid !== null && grid.points.length > 0) writeFileSync(join(here, 'results', 'grid.svg'), drawCurves(grid.points))
  const path = join(here, 'README.md')
  let text = readFileSync(path, 'utf8')
  for (const [name, table] of Object.entries(tables)) {
    const [start, end] = [`<!-- table ${name} -->`, `<!-- end ${name} -->`]
    const [from, to] = [text.indexOf(start), text.indexOf(end)]
    if (from < 0 || to < from) throw new Error(`${path}: the markers "${start}" and "${end}" are not there in this order`)
    text = `${text.slice(0, from + start.length)}\n\n${table}\n\n${text.slice(to)}`
  }
  writeFileSync(path, await format(text, { parser: 'markdown', printWidth: 130 }))
}
