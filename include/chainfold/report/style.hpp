// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

namespace chainfold::report {

/// How a report looks: light or dark as the reader likes it, on a screen of any width or on paper.  Nothing is loaded.
inline constexpr std::string_view style = R"(<style>
:root { color-scheme: light dark; --paper: #f6f7f9; --card: #ffffff; --ink: #1b2027; --soft: #5d6876; --line: #dfe3e8;
  --c1: #2563a8; --c2: #c2570c; --c3: #2f7d4f; --c4: #8e44ad; --alarm: #b3261e; --alarm-paper: #fdeeed; --zero: #c9ced6;
  --code: #f1f3f6; --right: 37, 99, 168; --wrong: 200, 60, 40; }
@media (prefers-color-scheme: dark) { :root { --paper: #0f1216; --card: #171b21; --ink: #e6e9ee; --soft: #9aa5b4;
  --line: #2b323b; --c1: #6cb0f5; --c2: #f0965a; --c3: #6fc893; --c4: #c79be0; --alarm: #ff9c92; --alarm-paper: #2c1a1a;
  --zero: #3a424d; --code: #1f242c; --right: 80, 150, 230; --wrong: 235, 95, 75; } }
* { box-sizing: border-box; }
html { background: var(--paper); }
body { margin: 0 auto; max-width: 74rem; padding: 2rem 1.5rem 3rem; color: var(--ink);
  font: 16px/1.55 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .35rem; overflow-wrap: anywhere; }
h2 { font-size: 1.25rem; margin: 2.4rem 0 .8rem; }
h3 { font-size: 1rem; margin: 0 0 .5rem; }
p { margin: 0 0 .6rem; }
.soft, figcaption, .note { color: var(--soft); }
.note, figcaption { font-size: .875rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.1rem; min-width: 0; }
.card > :last-child { margin-bottom: 0; }
.card + .card { margin-top: 1rem; }
.grid { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 27rem), 1fr)); }
.grid > .card { margin: 0; }
.tiles { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); margin: 1.2rem 0 0; }
.tiles div { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: .65rem .9rem; }
.tiles dt { color: var(--soft); font-size: .8125rem; }
.tiles dd { margin: 0; font-size: 1.15rem; font-weight: 600; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.alarm { background: var(--alarm-paper); border-color: var(--alarm); margin-top: 1rem; }
.alarm h3 { color: var(--alarm); }
ul { margin: 0; padding-left: 1.2rem; }
figure { margin: 0; }
.scroll { overflow-x: auto; }
.chart { display: block; width: 100%; height: auto; }
.matrix { max-width: 38rem; }
.chart text { fill: var(--soft); font-size: 13px; font-family: inherit; }
.chart .grid { stroke: var(--line); fill: none; }
.chart .axis { stroke: var(--soft); fill: none; }
.chart .mark { stroke: var(--soft); stroke-dasharray: 4 4; fill: none; }
.chart .line { fill: none; stroke-width: 2.2; stroke-linejoin: round; stroke-linecap: round; }
.chart .dots { fill: none; stroke-width: 5; stroke-linecap: round; stroke-opacity: .55; }
.chart .c0 { stroke: var(--soft); stroke-width: 1.2; stroke-dasharray: 5 4; }
.chart .c1 { stroke: var(--c1); } .chart .c2 { stroke: var(--c2); }
.chart .f1 { fill: var(--c1); } .chart .f2 { fill: var(--c2); }
.chart .f3 { fill: var(--c3); } .chart .f4 { fill: var(--c4); }
.chart .c3 { stroke: var(--c3); } .chart .c4 { stroke: var(--c4); }
.chart .zero { fill: var(--zero); } .chart .broken { fill: #e0362c; }
.chart .right { fill: rgb(var(--right)); } .chart .wrong { fill: rgb(var(--wrong)); }
.chart .frame { fill: none; stroke: var(--line); }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th { color: var(--soft); font-weight: 600; font-size: .875rem; }
.confusion td, .confusion th { padding: .3rem .5rem; text-align: right; white-space: nowrap; }
.confusion td.count { text-align: center; min-width: 2.5rem; border: 1px solid var(--card); border-radius: 3px; }
.confusion td.none { color: var(--zero); }
.confusion td.share { padding-left: 1rem; }
.settings { columns: 22rem 2; column-gap: 2.5rem; margin: 0; font-size: .9375rem; }
.settings div { display: flex; justify-content: space-between; gap: 1rem; padding: .3rem 0; break-inside: avoid;
  border-bottom: 1px solid var(--line); }
.settings dt { color: var(--soft); }
.settings dd { margin: 0; text-align: right; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.worst { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fill, minmax(10.5rem, 1fr)); }
.worst figure { border: 1px solid var(--line); border-radius: 8px; padding: .6rem; break-inside: avoid; min-width: 0; }
.worst img { display: block; width: 100%; height: auto; max-width: 9rem; margin: 0 auto .5rem; image-rendering: pixelated;
  border: 1px solid var(--line); }
.worst .numbers { font-size: .8125rem; font-family: ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
.worst b { color: var(--ink); }
.worst figcaption { line-height: 1.45; }
pre { background: var(--code); border-radius: 8px; padding: .8rem 1rem; overflow-x: auto; margin: 0 0 .8rem;
  font: .875rem/1.5 ui-monospace, "DejaVu Sans Mono", monospace; }
.picture svg { max-width: none !important; display: block; margin: 0 auto; }
.picture .scroll { max-height: 46rem; overflow: auto; }
.picture .cf-page { fill: none; }
.card .derivation { margin: 0; padding: 0; max-width: none; background: none; }
.symbols { display: flex; flex-wrap: wrap; gap: .2rem 1.6rem; margin: 0 0 1rem; padding: 0; list-style: none; }
.symbols math { font-size: 1.05em; }
summary { cursor: pointer; font-weight: 600; }
footer { margin-top: 2.5rem; }
@media (max-width: 40rem) { body { padding: 1.2rem .8rem 2rem; } .card { padding: .8rem; } h1 { font-size: 1.5rem; }
  .tiles { grid-template-columns: 1fr 1fr; } .worst { grid-template-columns: 1fr 1fr; } .chart text { font-size: 15px; }
  .confusion { font-size: .8125rem; } .confusion td, .confusion th { padding: .25rem .2rem; font-size: .8125rem; }
  .confusion td.count { min-width: 1.65rem; } .confusion td.share { padding-left: .7rem; }
  .confusion .corner { font-size: .6875rem; line-height: 1.2; white-space: normal; } }
@media print { :root { color-scheme: light; --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --c1: #2563a8;
  --c2: #c2570c; --c3: #2f7d4f; --c4: #8e44ad; --alarm: #b3261e; --alarm-paper: #fff; --zero: #c9ced6; --code: #fff;
  --right: 37, 99, 168; --wrong: 200, 60, 40; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  body { padding: 0; max-width: none; font-size: 10pt; } .settings { columns: 2; font-size: 9pt; } .card { break-inside: avoid; } .network { break-inside: auto; }
  .grid { grid-template-columns: 1fr 1fr; } pre { white-space: pre-wrap; border: 1px solid #bbb; }
  h2, h3 { break-after: avoid; } .scroll, .picture .scroll { overflow: visible; max-height: none; } .picture svg { max-width: 100% !important; } }
</style>
)";

}  // namespace chainfold::report
