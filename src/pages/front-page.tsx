import { pageTexts } from '../text/pages.js';
import { type PageFrame, renderDocument } from './document.js';
import { visible, Words } from './words.js';

export interface FrontPage {
  readonly frame: PageFrame;
  /** What was typed and could not be read as a badge's number or link. */
  readonly notRead?: string;
  /** The institution that runs the service, once there is one. */
  readonly issuer?: { readonly name: string; readonly path: string };
}

/** What this is, and a box to check a badge. */
export function frontPage({ frame, notRead, issuer }: FrontPage): string {
  const { front } = pageTexts(frame.language);
  const failed = notRead !== undefined;
  return renderDocument({
    frame,
    title: pageTexts(frame.language).tagline,
    children: (
      <>
        <section class="hero">
          <h1>{front.title}</h1>
          <p class="lead">{front.lead}</p>
          <form class="check-form" method="get" action="/">
            <label for="badge">{front.field}</label>
            <div class="field">
              <input
                id="badge"
                name="badge"
                type="text"
                required
                maxlength={2000}
                autocomplete="off"
                autocapitalize="none"
                spellcheck={false}
                value={failed ? visible(notRead) : ''}
                aria-describedby={failed ? 'badge-error badge-hint' : 'badge-hint'}
                {...(failed ? { 'aria-invalid': 'true' } : {})}
              />
              <input type="hidden" name="lang" value={frame.language} />
              <button type="submit">{front.submit}</button>
            </div>
            {failed ? (
              <p class="field-error" id="badge-error" role="alert">
                {front.notRead}
              </p>
            ) : null}
            <p class="note" id="badge-hint">
              {front.hint}
            </p>
          </form>
        </section>
        <section class="any">
          <h2>{front.anyTitle}</h2>
          <form
            class="check-form"
            method="post"
            action={`/verify?lang=${frame.language}`}
            enctype="multipart/form-data"
          >
            <label for="file">{front.anyFile}</label>
            <input
              id="file"
              name="file"
              type="file"
              accept=".json,.jsonld,.jwt,.png,.svg,application/json,image/png,image/svg+xml"
            />
            <label for="credential">{front.anyText}</label>
            <textarea
              id="credential"
              name="credential"
              rows={5}
              spellcheck={false}
              autocomplete="off"
              aria-describedby="any-hint"
            />
            <button type="submit">{front.submit}</button>
            <p class="note" id="any-hint">
              {front.anyHint}
            </p>
          </form>
        </section>
        <section class="how">
          <h2>{front.howTitle}</h2>
          <ul>
            {front.how.map(({ title, meaning }) => (
              <li>
                <h3>{title}</h3>
                <p>{meaning}</p>
              </li>
            ))}
          </ul>
          {issuer === undefined ? null : (
            <p class="note">
              {front.issuer}{' '}
              <a href={issuer.path}>
                <Words text={issuer.name} />
              </a>
            </p>
          )}
        </section>
      </>
    ),
  });
}
