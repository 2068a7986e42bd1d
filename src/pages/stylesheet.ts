/** The one style sheet of the public pages: system fonts, no image, no import. Contrast is at least 4.5 : 1 throughout. */
export const STYLESHEET = `
:root {
  --ink: #1c2431; --soft: #535b68; --line: #d9d2c2; --fine: #ebe6da; --paper: #f5f2ea; --sheet: #fffefa;
  --navy: #1d3a63; --gold: #a8873f; --link: #1b4b8a; --step: #c9d3e2;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", P052, "Noto Serif", Georgia, serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
*, *::before, *::after { box-sizing: border-box; }
html { font: 100%/1.55 var(--sans); color: var(--ink); background: var(--paper); -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; padding: 0 1rem 3rem; max-width: 50rem; overflow-wrap: anywhere; }
h1, h2, h3, h4, p, ul, ol, dl, dd, figure { margin: 0; padding: 0; }
ul, ol { list-style: none; }
h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; }
a { color: var(--link); text-decoration-thickness: .08em; text-underline-offset: .16em; }
a:hover { text-decoration-thickness: .14em; }
:focus-visible { outline: 3px solid #0b57d0; outline-offset: 3px; border-radius: 2px; }
code { font-family: var(--mono); font-size: .86em; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 1rem; z-index: 1; padding: .5rem 1rem; background: var(--sheet); }
.note { display: block; color: var(--soft); font-size: .875rem; }
.host { color: var(--soft); font-size: .875rem; }
.prose p { white-space: pre-line; max-width: 66ch; }
.prose p + p { margin-top: .7em; }

.top { display: flex; align-items: center; justify-content: space-between; gap: 1rem; padding: 1.1rem 0; }
.mark { display: inline-flex; align-items: center; gap: .55rem; min-height: 2.75rem; font: 600 1.3rem/1 var(--serif); letter-spacing: .01em; color: var(--ink); text-decoration: none; }
.mark:hover { text-decoration: underline; }
.languages { display: flex; gap: .25rem; font-size: .9rem; }
.languages a { display: inline-block; padding: .55rem .7rem; border-radius: 999px; color: var(--soft); text-decoration: none; }
.languages a:hover { text-decoration: underline; }
.languages a[aria-current] { background: var(--fine); color: var(--ink); font-weight: 600; }
.bottom { margin-top: 2.5rem; color: var(--soft); font-size: .875rem; text-align: center; }

.verdict { display: flex; gap: 1.25rem; align-items: flex-start; padding: 1.4rem 1.5rem; border: 1px solid; border-inline-start-width: .45rem; border-radius: .5rem; }
.verdict h1 { font: 600 clamp(1.5rem, 5vw, 2rem)/1.2 var(--serif); }
.verdict p { margin-top: .4rem; color: var(--ink); }
.verdict .aside { color: var(--soft); font-size: .9375rem; }
.seal { flex: none; }
.seal-sign { fill: none; stroke: #fff; stroke-width: 5.5; stroke-linecap: round; stroke-linejoin: round; }
.good { color: #14532d; background: #eaf5ed; border-color: #1b6b3a; } .good .seal-body { fill: #1b6b3a; }
.bad { color: #7f1d1d; background: #fcedec; border-color: #a32020; } .bad .seal-body { fill: #a32020; }
.hold { color: #6a4200; background: #fdf4e0; border-color: #8f5b00; } .hold .seal-body { fill: #8f5b00; }
.open { color: #2c3849; background: #edf0f5; border-color: #4b5a74; } .open .seal-body { fill: #4b5a74; }
.warnings { margin-top: .9rem; padding-top: .7rem; border-top: 1px solid; }
.warnings h2 { font-size: .95rem; }
.warnings li { color: var(--ink); font-size: .9375rem; }

.certificate { margin-top: 1.5rem; padding: clamp(1.4rem, 5vw, 3rem) clamp(1.1rem, 5vw, 3rem); background: var(--sheet); border: 1px solid var(--line); border-radius: .25rem; box-shadow: inset 0 0 0 5px var(--sheet), inset 0 0 0 6px var(--fine), 0 1px 3px rgb(60 50 20 / 8%); }
.certificate-head { text-align: center; padding-bottom: 1.5rem; }
.certificate .key-facts { margin-top: 0; }
.key-facts .fact:last-child { grid-column: 1 / -1; border-bottom: 0; }

.institution { color: var(--navy); font-size: .9375rem; font-weight: 600; letter-spacing: .02em; }
.parent { color: var(--soft); font-size: .875rem; }
.title { margin: .9rem auto 0; max-width: 38rem; font: 600 clamp(1.55rem, 5.4vw, 2.3rem)/1.18 var(--serif); }
.title::after { content: ""; display: block; width: 4.5rem; margin: 1.1rem auto 0; border-top: 2px solid var(--gold); }
.awarded-to { margin-top: 1rem; color: var(--soft); font: italic 1.05rem/1.4 var(--serif); }
.holder { font: 500 clamp(1.5rem, 5vw, 2rem)/1.35 var(--serif); }
.no-name { margin-top: 1rem; color: var(--soft); }
.certificate section { margin-top: 1.9rem; }
.certificate section h2 { margin-bottom: .6rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); color: var(--navy); font: 600 1.15rem/1.3 var(--serif); }
.certificate section h2.unseen { margin: -1px; padding: 0; border: 0; }
.certificate h3 { font-size: 1rem; }
.certificate section > h3, .certificate section > div > h3 { margin: 1.1rem 0 .35rem; }
.certificate section > p { margin-top: .7rem; }

.signed-by strong { font-weight: 600; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr)); gap: 0 2rem; border-top: 1px solid var(--line); }
.facts.results { border-top: 0; }
.fact { padding: .6rem 0; border-bottom: 1px solid var(--fine); }
.fact dt { color: var(--soft); font-size: .875rem; }
.fact dd strong { font-size: 1.1rem; }
.facts .did, .number code { display: block; color: var(--soft); font-size: .8125rem; word-break: break-all; }

.competence { padding: 1rem 0; border-bottom: 1px solid var(--fine); }
.competence:last-child { border-bottom: 0; padding-bottom: 0; }
.competence:first-child { padding-top: .3rem; }
.competence-head { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: .1rem 1rem; }
.level { color: var(--soft); font-size: .9375rem; }
.level strong { color: var(--navy); }
.level .step::before { content: "\\00a0· "; }
.stair { display: flex; align-items: flex-end; gap: 4px; margin: .8rem 0 .6rem; }
.stair li { flex: 1 1 0; min-width: 0; color: var(--soft); font-size: .8125rem; line-height: 1.3; display: flex; flex-direction: column; justify-content: flex-end; align-self: stretch; }
.stair li::after { content: ""; margin-top: .3rem; border: 1.5px solid #7d8ba3; border-radius: 2px; background: transparent; height: .6rem; }
.stair bdi { display: block; padding-inline-end: .3rem; }
.stair li:nth-child(2)::after { height: 1.05rem; } .stair li:nth-child(3)::after { height: 1.5rem; }
.stair li:nth-child(4)::after { height: 1.95rem; } .stair li:nth-child(5)::after { height: 2.4rem; }
.stair li:nth-child(n+6)::after { height: 2.85rem; }
.stair .below::after { background: #8fa3c2; border-color: #6d83a6; }
.stair .here::after { background: var(--navy); border-color: var(--navy); }
.stair .here { color: var(--ink); font-weight: 700; }
.meaning { margin-top: .5rem; padding: .1rem 0 .1rem .9rem; border-inline-start: 3px solid var(--step); }
.meaning h4 { color: var(--soft); font-size: .875rem; font-weight: 400; }
.meaning .prose { font-size: .9688rem; }
.levels { counter-reset: level; }
.levels > li { counter-increment: level; position: relative; margin-top: .6rem; padding-inline-start: 2.2rem; }
.levels > li::before { content: counter(level); position: absolute; inset-inline-start: 0; width: 1.5rem; height: 1.5rem; border-radius: 50%; background: var(--navy); color: #fff; font-size: .8125rem; line-height: 1.5rem; text-align: center; }
.levels .prose { color: var(--soft); font-size: .9375rem; }

.links > li { padding: .5rem 0; border-bottom: 1px solid var(--fine); }
.links > li:last-child { border-bottom: 0; }
.competence > .links { margin-top: .4rem; font-size: .9375rem; }
.digest-differs { color: #7f1d1d; font-weight: 600; }

.proofs { display: grid; grid-template-columns: 15rem 1fr; gap: 2rem; margin-top: 2rem; padding: 0 .25rem; }
.proofs h2 { margin-bottom: .7rem; font: 600 1.15rem/1.3 var(--serif); color: var(--navy); }
.qr { display: block; width: 10.5rem; height: 10.5rem; padding: .6rem; background: #fff; border: 1px solid var(--line); border-radius: .25rem; }
.share p { margin-top: .7rem; font-size: .9375rem; }
.plain-links a { display: inline-block; padding: .4rem 0; margin-inline-end: 1.2rem; }
.certificate > .plain-links, main > .plain-links { margin-top: 1.6rem; }
.checks li { display: flex; gap: .75rem; padding: .5rem 0; border-bottom: 1px solid var(--line); }
.checks h3 { font-size: .9688rem; font-weight: 600; }
.checks .state { color: var(--soft); font-weight: 400; font-size: .875rem; }
.checks p { font-size: .9063rem; color: var(--soft); }
.checks .note { margin-top: .7rem; }
.checks .code code + code { margin-inline-start: .8rem; }
.state-mark { flex: none; width: 1.5rem; height: 1.5rem; margin-top: .05rem; border-radius: 50%; font-weight: 700; font-size: .875rem; line-height: 1.5rem; text-align: center; color: #fff; background: #4b5a74; }
.pass .state-mark { background: #1b6b3a; }
.fail .state-mark { background: #a32020; border-radius: 3px; } .fail h3, .fail .state { color: #7f1d1d; }
.unknown .state-mark { background: #8f5b00; } .unknown .state { color: #6a4200; }
.skipped .state-mark { background: none; color: var(--soft); border: 1px solid #7d8ba3; line-height: 1.4rem; }

.hero, .error { padding: clamp(1.5rem, 8vw, 4.5rem) 0 2rem; }
.hero h1, .error h1 { font: 600 clamp(2rem, 8vw, 3.25rem)/1.1 var(--serif); }
.lead { margin-top: 1rem; max-width: 38rem; font-size: 1.125rem; color: var(--soft); }
.error p { margin-top: 1rem; }
.check-form { margin-top: 2rem; padding: 1.4rem 1.5rem; background: var(--sheet); border: 1px solid var(--line); border-radius: .5rem; }
.check-form label { font-weight: 600; }
.field { display: flex; flex-wrap: wrap; gap: .6rem; margin: .5rem 0; }
.field input[type=text] { flex: 1 1 16rem; min-width: 0; padding: .7rem .8rem; font: 1rem/1.4 var(--mono); color: inherit; background: #fff; border: 1.5px solid #747c89; border-radius: .35rem; }
.field input[aria-invalid] { border-color: #a32020; }
.any { margin: 2.6rem 0; } .any h2 { font: 600 1.4rem/1.3 var(--serif); } .any .check-form { margin-top: 1rem; }
.any label { display: block; } .any input[type=file] { display: block; width: 100%; margin: .5rem 0 1.1rem; font: inherit; }
.any input[type=file]::file-selector-button { margin-right: .8rem; padding: .5rem .9rem; font: inherit; color: var(--navy); background: #fff; border: 1.5px solid #747c89; border-radius: .35rem; cursor: pointer; }
.any textarea { display: block; box-sizing: border-box; width: 100%; margin: .5rem 0 .9rem; padding: .7rem .8rem; font: .9375rem/1.45 var(--mono); color: inherit; background: #fff; border: 1.5px solid #747c89; border-radius: .35rem; resize: vertical; }
.any .note { margin-top: .8rem; }
.field-error { color: #7f1d1d; font-weight: 600; }
button, .button { display: inline-block; padding: .7rem 1.5rem; font: 600 1rem/1.4 var(--sans); color: #fff; background: var(--navy); border: 1.5px solid var(--navy); border-radius: .35rem; text-decoration: none; cursor: pointer; }
button:hover, .button:hover { background: #14294a; }
.how h2 { font: 600 1.4rem/1.3 var(--serif); }
.how ul { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 13rem), 1fr)); gap: 1.5rem; margin: 1rem 0 1.5rem; }
.how li { padding-top: .8rem; border-top: 2px solid var(--gold); }
.how p { color: var(--soft); font-size: .9688rem; margin-top: .25rem; }
.translation { margin-top: 1.5rem; }
.translation summary { padding: .6rem 0; cursor: pointer; color: var(--link); }

@media (max-width: 42rem) {
  .proofs { grid-template-columns: 1fr; }
  .verdict { flex-direction: column; gap: .8rem; padding: 1.2rem; }
  .seal { width: 56px; height: 56px; }
  button { width: 100%; }
}
@media (max-width: 26rem) {
  .stair { display: block; }
  .stair li { flex-direction: row-reverse; align-items: center; justify-content: flex-end; gap: .6rem; padding: .1rem 0; }
  .stair li::after, .stair li:nth-child(n)::after { height: .7rem; width: 1.6rem; flex: none; margin: 0; }
}
@media (forced-colors: active) {
  .seal-body { fill: Canvas; stroke: CanvasText; stroke-width: 2; } .seal-sign { stroke: CanvasText; }
  .stair .here::after, .stair .below::after { background: CanvasText; } .state-mark { border: 1px solid; }
}
@media print {
  @page { size: A4; margin: 11mm 14mm; }
  html { font-size: 7.9pt; line-height: 1.32; background: none; }
  .prose p { max-width: none; } .prose p + p { margin-top: .2em; }
  body { padding: 0; max-width: none; }
  .top, .skip, .bottom, .share p:not(.number), .checks p:not(.note), .checks .skipped, .translation summary { display: none; }
  .verdict { padding: .5rem .9rem; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .seal { width: 40px; height: 40px; } .verdict h1 { font-size: 1.4rem; } .verdict p { margin-top: .1rem; } .verdict .signed-by { display: none; }
  .certificate { margin-top: .6rem; padding: .9rem 1.2rem; box-shadow: none; }
  .certificate-head { padding-bottom: .6rem; } .title { font-size: 1.6rem; margin-top: .3rem; } .title::after { margin-top: .5rem; }
  .awarded-to { margin-top: .4rem; } .holder { font-size: 1.4rem; }
  .certificate section { margin-top: .7rem; } .certificate section h2 { margin-bottom: .25rem; break-after: avoid; }
  .facts { grid-template-columns: repeat(3, 1fr); } .fact { padding: .2rem 0; }
  .competences { columns: 2; column-gap: 2rem; } .competence { padding: .3rem 0; break-inside: avoid; }
  .stair { margin: .3rem 0 .1rem; } .stair li::after, .stair .below::after, .stair .here::after { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .links > li { padding: .1rem 0; border: 0; } .links a::after, .about > p a::after { content: " <" attr(href) ">"; font-size: .8em; color: var(--soft); }
  .links .host, .certificate section > .note { display: none; } .links .note, .facts .note, .facts .did { display: inline; margin-inline-start: .6em; }
  .about > .links, .about .prose { font-size: .95em; } .certificate section > h3, .certificate section > div > h3 { margin: .35rem 0 .1rem; }
  .meaning { margin-top: .15rem; } .certificate section > p { margin-top: .2rem; }
  .proofs { grid-template-columns: 19rem 1fr; gap: 1.2rem; margin-top: .5rem; break-inside: avoid; }
  .share { display: grid; grid-template-columns: 6.4rem 1fr; gap: 0 .8rem; align-content: start; } .share .number { margin: 0; } .share h2 { grid-column: 1 / -1; }
  .proofs h2 { margin-bottom: .2rem; } .qr { width: 6.4rem; height: 6.4rem; padding: .2rem; } .share .plain-links { display: none; }
  .checks ul { columns: 2; column-gap: 1.2rem; } .checks li { padding: .1rem 0; border: 0; gap: .4rem; } .checks h3 { font-size: 1em; }
  .state-mark { width: 1.1rem; height: 1.1rem; line-height: 1.1rem; font-size: .7rem; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;

/** The house's mark: a seal with a ribbon of three bars, the levels of a competence. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="15" fill="#1d3a63"/><circle cx="16" cy="16" r="11.5" fill="none" stroke="#d8bd7a" stroke-width="1.4"/><path d="M10 20v-3M16 20v-6M22 20v-9" stroke="#fff" stroke-width="3" stroke-linecap="round"/></svg>`;
