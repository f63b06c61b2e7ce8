/** The looks of the review's page. Colours have a contrast of at least 4.5 in light and dark; none says anything alone. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --ground: #f6f5f2; --paper: #ffffff; --ink: #1d2327; --quiet: #59646b; --line: #dcdad4; --raised: #efede8;
  --accent: #1f6670; --accent-ground: #e2eff0; --mark: #ffe08a; --mark-ink: #2b2100;
  --poison: #a8201a; --poison-ground: #fbe9e7; --clean: #14652f; --clean-ground: #e4f3e8;
  --unsure: #7a4f00; --unsure-ground: #fcf0d6; --conflict: #5b3a9e; --conflict-ground: #eee8f9;
  --hidden: #8a1d63; --hidden-ground: #fbe6f3;
  --radius: 10px; --text: 'Charter', 'Bitstream Charter', 'Sitka Text', Cambria, Georgia, serif;
  font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14181b; --paper: #1c2226; --ink: #e7e9ea; --quiet: #a3adb3; --line: #323a40; --raised: #262d32;
    --accent: #7cc7d1; --accent-ground: #17343a; --mark: #6b5410; --mark-ink: #fff3cf;
    --poison: #ff9d95; --poison-ground: #42201f; --clean: #86d79f; --clean-ground: #18351f;
    --unsure: #f2c464; --unsure-ground: #3a2d10; --conflict: #c4aef5; --conflict-ground: #2f2647;
    --hidden: #f4a3d6; --hidden-ground: #43203a;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); }
h1, h2, h3, h4, p, dl, dd, ol, ul { margin: 0; padding: 0; }
ol, ul { list-style: none; }
h1 { font-size: 1.05rem; letter-spacing: -.01em; white-space: nowrap; }
h1 span { font-weight: 400; color: var(--quiet); }
h2 { font-size: 1.25rem; line-height: 1.3; letter-spacing: -.01em; text-wrap: balance; }
h3 { font-size: 1rem; }
h4 { font-size: .8rem; font-weight: 600; color: var(--quiet); margin-bottom: .3rem; }
code { font: .9em ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace; overflow-wrap: anywhere; }
kbd {
  font: 600 .72rem/1 ui-monospace, Menlo, Consolas, monospace; padding: .15rem .32rem; margin-left: .35rem;
  border: 1px solid var(--line); border-bottom-width: 2px; border-radius: 5px; background: var(--paper); color: var(--quiet);
}
mark { background: var(--mark); color: var(--mark-ink); border-radius: 3px; padding: 0 .1em; font-weight: 600; }
.hidden-sign {
  font: .78em ui-monospace, Menlo, Consolas, monospace; color: var(--hidden); background: var(--hidden-ground);
  border-radius: 3px; padding: 0 .2em; overflow-wrap: anywhere;
}
.quiet { color: var(--quiet); font-size: .87rem; overflow-wrap: anywhere; }
button, input {
  font: inherit; color: inherit; border: 1px solid var(--line); border-radius: 8px; background: var(--paper); padding: .35rem .7rem;
}
button { cursor: pointer; }
button:hover { border-color: var(--accent); }
button:disabled { opacity: .55; cursor: default; border-color: var(--line); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
#row:focus-visible { outline-offset: -3px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 1rem; top: .5rem; z-index: 3; background: var(--paper); padding: .4rem .8rem; border-radius: 8px; }
.top {
  display: flex; flex-wrap: wrap; gap: .4rem 1.4rem; align-items: center; padding: .6rem 1.2rem;
  background: var(--paper); border-bottom: 1px solid var(--line); position: sticky; top: 0; z-index: 2;
}
#report { color: var(--quiet); font-size: .85rem; flex: 1 1 12rem; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.verdict-word { text-transform: uppercase; font-weight: 700; font-size: .72rem; letter-spacing: .05em; margin: 0 .5em; color: var(--ink); }
.verdict-word.fail { color: var(--poison); } .verdict-word.pass { color: var(--clean); }
.progress { display: flex; flex-wrap: wrap; gap: .3rem .9rem; align-items: center; font-size: .85rem; font-variant-numeric: tabular-nums; }
.progress progress { width: 8rem; }
progress { height: .4rem; border: 0; border-radius: 9px; background: var(--line); accent-color: var(--accent); appearance: none; overflow: hidden; }
progress::-webkit-progress-bar { background: var(--line); }
progress::-webkit-progress-value { background: var(--accent); }
progress::-moz-progress-bar { background: var(--accent); }
.count.poison, .badge.poison { color: var(--poison); } .count.clean, .badge.clean { color: var(--clean); }
.count.unsure, .badge.unsure { color: var(--unsure); } .count.conflict, .badge.conflict { color: var(--conflict); }
.notice { margin: .8rem 1.2rem 0; padding: .5rem .8rem; border-left: 4px solid var(--unsure); background: var(--unsure-ground); border-radius: 4px; font-size: .88rem; overflow-wrap: anywhere; }
#row .notice { margin: .8rem 0; }
.columns { display: grid; grid-template-columns: minmax(15rem, 19rem) minmax(0, 1fr); min-height: calc(100vh - 3.2rem); }
#findings { padding: 1rem .8rem 2rem; border-right: 1px solid var(--line); }
#findings h2, #rows h3 { font-size: .8rem; color: var(--quiet); font-weight: 600; letter-spacing: 0; padding: 0 .4rem .5rem; }
.finding-item, .row-item { display: block; width: 100%; text-align: left; background: transparent; border: 1px solid transparent; border-radius: var(--radius); padding: .55rem .6rem; }
.finding-item:hover, .row-item:hover { background: var(--raised); border-color: transparent; }
.finding-item[aria-current], .row-item[aria-current] { background: var(--paper); border-color: var(--line); box-shadow: inset 3px 0 0 var(--accent); }
.row-item[aria-current] { background: var(--accent-ground); }
.finding-item .item-title { display: block; font-weight: 600; line-height: 1.35; font-size: .92rem; overflow-wrap: anywhere; }
.item-facts { display: flex; flex-wrap: wrap; gap: .2rem .5rem; justify-content: space-between; font-size: .8rem; color: var(--quiet); font-variant-numeric: tabular-nums; }
.finding-item progress { width: 100%; height: .25rem; margin-top: .3rem; display: block; }
.severity { font-size: .68rem; font-weight: 700; letter-spacing: .06em; text-transform: uppercase; color: var(--quiet); }
.severity.critical, .severity.high { color: var(--poison); } .severity.medium { color: var(--unsure); }
main { padding: 1.1rem 1.4rem 4rem; min-width: 0; }
.kicker { font-size: .82rem; color: var(--quiet); overflow-wrap: anywhere; }
#finding h2 { margin: .1rem 0 .35rem; overflow-wrap: anywhere; }
.why { max-width: 75ch; overflow-wrap: anywhere; }
.facts { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: .7rem 0; font-size: .9rem; }
.facts div { min-width: 0; max-width: 60ch; } .facts dt { font-size: .75rem; color: var(--quiet); } .facts dd { overflow-wrap: anywhere; }
.trigger { margin-right: .5em; }
.whole { display: flex; flex-wrap: wrap; gap: .5rem .8rem; align-items: center; font-size: .88rem; color: var(--quiet); }
.verdicts { display: flex; flex-wrap: wrap; gap: .4rem; }
.verdict { display: inline-flex; align-items: center; gap: .4rem; text-transform: capitalize; font-weight: 600; }
.verdict .sign { width: 1.1em; text-align: center; }
.verdict.poison { color: var(--poison); } .verdict.clean { color: var(--clean); } .verdict.unsure { color: var(--unsure); }
.verdict[aria-pressed='true'] { border-color: currentcolor; box-shadow: inset 0 0 0 1px currentcolor; }
.verdict.poison[aria-pressed='true'] { background: var(--poison-ground); } .verdict.clean[aria-pressed='true'] { background: var(--clean-ground); }
.verdict.unsure[aria-pressed='true'] { background: var(--unsure-ground); }
.whole .verdict { font-size: .85rem; padding: .2rem .6rem; }
.others { font-size: .87rem; margin-top: .5rem; flex-basis: 100%; overflow-wrap: anywhere; }
.split { display: grid; grid-template-columns: minmax(16rem, 24rem) minmax(0, 1fr); gap: 1.2rem; margin-top: 1.2rem; align-items: start; }
#rows { position: sticky; top: 3.6rem; max-height: calc(100vh - 4.4rem); display: flex; flex-direction: column; min-width: 0; }
#rows h3 { padding: 0 0 .4rem; }
#filter-form { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .2rem .6rem; align-items: center; font-size: .87rem; }
#filter-form p { grid-column: 1 / -1; font-size: .76rem; color: var(--quiet); }
#rows-count { font-size: .84rem; color: var(--quiet); padding: .4rem 0; overflow-wrap: anywhere; }
#row-list { overflow-y: auto; min-height: 6rem; padding: 4px; margin: 0 -4px; }
.row-item { padding: .4rem .55rem; }
.row-head { display: flex; flex-wrap: wrap; gap: .1rem .6rem; align-items: baseline; font-size: .8rem; color: var(--quiet); }
.row-name { font-weight: 600; color: var(--ink); font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.target { overflow-wrap: anywhere; } .row-head .badge { margin-left: auto; }
.badge { font-weight: 600; font-size: .8rem; white-space: nowrap; }
.remark { font-size: .75rem; background: var(--raised); padding: 0 .4em; border-radius: 4px; }
.excerpt { display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; font-size: .87rem; line-height: 1.4; overflow-wrap: anywhere; }
.excerpt.none { color: var(--quiet); font-style: italic; }
.pages { display: flex; align-items: center; justify-content: space-between; gap: .6rem; padding-top: .6rem; font-size: .84rem; color: var(--quiet); font-variant-numeric: tabular-nums; }
#row { background: var(--paper); border: 1px solid var(--line); border-radius: var(--radius); padding: 1rem 1.3rem 1.3rem; min-width: 0; }
.row-title { display: flex; flex-wrap: wrap; gap: .2rem .9rem; align-items: baseline; }
.row-title h3 { font-size: 1.15rem; font-variant-numeric: tabular-nums; }
.decision {
  display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; padding: .7rem 0; margin-bottom: .8rem; border-bottom: 1px solid var(--line);
  position: sticky; top: 3.2rem; background: var(--paper); z-index: 1;
}
.note { display: flex; gap: .6rem; align-items: center; flex: 1 1 14rem; font-size: .87rem; white-space: nowrap; } .note input { flex: 1; min-width: 0; }
.undo { color: var(--quiet); font-size: .87rem; }
.cell { margin-bottom: 1.1rem; }
.cell.short { display: inline-block; margin-right: 2.2rem; vertical-align: top; max-width: 100%; }
.text { font: 1.08rem/1.65 var(--text); white-space: pre-wrap; overflow-wrap: anywhere; max-width: 75ch; tab-size: 4; }
.turn + .turn { margin-top: .7rem; padding-top: .6rem; border-top: 1px dashed var(--line); }
.speaker { font-size: .75rem; font-weight: 700; color: var(--accent); }
.around, .also { border-top: 1px solid var(--line); padding-top: .8rem; margin-top: 1rem; font-size: .92rem; }
.link { border: 0; padding: .1rem 0; background: none; color: var(--accent); text-decoration: underline; text-align: left; }
#said {
  position: fixed; right: 1.2rem; bottom: 1.2rem; max-width: min(32rem, calc(100vw - 2.4rem)); padding: .5rem .9rem; border-radius: 8px;
  background: var(--ink); color: var(--ground); font-size: .9rem; z-index: 4; overflow-wrap: anywhere;
}
#said:empty { visibility: hidden; } #said.problem { background: var(--poison); color: var(--paper); }
dialog { border: 1px solid var(--line); border-radius: 14px; padding: 1.4rem 1.7rem; background: var(--paper); color: var(--ink); max-width: 34rem; }
dialog::backdrop { background: rgb(0 0 0 / 45%); }
dialog dl div { display: grid; grid-template-columns: 11rem 1fr; gap: .8rem; padding: .3rem 0; } dialog p { margin: .8rem 0; }
@media (max-width: 70rem) {
  .split { grid-template-columns: minmax(0, 1fr); }
  #rows { position: static; max-height: none; } #row-list { max-height: 18rem; }
}
@media (max-width: 50rem) {
  .columns { grid-template-columns: minmax(0, 1fr); }
  #findings { border-right: 0; border-bottom: 1px solid var(--line); } #finding-list { max-height: 14rem; overflow-y: auto; }
  main { padding: 1rem .8rem 4rem; } .top, .decision { position: static; } #row { padding: .9rem; }
}
@media (prefers-reduced-motion: no-preference) { .finding-item, .row-item, button { transition: background .12s, border-color .12s; } }
`
