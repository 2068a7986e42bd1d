/** What is on the sheet: the sentence, the figures, the stairs of levels, the signature. */
export const CERTIFICATE = `
.certificate { padding: 0 clamp(1.1rem, 6vw, 4rem) clamp(1.6rem, 5vw, 3rem); }
.certificate section { margin-top: 2.2rem; }
.certificate section > h2 { display: flex; align-items: center; gap: .9rem; margin-bottom: 1rem; color: var(--brand); font: 600 1.2rem/1.3 var(--serif); }
.certificate section > h2::after { content: ""; flex: 1; border-top: 1px solid var(--line); }
.certificate section > h2.unseen { margin: -1px; }
.certificate-head { text-align: center; padding-top: .6rem; }
.logo { display: block; width: auto; height: auto; max-height: 4.5rem; max-width: 14rem; margin: 0 auto .7rem; }
.institution { font: 600 1.2rem/1.3 var(--serif); }
.institution a { color: var(--brand); text-decoration: none; } .institution a:hover { text-decoration: underline; }
.claimed { margin-top: .15rem; font-size: .9688rem; }
.unit { color: var(--soft); font-size: .9375rem; }
.unit span + span::before { content: "·"; margin: 0 .5em; }
.formula { margin-top: 1.3rem; color: var(--soft); font: italic 1.0625rem/1.4 var(--serif); }
.holder { margin-top: .2rem; font: 500 clamp(1.7rem, 6vw, 2.4rem)/1.25 var(--serif); }
.no-name { margin: .3rem auto 0; max-width: 30rem; font: 1.0625rem/1.4 var(--serif); }
.certificate-head .title { max-width: 36rem; margin: .3rem auto 0; color: var(--brand); font: 600 clamp(1.5rem, 5vw, 2.1rem)/1.22 var(--serif); }
.activity { max-width: 34rem; margin: .5rem auto 0; font: italic 1.125rem/1.4 var(--serif); }
.certificate-head:not(:has(.stamp))::after { content: ""; display: block; width: 9rem; height: 9px; margin: 1.5rem auto 0; background: radial-gradient(circle at 50% 50%, var(--accent) 0 4px, transparent 4.5px) 50% 50% / 9px 9px no-repeat, linear-gradient(var(--accent), var(--accent)) 0 50% / 44% 1px no-repeat, linear-gradient(var(--accent), var(--accent)) 100% 50% / 44% 1px no-repeat; }

.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 13rem), 1fr)); gap: 1.2rem 2rem; }
.fact dt { color: var(--soft); font-size: .875rem; }
.fact .value { display: block; font: 600 1.9rem/1.2 var(--serif); color: var(--brand); }
.role + .role::before { content: "· "; color: var(--soft); }
.fact dd > span:not(.note) > .role { display: block; }
.fact dd > span:not(.note) > .role::before { content: none; }

.competence + .competence { margin-top: 1.8rem; }
.competence-head { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: .1rem 1rem; }
.competence h3 { font-size: 1.0625rem; }
.step { color: var(--soft); font-size: .9375rem; }
.only-level { font-weight: 600; color: var(--brand); }
.stair { --top: 3.4rem; display: flex; gap: 5px; margin: .5rem 0 .7rem; }
.of-1 { --top: 1rem; } .of-2 { --top: 1.6rem; } .of-3 { --top: 2.2rem; } .of-4 { --top: 2.8rem; }
.stair li { --high: 3.4rem; flex: 1 1 0; min-width: 0; color: var(--soft); font-size: .875rem; line-height: 1.3; }
.stair li:nth-child(1) { --high: 1rem; } .stair li:nth-child(2) { --high: 1.6rem; } .stair li:nth-child(3) { --high: 2.2rem; } .stair li:nth-child(4) { --high: 2.8rem; }
.stair li::before { content: ""; display: block; height: var(--high); margin: calc(var(--top) - var(--high)) 0 .35rem; border: 2px solid var(--brand); border-radius: 3px; background: linear-gradient(rgb(255 255 255 / 55%), rgb(255 255 255 / 55%)) var(--brand); }
.stair .above::before { background: none; border: 2px dashed #7d8798; }
.stair .here::before { background: var(--brand); }
.stair .here { color: var(--ink); font-weight: 700; }
.stair .here bdi::before { content: "▲ "; color: var(--brand); font-size: .75rem; }
.meaning { font-size: .9688rem; }
.listed li { position: relative; padding-inline-start: 1.2rem; margin-top: .15rem; }
.listed li::before { content: ""; position: absolute; inset-inline-start: .2rem; top: .58em; width: .4rem; height: .4rem; background: var(--accent); transform: rotate(45deg); }
.competence .by, .roles { display: flex; flex-wrap: wrap; align-items: center; gap: .3rem .5rem; font-size: .9375rem; color: var(--soft); }
.competence .by { margin-top: .7rem; }
.competence .by .role { padding: .12rem .7rem; border: 1px solid var(--brand); border-radius: 999px; color: var(--brand); font-weight: 600; }
.competence .by .role::before { content: none; }
.digest-differs { color: #8c1c1c; font-weight: 600; }
.caution { color: #7a4c00; font-weight: 600; }

.signature { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 1.6rem 2.4rem; margin-top: 2.6rem; padding-top: 1.6rem; border-top: 1px solid var(--line); font-size: .9375rem; }
.signature h2 { color: var(--soft); font: 400 .875rem/1.4 var(--sans); }
.signed { flex: 1 1 17rem; display: grid; gap: 1.1rem; align-content: start; }
.signatory { font: 600 1.0625rem/1.35 var(--serif); }
.signed .domain { color: var(--soft); }
.code { flex: 0 1 auto; display: flex; align-items: flex-start; gap: 1rem; }
.code > div { width: 12.5rem; }
.qr { flex: none; width: 8.25rem; height: 8.25rem; padding: .2rem; background: #fff; border: 1px solid var(--line); }
.number { display: block; font-size: .75rem; }
.address { margin-top: .4rem; color: var(--soft); font-size: .75rem; line-height: 1.4; word-break: break-all; }

.levels { counter-reset: level; }
.levels > li { counter-increment: level; position: relative; margin-top: .7rem; padding-inline-start: 2.2rem; }
.levels > li::before { content: counter(level); position: absolute; inset-inline-start: 0; width: 1.5rem; height: 1.5rem; border-radius: 50%; background: var(--brand); color: #fff; font-size: .8125rem; line-height: 1.5rem; text-align: center; }
.levels .listed, .levels .prose { color: var(--soft); font-size: .9375rem; }
.document .facts { margin-top: 1.6rem; }
.document .certificate { padding-top: clamp(1.6rem, 5vw, 3rem); }
`;
