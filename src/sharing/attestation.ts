import type { JsonObject } from '../ports/json.js';
import { ATTESTATION_TEXT, type AttestationText } from '../text/attestation-text.js';
import { formatInstant, type Instant } from '../text/instant.js';
import type { Language } from '../text/localized.js';
import { countryName, formatDay, formatMoment, formatNumber } from '../text/pages-format.js';
import type { ShownActivity, ShownCredential, ShownLevel } from '../verification/report.js';
import type { AttestationKind } from './attestation-kind.js';

/** A name and what it is, as one row. */
export interface AttestationFact {
  readonly name: string;
  readonly value: string;
}

/** A competence with the level reached, to be drawn and read. */
export interface AttestationLevel {
  readonly competence: string;
  readonly level: string;
  /** Steps reached, of so many; undefined where the badge does not number its levels. */
  readonly steps: { readonly reached: number; readonly all: number; readonly named: string } | undefined;
  readonly confirmedBy: string | undefined;
  readonly meaning: string | undefined;
}

/** Everything an attestation says, in the badge's language; nothing else is ever printed on it. */
export interface Attestation {
  readonly language: Language;
  readonly title: string;
  readonly documentTitle: string;
  /** The institution that signs, then the office and the country. */
  readonly institution: { readonly name: string; readonly details: string };
  readonly certifies: string;
  /** The holder's names, or the phrase in their place. */
  readonly holder: { readonly names: readonly string[]; readonly isNamed: boolean };
  readonly awarded: string;
  readonly achievement: string;
  /** The activity's own title. */
  readonly activity: string | undefined;
  readonly facts: readonly AttestationFact[];
  readonly narrative: readonly string[];
  readonly levels: readonly AttestationLevel[];
  /** What had to be done: of the achievement, and of this kind of document. */
  readonly criteria: readonly string[];
  readonly evidence: readonly string[];
  readonly signature: readonly string[];
  /** The sentence before the page's address, and what else can be done. */
  readonly checking: { readonly scan: string; readonly drop: string };
  readonly status: string;
  readonly text: AttestationText;
  readonly pageUrl: string;
}

export interface AttestationInput {
  /** Read from the signed bytes by the verification. */
  readonly credential: ShownCredential;
  /** The same badge, for what the report does not show. */
  readonly document: JsonObject;
  readonly kind: AttestationKind | undefined;
  readonly language: Language;
  /** Who settled the award. */
  readonly source: 'jury' | 'api';
  readonly pageUrl: string;
  /** Where a badge can be dropped to be checked. */
  readonly frontUrl: string;
  readonly made: Instant;
}

/**
 * Puts a badge into the words of a page. Pure: the same input gives the same words, and all of them come from the signed
 * badge, from its programme's public definition (the kind) or from the house (addresses, the moment).
 */
export function composeAttestation(input: AttestationInput): Attestation {
  const { credential, language, kind, pageUrl, frontUrl, made } = input;
  const text = ATTESTATION_TEXT[language];
  const names = holderNames(input);
  const title = kind?.title ?? text.title;
  const achievement = credential.name ?? credential.achievement.name;
  const { issuer, unit } = credential;
  const activity = credential.activity ?? NOTHING_TOLD;
  return {
    language,
    title,
    documentTitle: text.document(title, achievement, names[0] ?? null),
    institution: {
      name: issuer.name ?? issuer.id,
      details: [unit?.name, issuer.country === null ? undefined : countryName(issuer.country, language)]
        .filter((part) => part !== undefined && part !== issuer.name)
        .join(' · '),
    },
    certifies: text.certifies,
    holder: {
      names: names.length > 0 ? names : [credential.holder.nameHashed ? text.nameHashed : text.nameAbsent],
      isNamed: names.length > 0,
    },
    awarded: text.awarded,
    achievement,
    // A course's own name says no more than the achievement's does.
    activity: activity.title === null || achievement.includes(activity.title) ? undefined : text.quoted(activity.title),
    facts: factsOf(input, text),
    narrative: paragraphsOf(activity.rest),
    levels: credential.levels.map((level) => levelOf(level, text, language)),
    criteria: [
      ...paragraphsOf(credential.achievement.criteria),
      ...(kind === undefined || kind.conditions.length === 0 ? [] : [text.demanded(kind.conditions)]),
    ],
    evidence: credential.evidence.flatMap(({ name, url, genre }) => {
      const called = name ?? genre ?? url;
      return called === null ? [] : [url === null || url === called ? called : `${called} (${url})`];
    }),
    signature: [
      text.validFrom(formatDay(credential.validFrom, language)),
      ...(issuer.url === null ? [] : [issuer.url]),
      issuer.id,
    ],
    checking: { scan: text.scan, drop: text.drop(frontUrl) },
    status: text.status(formatMoment(formatInstant(made), language)),
    text,
    pageUrl,
  };
}

