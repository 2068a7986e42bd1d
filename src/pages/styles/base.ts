/** Colours, type, and what every page has: links, focus, the head and the foot. */
export const BASE = `
:root {
  --ink: #1a2433; --soft: #525b69; --line: #d8d0bf; --fine: #ebe5d8; --paper: #f3efe6; --sheet: #fffdf8;
  --brand: #1d3a63; --accent: #a8873f; --link: #1b4b8a;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", P052, "Noto Serif", Georgia, serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
*, *::before, *::after { box-sizing: border-box; }
html { font: 106.25%/1.55 var(--sans); color: var(--ink); background: var(--paper); -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; padding: 0 1rem 3rem; max-width: 54rem; overflow-wrap: anywhere; }
main { overflow-x: clip; overflow-clip-margin: 2rem; }
h1, h2, h3, h4, p, ul, ol, dl, dd, figure { margin: 0; padding: 0; }
ul, ol { list-style: none; }
h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; }
img { max-width: 100%; }
a { color: var(--link); text-decoration-thickness: .07em; text-underline-offset: .18em; }
a:hover { text-decoration-thickness: .14em; }
:focus-visible { outline: 3px solid #0b57d0; outline-offset: 3px; border-radius: 3px; }
code { font-family: var(--mono); font-size: .86em; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 1rem; z-index: 2; padding: .5rem 1rem; background: var(--sheet); }
.note { display: block; color: var(--soft); font-size: .875rem; }
.host { color: var(--soft); font-size: .875rem; }
.prose p { white-space: pre-line; max-width: 66ch; }
.prose p + p { margin-top: .7em; }
.did { display: block; color: var(--soft); font-size: .75rem; word-break: break-all; }

.top { display: flex; align-items: center; justify-content: space-between; gap: 1rem; padding: 1rem 0; }
.mark { display: inline-flex; align-items: center; gap: .55rem; min-height: 2.75rem; font: 600 1.25rem/1 var(--serif); color: var(--ink); text-decoration: none; }
.mark:hover { text-decoration: underline; }
.languages { display: flex; gap: .25rem; font-size: .9rem; }
.languages a { display: inline-block; padding: .5rem .8rem; border-radius: 999px; color: var(--soft); text-decoration: none; }
.languages a:hover { text-decoration: underline; }
.languages a[aria-current] { background: var(--fine); color: var(--ink); font-weight: 600; }
.bottom { margin-top: 2.5rem; color: var(--soft); font-size: .875rem; text-align: center; }
.plain-links { margin-top: 1.2rem; }
.plain-links a { display: inline-block; padding: .4rem 0; margin-inline-end: 1.4rem; }
.links > li { padding: .55rem 0; border-bottom: 1px solid var(--fine); }
.links > li:last-child { border-bottom: 0; }

.lead { margin-top: 1rem; max-width: 36rem; font-size: 1.125rem; color: var(--soft); }
.error { padding: clamp(1.5rem, 8vw, 4.5rem) 0 2rem; }
.error h1 { font: 600 clamp(2rem, 8vw, 3.1rem)/1.1 var(--serif); }
.error p { margin-top: 1rem; }
button, .button { display: inline-block; min-height: 3rem; padding: .7rem 1.5rem; border: 0; border-radius: .4rem; background: var(--brand); color: #fff; font: 600 1rem/1.4 var(--sans); text-decoration: none; cursor: pointer; }
button:hover, .button:hover { box-shadow: inset 0 0 0 99px rgb(255 255 255 / 10%); text-decoration: underline; }
`;
