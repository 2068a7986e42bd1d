/** The front page and its box. */
export const FORMS = `
.hero { padding: clamp(1.2rem, 6vw, 3.5rem) 0 1.6rem; text-align: center; }
.hero h1 { font: 600 clamp(2.1rem, 8vw, 3.4rem)/1.08 var(--serif); }
.hero .lead { margin-inline: auto; }
.check-form { position: relative; padding: clamp(1.2rem, 4vw, 2rem); background: var(--sheet); border: 1px solid var(--line); border-radius: .6rem; box-shadow: 0 12px 32px -18px rgb(60 50 20 / 35%); }
.check-form label { display: block; margin-bottom: .4rem; font-weight: 600; }
textarea { display: block; width: 100%; min-height: 5.5rem; padding: .7rem .8rem; border: 1px solid #7d8798; border-radius: .4rem; background: #fff; color: var(--ink); font: 1rem/1.5 var(--mono); resize: vertical; }
textarea[aria-invalid] { border: 2px solid #8c1c1c; }
.field-error { margin-top: .4rem; color: #8c1c1c; font-weight: 600; }
.ways { display: flex; flex-wrap: wrap; align-items: center; gap: 1.2rem 2.4rem; margin: 1.3rem 0; }
.ways > div { min-width: 0; max-width: 100%; }
input[type=file] { width: 100%; max-width: 22rem; padding: .35rem 0; font: inherit; color: var(--ink); }
input[type=file]::file-selector-button { min-height: 2.75rem; margin-inline-end: .8rem; padding: .5rem 1rem; border: 1px solid var(--brand); border-radius: .4rem; background: #fff; color: var(--brand); font: 600 .9375rem var(--sans); cursor: pointer; }
.drop:empty { display: none; }
.drop { margin: 0 0 1.2rem; padding: 1rem; border: 2px dashed #7d8798; border-radius: .4rem; color: var(--soft); text-align: center; font-size: .9375rem; }
.dragging .check-form { outline: 3px solid var(--brand); }
.check-form button + .note { display: inline-block; margin-inline-start: 1rem; }
.device { margin-top: 1rem; }
.quiet { min-height: 2.75rem; padding: .5rem 1rem; border: 1px solid var(--brand); background: #fff; color: var(--brand); }
#camera video { display: block; width: min(22rem, 100%); margin: .6rem 0; border-radius: .4rem; background: #000; }
.how { margin-top: 2.6rem; }
.how > h2 { font: 600 1.3rem/1.3 var(--serif); text-align: center; }
.how ul { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 14rem), 1fr)); gap: 1.6rem 2rem; margin: 1.2rem 0 1.6rem; }
.how h3 { font-size: 1.0625rem; }
.how li p { margin-top: .2rem; color: var(--soft); font-size: .9688rem; }
.how > .note { text-align: center; }
`;