const NOTHING_TOLD: ShownActivity = {
  title: null,
  host: null,
  contractor: null,
  recognisedAs: [],
  supervisedBy: [],
  decidedBy: null,
  rest: null,
};

/** The name, then the name in its own script, as signed: plain identities only. */
function holderNames({ credential, document }: AttestationInput): string[] {
  const { name } = credential.holder;
  const native = plainIdentity(document, 'ext:nativeName');
  return [name, native === name ? null : native].filter((found) => found !== null);
}

function plainIdentity(document: JsonObject, identityType: string): string | null {
  const subject = document['credentialSubject'];
  const identities = isRecord(subject) && Array.isArray(subject['identifier']) ? subject['identifier'] : [];
  for (const identity of identities) {
    if (!isRecord(identity) || identity['identityType'] !== identityType || identity['hashed'] !== false) continue;
    if (typeof identity['identityHash'] === 'string') return identity['identityHash'];
  }
  return null;
}

function isRecord(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function factsOf({ credential, kind, language, source }: AttestationInput, text: AttestationText): AttestationFact[] {
  const { achievement } = credential;
  const activity = credential.activity ?? NOTHING_TOLD;
  const day = (written: string) => formatDay(written, language);
  const settled = credential.awardedDate === null ? null : day(credential.awardedDate);
  const jury = activity.decidedBy;
  const rows: readonly (readonly [string, string | null])[] = [
    [text.host, activity.host],
    [text.contractor, activity.contractor],
    [text.role, credential.role],
    [text.period, periodOf(credential, text, day)],
    [text.term, credential.term],
    ...credential.results.map(
      (result) =>
        [result.name, withRoles(result.quantity ?? result.value, text.certifiedBy, result.certifiedBy)] as const,
    ),
    [text.credits, credential.credits === null ? null : text.ects(formatNumber(credential.credits, language))],
    [text.recognisedAs, text.list(activity.recognisedAs.filter((option) => option !== kind?.title))],
    [text.supervisedBy, text.list(activity.supervisedBy)],
    source === 'jury'
      ? [text.decision, settled === null ? jury : jury === null ? settled : text.decided(jury, settled)]
      : [text.awardedOn, settled],
    [text.validUntil, credential.validUntil === null ? null : day(credential.validUntil)],
    ...(credential.name === null || credential.name === achievement.name
      ? []
      : [[text.awarded, achievement.name] as const]),
  ];
  return rows.flatMap(([name, value]) => (value === null || value.trim() === '' ? [] : [{ name, value }]));
}

function periodOf(credential: ShownCredential, text: AttestationText, day: (written: string) => string): string | null {
  const [start, end] = [credential.activityStartDate, credential.activityEndDate];
  if (start !== null && end !== null) return text.range(day(start), day(end));
  if (start !== null) return text.from(day(start));
  return end === null ? null : text.until(day(end));
}

function withRoles(value: string, phrase: (roles: readonly string[]) => string, roles: readonly string[]): string {
  return roles.length === 0 ? value : `${value} (${phrase(roles)})`;
}

function levelOf(level: ShownLevel, text: AttestationText, language: Language): AttestationLevel {
  const numbered = (level.levelNumber ?? 0) - 1;
  const reached = level.scale[numbered] === level.level ? numbered : level.scale.indexOf(level.level);
  const count = (value: number) => formatNumber(value, language);
  return {
    competence: level.competence,
    level: level.level,
    steps:
      reached < 0
        ? undefined
        : {
            reached: reached + 1,
            all: level.scale.length,
            named: text.level(count(reached + 1), count(level.scale.length)),
          },
    confirmedBy: level.confirmedBy.length === 0 ? undefined : text.confirmedBy(level.confirmedBy),
    meaning: level.description ?? undefined,
  };
}

/** A Markdown text as it was typed, in paragraphs; escaped brackets lose the backslash that is there for readers of Markdown. */
function paragraphsOf(text: string | null): string[] {
  return (text ?? '')
    .replace(/\\([\]<])/g, '$1')
    .split(/\n[ \t]*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '');
}
