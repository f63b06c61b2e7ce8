/** The style sheet of `report.html`: light and dark, narrow and printed. Colours are chosen for contrast of 4.5 (text) and 3 (shapes) and more. */
import { PLOT_STYLE } from './plot-style.js'

const COLOURS = `
:root {
  --paper: #faf8f4; --card: #ffffff; --ink: #1d1b18; --quiet: #5b564d; --line: #dfd9cd; --link: #0a5a66;
  --mark: #ffe27a; --mark-ink: #1d1b18; --good: #17653a; --bad: #a3222a; --warn: #7a4e00; --note: #1f5a99; --part: #5a4391;
  --s1: #b3361e; --s2: #00609c; --s3: #00735a; --s4: #8c2f80; --s5: #7a5300; --dot: #8d877b; --fill: #d5cfc2;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14161a; --card: #1c1f24; --ink: #ebe8e2; --quiet: #aca89f; --line: #363b43; --link: #7cd3dc;
    --mark: #6b5200; --mark-ink: #fff3cf; --good: #7fd8a2; --bad: #ff9f94; --warn: #f0c460; --note: #8cc2f5; --part: #c4b4f6;
    --s1: #ff9475; --s2: #6fb8f2; --s3: #52d0a6; --s4: #e8a3dd; --s5: #f0c460; --dot: #868c96; --fill: #454b55;
  }
}
@media print {
  :root {
    --paper: #fff; --card: #fff; --ink: #000; --quiet: #444; --line: #bbb; --link: #000;
    --mark: #ffe27a; --mark-ink: #000; --good: #17653a; --bad: #a3222a; --warn: #7a4e00; --note: #1f5a99; --part: #5a4391;
    --s1: #b3361e; --s2: #00609c; --s3: #00735a; --s4: #8c2f80; --s5: #7a5300; --dot: #8d877b; --fill: #d5cfc2;
    color-scheme: light;
  }
}`

const TEXT = `
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
header, nav, main, footer { max-width: 66rem; margin: 0 auto; padding: 0 1.25rem; }
h1, h2, h3 { font-family: ui-serif, Georgia, "Times New Roman", "Noto Serif", serif; font-weight: 600; line-height: 1.2; text-wrap: balance; overflow-wrap: anywhere; }
h2 { font-size: 1.6rem; margin: 3rem 0 1rem; }
h3 { font-size: 1.18rem; margin: 0; }
h4 { font-size: 0.82rem; margin: 1.25rem 0 0.4rem; color: var(--quiet); font-weight: 600; }
p { margin: 0.5rem 0; max-width: 46rem; overflow-wrap: anywhere; }
a { color: var(--link); text-underline-offset: 0.15em; }
a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
bdi { overflow-wrap: anywhere; }
code, .mono { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Noto Sans Mono", monospace; font-size: 0.9em; overflow-wrap: anywhere; }
mark { background: var(--mark); color: var(--mark-ink); padding: 0.05em 0; border-radius: 3px; font-weight: 600; text-decoration: underline; text-decoration-thickness: 2px; text-underline-offset: 0.2em; }
.quiet { color: var(--quiet); }
.small { font-size: 0.875rem; }
ul.plain { list-style: none; margin: 0; padding: 0; }
summary { cursor: pointer; padding: 0.35rem 0; color: var(--link); font-size: 0.925rem; font-weight: 550; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 0.75rem 0.4rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; font-weight: 400; }
thead th { color: var(--quiet); font-size: 0.8rem; font-weight: 600; overflow-wrap: normal; }
tr > :last-child { padding-right: 0; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.number .words { white-space: normal; }
.scroll { overflow-x: auto; }
.scroll table { min-width: 34rem; }`

