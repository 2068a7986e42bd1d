/** What the holder's own pages add to the house's style sheet. Every colour stands 4.5 : 1 or better on its ground. */
export const HOLDER_STYLESHEET = `
/* The certificate calls its holder's name the same. */
div.holder { font: inherit; }
.holder h1 { font: 600 clamp(1.7rem, 6vw, 2.4rem)/1.15 var(--serif); }
.holder h1 + p { margin-top: .7rem; }
.holder > .lead { margin-bottom: 1.4rem; }
.holder-bar { display: flex; align-items: center; justify-content: space-between; gap: 1rem; margin: .2rem 0 1.2rem; }
.panel { margin-top: 1.2rem; padding: clamp(1.1rem, 4vw, 1.7rem); background: var(--sheet); border: 1px solid var(--line); border-radius: .6rem; }
.panel > * + *, .panel details > * + * { margin-top: .7rem; }
.panel h2 { font: 600 1.25rem/1.3 var(--serif); }
.panel h3 { margin-top: 1.5rem; font-size: 1.0625rem; }
.panel h2 + h3 { margin-top: .5rem; }
.panel form .note { margin-top: .5rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 22rem), 1fr)); gap: 1.2rem; margin-top: 1.2rem; }
.card { margin-top: 0; }
.card h2 a { text-decoration-thickness: .05em; }
.badge-state { display: inline-block; margin-inline-end: .7rem; padding: .15rem .7rem; border: 1px solid; border-radius: 999px; font-size: .875rem; font-weight: 600; }
.badge-state + .note { display: inline-block; }
.badge-state.active { color: #14532d; background: #eaf5ed; }
.badge-state.suspended, .badge-state.expired { color: #6a4200; background: #fdf4e0; }
.badge-state.revoked { color: #7f1d1d; background: #fcedec; }
.outcome { margin-bottom: 1.2rem; padding: .8rem 1.1rem; border-inline-start: .35rem solid #1b6b3a; background: #eaf5ed; color: #14532d; font-weight: 600; }
.address { display: block; padding: .6rem .8rem; background: #fff; border: 1px solid var(--line); border-radius: .3rem; user-select: all; word-break: break-all; }
.choice { display: flex; align-items: flex-start; gap: .6rem; padding: .5rem 0; min-height: 2.75rem; }
.choice input, .panel label input { flex: none; width: 1.25rem; height: 1.25rem; margin-top: .15rem; accent-color: var(--brand, #1d3a63); }
.wallet-code { font: 600 1.75rem/1.4 var(--mono); letter-spacing: .15em; }
.wallet-qr { display: block; width: min(17.5rem, 100%); height: auto; background: #fff; border: 1px solid var(--line); border-radius: .3rem; }
fieldset { margin: .3rem 0 1rem; padding: .4rem 1rem; border: 1px solid var(--line); border-radius: .4rem; }
legend { padding: 0 .4rem; font-weight: 600; }
.holder summary { padding: .6rem 0; color: var(--link); cursor: pointer; }
button.quiet, .quiet { min-height: 2.75rem; padding: .5rem 1rem; border: 1px solid var(--brand, #1d3a63); background: #fff; color: var(--brand, #1d3a63); }
.button + .note { margin-top: .5rem; }
button.grave { background: #8c1c1c; }
.error form { margin-top: 1.6rem; }
@media print { .wallet-qr, .holder-bar, .holder form, .holder details { display: none; } }
`;
