import { pageTexts } from '../text/pages.js';
import { FRONT_SCRIPT_PATH } from './client-scripts.js';
import { DEVICE_SCRIPT_PATH, DeviceOffer } from './device-offer.js';
import { type PageFrame, renderDocument } from './document.js';
import { visible, Words } from './words.js';

export interface FrontPage {
  readonly frame: PageFrame;
  /** What was typed and could not be read as a badge's number or link. */
  readonly notRead?: string;
  /** The institution that runs the service, once there is one. */
  readonly issuer?: { readonly name: string; readonly path: string };
}

/** What this is, and a box to check any badge. The script adds dropping, pasting a picture and the camera. */
export function frontPage({ frame, notRead, issuer }: FrontPage): string {
  const { front } = pageTexts(frame.language);
  return renderDocument({
    frame,
    title: pageTexts(frame.language).tagline,
    scripts: [FRONT_SCRIPT_PATH, DEVICE_SCRIPT_PATH],
    children: (
      <>
        <section class="hero">
          <h1>{front.title}</h1>
          <p class="lead">{front.lead}</p>
        </section>
        <CheckForm frame={frame} notRead={notRead} />
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

/** One box for whatever somebody has of a badge. Each part has its label; the script finds what it needs by its id. */
const CheckForm = ({ frame, notRead }: { readonly frame: PageFrame; readonly notRead: string | undefined }) => {
  const { front } = pageTexts(frame.language);
  const failed = notRead !== undefined;
  return (
    <form
      class="check-form"
      id="check"
      method="post"
      action={`/verify?lang=${frame.language}`}
      enctype="multipart/form-data"
      data-texts={JSON.stringify(front.script)}
    >
      <label for="credential">{front.box}</label>
      <textarea
        id="credential"
        name="credential"
        rows={3}
        maxlength={2_000_000}
        spellcheck={false}
        autocomplete="off"
        autocapitalize="none"
        aria-describedby={failed ? 'badge-error badge-hint' : 'badge-hint'}
        {...(failed ? { 'aria-invalid': 'true' } : {})}
      >
        {failed ? visible(notRead) : ''}
      </textarea>
      {failed ? (
        <p class="field-error" id="badge-error" role="alert">
          {front.notRead}
        </p>
      ) : null}
      <p class="note" id="badge-hint">
        {front.boxHint}
      </p>
      <div class="ways">
        <div>
          <label for="file">{front.file}</label>
          <input
            id="file"
            name="file"
            type="file"
            accept=".json,.jsonld,.jwt,.png,.svg,.pdf,application/json,image/png,image/svg+xml,application/pdf"
            aria-describedby="file-hint"
          />
          <p class="note" id="file-hint">
            {front.fileHint}
          </p>
        </div>
        <div id="camera" />
      </div>
      <p class="drop" id="drop" />
      <button type="submit">{front.submit}</button>
      <p class="note">{front.privacy}</p>
      <DeviceOffer frame={frame} />
    </form>
  );
};