const PARTS = `
.top { padding-top: 2.5rem; }
.brand { margin: 0 0 1.75rem; color: var(--quiet); font-size: 0.9rem; }
.brand b { color: var(--ink); font-family: ui-serif, Georgia, serif; font-size: 1.1rem; letter-spacing: 0.01em; }
.verdict { display: flex; gap: 1.1rem; align-items: flex-start; }
.verdict svg { flex: none; width: 3.4rem; height: 3.4rem; margin-top: 0.2rem; }
.verdict h1 { font-size: clamp(2rem, 6vw, 3rem); margin: 0; letter-spacing: -0.01em; }
.verdict p { margin: 0.2rem 0 0; font-size: 1.08rem; }
.pass { color: var(--good); } .review { color: var(--warn); } .fail { color: var(--bad); } .incomplete { color: var(--part); }
.icon { fill: none; stroke: currentColor; stroke-width: 3; stroke-linecap: round; stroke-linejoin: round; }
.figures { display: flex; flex-wrap: wrap; gap: 1px; margin: 2rem 0 0; background: var(--line); border: 1px solid var(--line); border-radius: 10px; overflow: hidden; }
.figures div { flex: 1 1 8.5rem; background: var(--card); padding: 0.85rem 1rem; }
.figures dt { color: var(--quiet); font-size: 0.82rem; }
.figures dd { margin: 0; font-size: 1.35rem; font-variant-numeric: tabular-nums; font-weight: 600; overflow-wrap: anywhere; }
.figures dd small { font-size: 0.85rem; font-weight: 400; color: var(--quiet); }
nav ul { display: flex; flex-wrap: wrap; gap: 0.35rem 1.5rem; list-style: none; margin: 1.4rem 0 0; padding: 0; font-size: 0.95rem; }
.notice { border: 1px solid var(--part); border-left-width: 5px; border-radius: 8px; padding: 0.75rem 1rem; margin-top: 1.5rem; background: var(--card); }
.notice h2 { font: inherit; font-weight: 650; margin: 0; }
.notice ul { margin: 0.3rem 0 0; padding-left: 1.2rem; overflow-wrap: anywhere; }
.finding { background: var(--card); border: 1px solid var(--line); border-left: 5px solid var(--quiet); border-radius: 10px; padding: 1.1rem 1.3rem 0.9rem; margin: 0 0 1.1rem; }
.finding.critical, .finding.high { border-left-color: var(--bad); }
.finding.medium { border-left-color: var(--warn); }
.finding.low { border-left-color: var(--note); }
.tags { display: flex; flex-wrap: wrap; gap: 0.3rem 0.75rem; align-items: baseline; margin: 0 0 0.4rem; font-size: 0.85rem; color: var(--quiet); }
.badge { font-size: 0.75rem; font-weight: 700; letter-spacing: 0.05em; text-transform: uppercase; border: 1.5px solid currentColor; border-radius: 4px; padding: 0.05rem 0.4rem; }
.badge.critical, .badge.high { color: var(--bad); } .badge.critical { background: var(--bad); color: var(--card); border-color: var(--bad); }
.badge.medium { color: var(--warn); } .badge.low { color: var(--note); } .badge.info { color: var(--quiet); }
.badge.change { color: var(--part); }
.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.3rem 1rem; margin: 0.8rem 0; }
.facts dt { color: var(--quiet); font-size: 0.9rem; } .facts dd { margin: 0; overflow-wrap: anywhere; }
.examples li { border-top: 1px solid var(--line); padding: 0.5rem 0; overflow-wrap: anywhere; }
.examples .where { display: block; color: var(--quiet); font-size: 0.82rem; }
.aside { border-left: 3px solid var(--part); padding: 0.1rem 0 0.1rem 0.8rem; }
.limits li { margin: 0.35rem 0; max-width: 46rem; }
footer { margin-top: 4rem; padding-top: 1rem; padding-bottom: 3rem; color: var(--quiet); font-size: 0.85rem; }`

const NARROW = `
@media (max-width: 36rem) {
  header, nav, main, footer { padding-left: 0.9rem; padding-right: 0.9rem; }
  .top { padding-top: 1.25rem; }
  .verdict { gap: 0.8rem; } .verdict svg { width: 2.4rem; height: 2.4rem; }
  .number { white-space: normal; } th, td { padding-right: 0.5rem; }
  .finding { padding: 0.9rem 0.9rem 0.6rem; }
  .facts { grid-template-columns: minmax(0, 1fr); gap: 0; } .facts dd { margin-bottom: 0.5rem; }
}`

const PRINTED = `
@media print {
  @page { margin: 16mm 14mm; }
  body { font-size: 10pt; }
  header, nav, main, footer { max-width: none; padding: 0; }
  nav { display: none; }
  h2 { margin-top: 1.6rem; break-after: avoid; } h3, h4, summary, .tags { break-after: avoid; }
  .finding { break-inside: auto; } .examples li, tr, figure, .figures { break-inside: avoid; }
  details::details-content { content-visibility: visible; display: block; }
  summary { color: var(--quiet); list-style: none; } summary::-webkit-details-marker { display: none; }
  .scroll { overflow: visible; } .scroll table { min-width: 0; }
  mark { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  a { text-decoration: none; }
}`

export const STYLE = [COLOURS, TEXT, PARTS, PLOT_STYLE, NARROW, PRINTED].join('\n')
