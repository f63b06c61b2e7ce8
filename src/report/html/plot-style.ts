/** The part of the style sheet that is about pictures. Shapes take colours here alone, so that dark mode and print reach them. */
export const PLOT_STYLE = `
.pictures { columns: 2 24rem; column-gap: 1.1rem; }
figure { margin: 0 0 1.1rem; break-inside: avoid; background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.1rem 0.7rem; min-width: 0; }
figure p { font-size: 0.9rem; color: var(--quiet); margin: 0.3rem 0 0.6rem; }
figure svg { display: block; width: 100%; height: auto; overflow: visible; }
.plot text { fill: var(--quiet); font: 12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; font-variant-numeric: tabular-nums; }
.plot .title { fill: var(--ink); } .plot .end { text-anchor: end; } .plot .middle { text-anchor: middle; }
.plot .grid { stroke: var(--line); stroke-width: 1; } .plot .axis { stroke: var(--dot); stroke-width: 1; }
.plot .rule { stroke: var(--quiet); stroke-width: 1; stroke-dasharray: 3 3; fill: none; }
.plot .dots { stroke: var(--dot); stroke-width: 2.6; stroke-linecap: round; fill: none; opacity: 0.55; }
.plot .area { fill: var(--fill); stroke: var(--dot); stroke-width: 1; }
.plot .bar { fill: var(--fill); stroke: var(--dot); stroke-width: 1; }
.plot .flags { fill: none; stroke: var(--s1); stroke-width: 1.8; } .plot .solid { fill: var(--s1); }
.glyph { fill: none; stroke-width: 1.7; stroke-linejoin: round; stroke-linecap: round; }
.s1 { stroke: var(--s1); } .s2 { stroke: var(--s2); } .s3 { stroke: var(--s3); } .s4 { stroke: var(--s4); } .s5 { stroke: var(--s5); }
.legend { list-style: none; margin: 0.5rem 0; padding: 0; font-size: 0.875rem; }
.legend li { display: flex; gap: 0.5rem; align-items: flex-start; margin: 0.2rem 0; overflow-wrap: anywhere; }
.legend li > span { min-width: 0; }
.legend svg { flex: none; width: 1.1rem; height: 1.1rem; margin-top: 0.15rem; }
.legend .dots { stroke: var(--dot); stroke-width: 4; stroke-linecap: round; fill: none; }
.legend .bar { fill: var(--fill); stroke: var(--dot); } .legend .solid { fill: var(--s1); } .legend .flags { fill: none; stroke: var(--s1); stroke-width: 1.8; }
figure.absent { border-style: dashed; background: none; }
@media (max-width: 36rem) { .plot text { font-size: 14.5px; } figure { padding: 0.8rem 0.8rem 0.5rem; } }`
