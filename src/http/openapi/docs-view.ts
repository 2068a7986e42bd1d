import type { DocsOperation, DocsPage } from '../../pages/docs-page.js';
import type { Language } from '../../text/localized.js';
import { OPERATIONS, PARAMETERS, pathParameters, TAG_NAMES } from './document.js';
import { type Operation, TAGS } from './operation.js';

/** The description as its page shows it: what belongs together, together. */
export function docsGroups(language: Language): DocsPage['groups'] {
  return TAGS.map((tag) => ({
    name: TAG_NAMES[tag][language],
    operations: OPERATIONS.filter((operation) => operation.tag === tag).map((operation) => shown(operation, language)),
  }));
}

function shown({ method, path, summary, parameters = [], ...rest }: Operation, language: Language): DocsOperation {
  return {
    method: method.toUpperCase(),
    path,
    summary: summary[language],
    parameters: [
      ...pathParameters(path).map(({ name }) => ({ name, meaning: PARAMETERS[name].meaning[language] })),
      ...parameters.map(({ name, meaning, oneOf }) => ({
        name: oneOf === undefined ? name : `${name}=${oneOf.join('|')}`,
        meaning: meaning[language],
      })),
    ],
    scope: rest.scope ?? null,
    takes: rest.body?.types ?? [],
    answers: Object.entries(rest.answers).map(([status, { types }]) => ({ status, types })),
    refusals: (rest.problems ?? []).map(String),
  };
}
