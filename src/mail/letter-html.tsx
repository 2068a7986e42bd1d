import type { Letter } from '../ports/mailer.js';
import { wordsOf } from './letter.js';

/** Mail programs read inline styles only. Dark on light, 4.5 : 1 and better; one column that fits a phone. */
const BODY = 'margin:0;padding:24px 12px;background:#f5f2ea;color:#1c2431;font:16px/1.55 system-ui,Arial,sans-serif';
const SHEET = 'max-width:560px;margin:0 auto;padding:28px 24px;background:#fffefa;border:1px solid #d9d2c2';
const TITLE = 'margin:0 0 16px;font:600 22px/1.3 Georgia,serif;color:#1d3a63';
const BUTTON =
  'display:inline-block;padding:13px 22px;background:#1d3a63;color:#ffffff;font-weight:600;text-decoration:none';
const SMALL = 'font-size:14px;color:#535b68;overflow-wrap:anywhere';

/** The letter as HTML. No image, no script, nothing from elsewhere; every name in it is escaped. */
export function letterHtml(letter: Letter): string {
  const words = wordsOf(letter);
  const document = (
    <html lang={letter.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>{words.subject}</title>
      </head>
      <body style={BODY}>
        <main style={SHEET}>
          <h1 style={TITLE}>{words.signature}</h1>
          <p>
            <bdi>{words.greeting}</bdi>
          </p>
          <p>{words.opening}</p>
          <p>{words.invitation}</p>
          <p style="margin:26px 0">
            <a href={letter.link} style={BUTTON}>
              {words.button}
            </a>
          </p>
          <p style={SMALL}>
            {words.orCopy}
            <br />
            <a href={letter.link}>{letter.link}</a>
          </p>
          <p style={SMALL}>{words.once}</p>
          <p style={SMALL}>{words.notYou}</p>
          <p style={SMALL}>{words.automatic}</p>
        </main>
      </body>
    </html>
  );
  return `<!doctype html>${String(document)}`;
}
