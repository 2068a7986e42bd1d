import { docsTexts } from '../text/docs-page.js';
import { type PageFrame, renderDocument } from './document.js';
import { Fact } from './words.js';

/** One method of one path, as a reader wants it. */
export interface DocsOperation {
  readonly method: string;
  readonly path: string;
  /** Code stands between backticks. */
  readonly summary: string;
  readonly parameters: readonly { readonly name: string; readonly meaning: string }[];
  readonly scope: string | null;
  readonly takes: readonly string[];
  readonly answers: readonly { readonly status: string; readonly types: readonly string[] }[];
  readonly refusals: readonly string[];
}

export interface DocsPage {
  readonly frame: PageFrame;
  readonly groups: readonly { readonly name: string; readonly operations: readonly DocsOperation[] }[];
}

/** The HTTP interface, readable without any script. */
export function docsPage({ frame, groups }: DocsPage): string {
  const texts = docsTexts(frame.language);
  return renderDocument({
    frame,
    title: texts.title,
    alternates: [{ type: 'application/json', href: '/openapi.json' }],
    children: (
      <article class="sheet document">
        <div class="certificate">
          <header class="certificate-head">
            <p class="institution">Sceau</p>
            <h1 class="title">{texts.title}</h1>
          </header>
          <p>{texts.lead}</p>
          <p class="plain-links">
            <a href={`/openapi.json?lang=${frame.language}`}>{texts.machine}</a>
          </p>
          {groups.map(({ name, operations }) => (
            <section>
              <h2>{name}</h2>
              <ul class="links">
                {operations.map((operation) => (
                  <OperationEntry frame={frame} operation={operation} />
                ))}
              </ul>
            </section>
          ))}
        </div>
      </article>
    ),
  });
}

const OperationEntry = ({ frame, operation }: { readonly frame: PageFrame; readonly operation: DocsOperation }) => {
  const texts = docsTexts(frame.language);
  const { method, path, summary, parameters, scope, takes, answers, refusals } = operation;
  return (
    <li>
      <h3>
        <code>
          {method} {path}
        </code>
      </h3>
      <p>
        <WithCode text={summary} />
      </p>
      {scope === null ? null : <p class="note">{texts.token(scope)}</p>}
      <dl class="facts">
        <Fact name={texts.parameters}>
          {parameters.length > 0 && (
            <Lines>
              {parameters.map(({ name, meaning }) => (
                <li>
                  <code>{name}</code> {meaning}
                </li>
              ))}
            </Lines>
          )}
        </Fact>
        <Fact name={texts.takes}>{takes.length > 0 && <code>{takes.join(', ')}</code>}</Fact>
        <Fact name={texts.answers}>
          <Lines>
            {answers.map(({ status, types }) => (
              <li>
                <code>
                  {status} {types.join(', ')}
                </code>
              </li>
            ))}
          </Lines>
        </Fact>
        <Fact name={texts.refusals}>{refusals.length > 0 && <code>{refusals.join(', ')}</code>}</Fact>
      </dl>
    </li>
  );
};

const Lines = ({ children }: { readonly children?: unknown }) => <ul>{children}</ul>;

/** A sentence whose code stands between backticks. */
const WithCode = ({ text }: { readonly text: string }) => (
  <>{text.split('`').map((part, index) => (index % 2 === 1 ? <code>{part}</code> : part))}</>
);
