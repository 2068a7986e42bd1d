import type { Language } from './localized.js';
import { PAGES_EN } from './pages-en.js';
import { PAGES_FR } from './pages-fr.js';

/** Words around a verdict: what it is called, and what it means to the reader. */
export interface VerdictText {
  readonly title: string;
  readonly meaning: string;
}

/** Every sentence of the public pages. What a badge says is never here: that is signed, in the badge's own language. */
export interface PageTexts {
  readonly languageName: string;
  readonly skipToContent: string;
  readonly languageSwitch: string;
  readonly tagline: string;
  readonly footer: string;
  readonly opensElsewhere: string;

  readonly verdict: {
    readonly label: string;
    readonly valid: VerdictText;
    readonly revoked: VerdictText;
    readonly suspended: VerdictText;
    readonly superseded: VerdictText;
    readonly expired: VerdictText;
    readonly 'not-yet-valid': VerdictText;
    readonly altered: VerdictText;
    readonly invalid: VerdictText;
    readonly unchecked: VerdictText;
  };
  readonly nothingShown: string;
  readonly stillShown: string;
  readonly warnings: string;

  readonly badge: {
    readonly awardedTo: string;
    readonly by: string;
    readonly nameHashed: string;
    readonly nameAbsent: string;
    readonly facts: string;
    readonly signer: string;
    readonly signerDomain: (domain: string) => string;
    readonly identifier: string;
    readonly achievement: string;
    readonly awardedBecause: string;
    readonly period: string;
    readonly from: (day: string) => string;
    readonly until: (day: string) => string;
    readonly range: (start: string, end: string) => string;
    readonly juryDate: string;
    readonly awardedDate: string;
    readonly validFrom: string;
    readonly validUntil: string;
    readonly term: string;
    readonly role: string;
    readonly credits: string;
    readonly creditsValue: (credits: string, available: string | null) => string;
    readonly competences: string;
    readonly level: (level: string, steps: string) => string;
    readonly levelMeaning: string;
    readonly scale: string;
    readonly reached: string;
    readonly results: string;
    readonly resultRange: (min: string, max: string) => string;
    readonly resultMinimum: (min: string) => string;
    readonly resultMaximum: (max: string) => string;
    readonly evidence: string;
    readonly evidenceNote: string;
    readonly evidenceUntitled: string;
    readonly digest: Readonly<Record<'matches' | 'differs' | 'not-read', string>>;
    readonly description: string;
    readonly criteria: string;
    readonly criteriaLink: string;
    readonly alignments: string;
    readonly inLanguage: Readonly<Record<Language, string>>;
  };

  readonly checks: {
    readonly title: string;
    readonly made: (time: string) => string;
    readonly states: Readonly<Record<'pass' | 'fail' | 'unknown' | 'skipped', string>>;
    readonly names: {
      readonly parse: string;
      readonly context: string;
      readonly type: string;
      readonly schema: string;
      readonly subject: string;
      readonly issuer: string;
      readonly proof: string;
      readonly key: string;
      readonly status: string;
      readonly validity: string;
      readonly evidence: string;
      readonly endorsements: string;
      readonly refresh: string;
      readonly recipient: string;
    };
  };

  readonly share: {
    readonly title: string;
    readonly qr: (url: string) => string;
    readonly scan: string;
    readonly json: string;
    readonly number: string;
  };

  readonly front: {
    readonly title: string;
    readonly lead: string;
    readonly check: string;
    readonly field: string;
    readonly hint: string;
    readonly submit: string;
    readonly notRead: string;
    /** The second box: a badge from anywhere, as a file or as text. */
    readonly anyTitle: string;
    readonly anyFile: string;
    readonly anyText: string;
    readonly anyHint: string;
    readonly howTitle: string;
    readonly how: readonly VerdictText[];
    readonly issuer: string;
  };

  readonly issuer: {
    readonly title: string;
    readonly partOf: string;
    readonly country: string;
    readonly website: string;
    readonly contact: string;
    readonly did: string;
    readonly didDocument: string;
    readonly profile: string;
    readonly keys: string;
    readonly achievements: string;
    readonly noAchievements: string;
  };

  readonly achievement: {
    readonly kind: string;
    readonly version: string;
    readonly type: string;
    readonly issuedBy: string;
    readonly credits: string;
    readonly competences: string;
    readonly results: string;
    readonly json: string;
    readonly otherLanguage: string;
  };

  readonly error: {
    readonly code: string;
    readonly request: string;
    readonly home: string;
  };
}

const PAGES: Readonly<Record<Language, PageTexts>> = { fr: PAGES_FR, en: PAGES_EN };

/** The sentences of the public pages in one language. */
export function pageTexts(language: Language): PageTexts {
  return PAGES[language];
}
