/** Narrow screens, high contrast, and one A4 page of paper. */
export const ADAPTATIONS = `
@media (max-width: 36rem) {
  .code { flex-wrap: wrap; }
  .check-form > button { width: 100%; }
  .check-form button + .note { margin: .6rem 0 0; }
}
@media (max-width: 30rem) {
  body { padding-inline: .6rem; }
  .facts { grid-template-columns: 1fr 1fr; gap: 1.1rem; }
  .stair { display: grid; gap: 6px; }
  .stair li { display: flex; align-items: center; gap: .7rem; }
  .stair li::before { flex: none; width: calc(.4rem + 2 * var(--high)); height: 1.1rem; margin: 0; }
  .stair .here bdi::before { content: "◀ "; }
}
@media (forced-colors: active) {
  .seal-body { fill: Canvas; stroke: CanvasText; } .seal-sign, .seal-ring { stroke: CanvasText; }
  .stair .here::before, .stair .below::before { background: CanvasText; forced-color-adjust: none; } .state-mark { border: 1px solid; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
@media print {
  @page { size: A4; margin: 10mm 12mm; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  html { font-size: 8.6pt; line-height: 1.38; background: none; }
  body { padding: 0; max-width: none; }
  .top, .skip, .bottom, .plain-links, .more, .no-print { display: none; }
  .sheet { border: 0; box-shadow: none; border-radius: 0; overflow: visible; }
  .verdict { margin-bottom: 2.4rem; } .verdict-words { padding: 1rem 2rem 2.7rem; } .verdict h1 { font-size: 1.9rem; } .verdict p { margin-top: .3rem; }
  .seal { width: 4.4rem; height: 4.4rem; margin-left: -2.2rem; bottom: -2.2rem; }
  .certificate { padding: 0 1.5rem; } .certificate section { margin-top: 1.1rem; } .certificate section > h2 { margin-bottom: .5rem; break-after: avoid; }
  .formula { margin-top: .5rem; } .certificate-head::after { margin-top: .7rem; } .holder { font-size: 1.8rem; } .certificate-head .title { font-size: 1.6rem; }
  .facts { grid-template-columns: repeat(4, 1fr); gap: .6rem 1.2rem; } .fact .value { font-size: 1.4rem; }
  .competences { columns: 2; column-gap: 2rem; } .competence { break-inside: avoid; } .competence + .competence { margin-top: 0; } .competence { padding-bottom: .9rem; }
  .stamped .certificate > :not(.certificate-head), .stamped .certificate-head > :not(.stamp), .seal { filter: none; }
  .code > div { width: 13.5rem; }
  .stair { margin: .1rem 0 .3rem; --top: 1.3rem; } .of-1 { --top: .55rem; } .of-2 { --top: .8rem; } .of-3 { --top: 1.05rem; }
  .stair li:nth-child(n) { --high: 1.3rem; } .stair li:nth-child(1) { --high: .55rem; } .stair li:nth-child(2) { --high: .8rem; } .stair li:nth-child(3) { --high: 1.05rem; }
  .listed li { margin-top: 0; } .competence .by { margin-top: .3rem; }
  .links > li { padding: .15rem 0; border: 0; } .links .note { display: inline; margin-inline-start: .6em; } .links a::after { content: " <" attr(href) ">"; font-size: .85em; color: var(--soft); } .links .host { display: none; }
  .signature { margin-top: 1.2rem; padding-top: .9rem; break-inside: avoid; flex-wrap: nowrap; }
  .qr { width: 25mm; height: 25mm; padding: 0; border: 0; }
}
`;
