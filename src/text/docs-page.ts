import type { Language } from './localized.js';

/** Words around the description of the HTTP interface. */
export interface DocsTexts {
  readonly title: string;
  readonly lead: string;
  readonly machine: string;
  readonly takes: string;
  readonly answers: string;
  readonly refusals: string;
  readonly token: (scope: string) => string;
  readonly parameters: string;
}

const DOCS_TEXTS: Readonly<Record<Language, DocsTexts>> = {
  fr: {
    title: 'L’interface pour programmes',
    lead: 'Chaque adresse que ce service sert. Les refus sont des application/problem+json (RFC 9457), sauf sous /oid4vci/, dont la norme prescrit les erreurs d’OAuth. Les documents publics ont un ETag et se lisent de toute origine.',
    machine: 'La même description en OpenAPI 3.1 (JSON)',
    takes: 'Reçoit',
    answers: 'Répond',
    refusals: 'Refuse avec',
    token: (scope) => `Demande un jeton de portée ${scope}`,
    parameters: 'Paramètres',
  },
  en: {
    title: 'The interface for programs',
    lead: 'Every address this service answers. Refusals are application/problem+json (RFC 9457), except under /oid4vci/, whose standard prescribes OAuth errors. Public documents have an ETag and can be read from any origin.',
    machine: 'The same description as OpenAPI 3.1 (JSON)',
    takes: 'Takes',
    answers: 'Answers',
    refusals: 'Refuses with',
    token: (scope) => `Needs a token of scope ${scope}`,
    parameters: 'Parameters',
  },
};

/** The words of the documentation page in one language. */
export function docsTexts(language: Language): DocsTexts {
  return DOCS_TEXTS[language];
}
