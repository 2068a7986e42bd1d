import { pageTexts } from '../text/pages.js';
import { type PageFrame, renderDocument } from './document.js';

export interface ErrorPage {
  readonly frame: PageFrame;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  /** What the operator finds the request by in the log. */
  readonly requestId: string;
}

/** An error for people: what happened, what to do, and a way on. */
export function errorPage({ frame, status, title, detail, requestId }: ErrorPage): string {
  const texts = pageTexts(frame.language).error;
  return renderDocument({
    frame,
    title,
    children: (
      <section class="error">
        <p class="institution">
          {texts.code} {status}
        </p>
        <h1>{title}</h1>
        <p class="lead">{detail}</p>
        <p>
          <a class="button" href="/">
            {texts.home}
          </a>
        </p>
        <p class="note">
          {texts.request} <code>{requestId}</code>
        </p>
      </section>
    ),
  });
}
