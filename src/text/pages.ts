import type { Language } from './localized.js';
import { PAGES_EN } from './pages-en.js';
import { PAGES_FR } from './pages-fr.js';

/** Words around a verdict: what it is called, and what it means to the reader. */
export interface VerdictText {
  readonly title: string;
  readonly meaning: string;
}

/** A verdict's words, and the one or two that are stamped across a certificate it speaks against. */
export interface VerdictWords extends VerdictText {
  readonly stamp: string;
}

/** What the script of the front page says; handed to it in the page. */
export interface FrontScriptTexts {
  readonly drop: string;
  readonly scan: string;
  readonly stop: string;
  readonly aim: string;
  readonly noCamera: string;
  readonly noCode: string;
  readonly chosen: string;
  readonly scanned: string;
}

/** Every sentence of the public pages. What a badge says is never here: that is signed, in the badge's own language. */
export interface PageTexts {
  readonly languageName: string;
  readonly skipToContent: string;
  readonly languageSwitch: string;
  readonly tagline: string;
  readonly footer: string;

  readonly verdict: {
    readonly label: string;
    readonly valid: VerdictWords;
    readonly unvouched: VerdictWords;
    readonly revoked: VerdictWords;
    readonly suspended: VerdictWords;
    readonly superseded: VerdictWords;
    readonly expired: VerdictWords;
    readonly 'not-yet-valid': VerdictWords;
    readonly altered: VerdictWords;
    readonly invalid: VerdictWords;
    readonly unchecked: VerdictWords;
    /** What `valid` means for a badge from elsewhere, by the domain that publishes the key. */
    readonly validElsewhere: (domain: string) => string;
    readonly notWithdrawn: string;
    /** For a badge that declares no status. */
    readonly noStatus: string;
  };
  readonly nothingShown: string;
  readonly warnings: string;

  readonly badge: {
    /** Stands between the institution and the holder. */
    readonly certifies: string;
    readonly obtained: string;
    readonly nameHashed: string;
    readonly nameAbsent: string;
    readonly facts: string;
    readonly signer: string;
    readonly validFrom: string;
    readonly signerDomain: (domain: string) => string;
    /** A name nobody but the signer vouches for. */
    readonly callsItself: string;
    readonly unknownKey: string;
    readonly bareKey: string;
    readonly achievement: string;
    readonly awardedBecause: string;
    readonly period: string;
    readonly from: (day: string) => string;
    readonly until: (day: string) => string;
    readonly range: (start: string, end: string) => string;
    readonly host: string;
    readonly contractor: string;
    readonly juryDate: string;
    readonly awardedDate: string;
    readonly validUntil: string;
    readonly contact: string;
    readonly term: string;
    readonly role: string;
    readonly credits: string;
    readonly creditsMost: (available: string) => string;
    readonly recognisedAs: string;
    readonly supervisedBy: string;
    readonly certifiedBy: string;
    readonly competences: string;
    readonly level: (level: string, steps: string) => string;
    readonly scale: string;
    readonly reached: string;
    readonly confirmedBy: string;
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
    readonly counts: (counts: Readonly<Record<'pass' | 'fail' | 'unknown', number>>) => string;
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
    /** The badge inside its picture, as two kinds of file. */
    readonly png: string;
    readonly svg: string;
    readonly pdf: string;
    readonly linkedInProfile: string;
    readonly linkedInShare: string;
    readonly number: string;
    /** To the page of a badge of this service that was handed in. */
    readonly ownPage: string;
    readonly again: string;
  };

  readonly front: {
    readonly title: string;
    readonly lead: string;
    readonly box: string;
    readonly boxHint: string;
    readonly file: string;
    readonly fileHint: string;
    readonly submit: string;
    readonly notRead: string;
    readonly privacy: string;
    /** Words of the script that takes what is dropped, pasted or held before the camera. */
    readonly script: FrontScriptTexts;
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
