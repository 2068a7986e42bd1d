/** The sheet: the verdict across its head in a look of its own for each tone, the seal upon the edge below. */
export const SHEET = `
.sheet { position: relative; background: var(--sheet); border: 1px solid var(--line); border-radius: .6rem; overflow: clip; box-shadow: 0 1px 2px rgb(60 50 20 / 8%), 0 12px 32px -18px rgb(60 50 20 / 35%); }
.verdict { position: relative; margin-bottom: 3.4rem; text-align: center; border-bottom: 3px solid var(--tone); }
.verdict-words { padding: 2rem clamp(1.1rem, 6vw, 4rem) 4.3rem; }
.verdict h1 { font: 600 clamp(1.9rem, 6.4vw, 2.9rem)/1.12 var(--serif); }
.verdict p { max-width: 36rem; margin: .7rem auto 0; }
.seal { position: absolute; left: 50%; bottom: -3.4rem; width: 6.6rem; height: 6.6rem; margin-left: -3.3rem; filter: drop-shadow(0 2px 3px rgb(40 30 10 / 30%)); }
.seal-body { fill: var(--tone); stroke: var(--sheet); stroke-width: 3; paint-order: stroke; }
.seal-ring { fill: none; stroke: rgb(255 255 255 / 55%); stroke-width: 1.4; }
.seal-sign { fill: none; stroke: #fff; stroke-width: 7; stroke-linecap: round; stroke-linejoin: round; }

.good { --tone: #17603a; }
.good .verdict { color: #fff; background: #17603a repeating-radial-gradient(circle at 50% 160%, transparent 0 11px, rgb(255 255 255 / 5%) 11px 12px); border-color: #c9ab62; }
.good .seal-ring { stroke: #e2c887; stroke-width: 2; }
.bad { --tone: #8c1c1c; }
.bad .verdict { color: #fff; background: #8c1c1c; }
.bad .verdict::before { content: ""; display: block; height: 14px; background: repeating-linear-gradient(-45deg, #8c1c1c 0 14px, #fff 14px 28px); }
.hold { --tone: #7a4c00; }
.hold .verdict { color: #3d2700; background: #fbe8bd; border-bottom-style: dashed; }
.open { --tone: #46536a; }
.open .verdict { color: var(--ink); background: #f1f3f6; border-bottom-style: dotted; }

.warnings { margin: 0 clamp(1.1rem, 6vw, 4rem) 1.5rem; padding: .8rem 1rem; border-inline-start: 4px solid #7a4c00; background: #fdf4df; }
.warnings h2 { font-size: 1rem; }
.warnings li { margin-top: .2rem; font-size: .9375rem; }

.stamped .certificate > :not(.certificate-head), .stamped .certificate-head > :not(.stamp) { filter: grayscale(1); }
.stamp { width: fit-content; margin: 1.6rem auto 0; padding: .1em .7em; border: 4px double var(--tone); border-radius: .3rem; color: var(--tone); font: 700 clamp(1.1rem, 5vw, 1.7rem)/1.4 var(--sans); letter-spacing: .1em; text-transform: uppercase; transform: rotate(-4deg); }
.more { margin-top: 1rem; background: var(--sheet); border: 1px solid var(--line); border-radius: .6rem; }
.more summary { display: block; padding: .95rem 1.3rem; padding-inline-start: 2.8rem; position: relative; cursor: pointer; font: 600 1.1rem/1.4 var(--serif); list-style: none; border-radius: .6rem; }
.more summary h2 { display: inline; font: inherit; }
.more summary::-webkit-details-marker { display: none; }
.more summary::before { content: ""; position: absolute; inset-inline-start: 1.3rem; top: 1.45rem; width: .5rem; height: .5rem; border: solid var(--brand); border-width: 0 2px 2px 0; transform: rotate(-45deg); }
.more[open] summary::before { transform: translateY(-.15rem) rotate(45deg); }
.more summary:hover { text-decoration: underline; }
.more summary .note { display: inline; margin-inline-start: .5rem; font: .875rem/1.4 var(--sans); }
.more-body { padding: 0 1.3rem 1.3rem; }
.more-body h3 { margin: 1.2rem 0 .3rem; font-size: 1rem; }
.more-body > p { margin-top: .8rem; }
.checks li { display: flex; gap: .8rem; padding: .6rem 0; border-top: 1px solid var(--fine); }
.checks li h3 { margin: 0; font-size: .9688rem; font-weight: 600; }
.checks .state { color: var(--soft); font-weight: 400; font-size: .875rem; }
.checks li p { font-size: .9063rem; color: var(--soft); }
.checks .code code + code { margin-inline-start: .8rem; }
.state-mark { flex: none; width: 1.5rem; height: 1.5rem; margin-top: .05rem; border-radius: 50%; font-weight: 700; font-size: .875rem; line-height: 1.5rem; text-align: center; color: #fff; }
.pass .state-mark { background: #17603a; }
.fail .state-mark { background: #8c1c1c; border-radius: 3px; } .fail h3, .checks .fail .state { color: #8c1c1c; }
.unknown .state-mark { background: #7a4c00; border-radius: 3px; transform: rotate(45deg) scale(.86); } .checks .unknown .state { color: #7a4c00; }
.skipped .state-mark { color: var(--soft); border: 1px solid #7d8ba3; line-height: 1.4rem; }
`;
