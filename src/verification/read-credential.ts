import type { JsonObject } from '../ports/json.js';
import { claimsOpenBadge } from './acceptance.js';
import { periodMembersOf } from './data-model.js';
import type { EvidenceDigests } from './evidence-digests.js';
import { listOf, nodesOf, numberOf, objectOf, objectsOf, textOf, textsOf } from './members.js';
import { readNarrative } from './read-narrative.js';
import type { ShownCredential, ShownEvidence, ShownLevel, ShownLink, ShownStatus } from './report.js';
import { type DescribedResult, describedResults } from './result-descriptions.js';
import { type WholeNode, wholeNodes } from './whole-nodes.js';

/**
 * What the badge says, in the words of the page.
 *
 * Reading by member name is sound here, and only here, because of what was checked before: every context is pinned, or
 * written into a credential that is no badge and then for words of its own alone, so a name means one IRI; no member stands under another spelling of that IRI; and the proof holds, so
 * every member that has a meaning was signed. What is left open by the signature carries none: the order of a set is
 * never used (levels are ordered by their own number), what a set repeats is shown once, what is said of one thing in two
 * places is put together, and empty members were taken out.
 * @param credential without empty members, its proof and key checked.
 */
export function readCredential(
  credential: JsonObject,
  { status, digests }: { readonly status: ShownStatus; readonly digests: EvidenceDigests },
): ShownCredential {
  const whole = wholeNodes(credential);
  const subject = whole(objectOf(credential['credentialSubject']));
  const achievement = whole(objectOf(subject['achievement']));
  const period = periodMembersOf(credential);
  const described = describedResults(credential);
  const shownResults = described.fit ? described.results : [];
  const levels = shownResults.flatMap(readLevel);
  const results = shownResults.flatMap(readResult);
  const dates = {
    activityStartDate: textOf(subject['activityStartDate']),
    activityEndDate: textOf(subject['activityEndDate']),
    awardedDate: textOf(credential['awardedDate']),
  };
  const narrative = textOf(subject['narrative']);
  const language = textOf(achievement['inLanguage']);
  const told = readNarrative({ narrative, language, ...dates, levels, results: results.map(({ name }) => name) });
  return {
    id: textOf(credential['id']) ?? '',
    name: textOf(credential['name']),
    description: textOf(credential['description']),
    language,
    issuer: readIssuer(credential, whole),
    unit: readUnit(whole(objectOf(subject['source'])), whole),
    holder: readHolder(subject),
    achievement: claimsOpenBadge(credential) ? readAchievement(achievement, whole) : nameOnly(credential),
    levels: levels.map((level) => ({ ...level, confirmedBy: told.confirmedBy(level) })),
    results: results.map((result) => {
      const quantity = told.quantity(result.name);
      return { ...result, quantity: quantity?.text ?? null, certifiedBy: quantity?.certifiedBy ?? [] };
    }),
    evidence: nodesOf(credential['evidence']).map((item) => readEvidence(whole(item), digests)),
    credits: numberOf(subject['creditsEarned']),
    narrative,
    activity: told.activity,
    role: textOf(subject['role']),
    term: textOf(subject['term']),
    ...dates,
    validFrom: textOf(credential[period.from]) ?? '',
    validUntil: textOf(credential[period.until]),
    status,
  };
}

function readIssuer(credential: JsonObject, whole: WholeNode): ShownCredential['issuer'] {
  const named = credential['issuer'];
  const issuer = whole(typeof named === 'string' ? { id: named } : objectOf(named));
  const address = whole(objectOf(issuer['address']));
  return {
    id: textOf(issuer['id']) ?? '',
    name: textOf(issuer['name']),
    url: textOf(issuer['url']),
    parent: textOf(whole(objectOf(issuer['parentOrg']))['name']),
    country: textOf(address['addressCountryCode']) ?? textOf(address['addressCountry']),
  };
}

function readUnit(source: JsonObject, whole: WholeNode): ShownCredential['unit'] {
  const name = textOf(source['name']);
  return name === null ? null : { name, parent: textOf(whole(objectOf(source['parentOrg']))['name']) };
}

function readHolder(subject: JsonObject): ShownCredential['holder'] {
  const identities = objectsOf(subject['identifier']);
  const names = identities.filter(({ identityType }) => identityType === 'name');
  const plainName = names.find(({ hashed }) => hashed === false);
  return {
    id: textOf(subject['id']),
    name: textOf(plainName?.['identityHash']),
    nameHashed: names.some(({ hashed }) => hashed === true),
    emailHashed: identities.some(({ identityType, hashed }) => identityType === 'emailAddress' && hashed === true),
  };
}

/** A credential that is no badge describes no achievement: what it calls itself stands in its place. */
function nameOnly(credential: JsonObject): ShownCredential['achievement'] {
  const name = textOf(credential['name']) ?? textsOf(credential['type']).at(-1) ?? '';
  return { ...readAchievement({}, (object) => object), name, description: textOf(credential['description']) ?? '' };
}

function readAchievement(achievement: JsonObject, whole: WholeNode): ShownCredential['achievement'] {
  const criteria = whole(objectOf(achievement['criteria']));
  return {
    id: textOf(achievement['id']) ?? '',
    name: textOf(achievement['name']) ?? '',
    description: textOf(achievement['description']) ?? '',
    criteria: textOf(criteria['narrative']),
    criteriaUrl: textOf(criteria['id']),
    type: textOf(achievement['achievementType']),
    creditsAvailable: numberOf(achievement['creditsAvailable']),
    alignments: readAlignments(achievement),
    tags: [...new Set(textsOf(achievement['tag']))],
  };
}

function readAlignments(owner: JsonObject): ShownLink[] {
  return objectsOf(owner['alignment']).map((alignment) => ({
    name: textOf(alignment['targetName']) ?? '',
    url: textOf(alignment['targetUrl']) ?? '',
    framework: textOf(alignment['targetFramework']),
    code: textOf(alignment['targetCode']),
  }));
}

function readLevel({ result, description, levels }: DescribedResult): Omit<ShownLevel, 'confirmedBy'>[] {
  const achieved = levels.find(({ id }) => id === result['achievedLevel']);
  if (description === undefined || achieved === undefined) return [];
  return [
    {
      competence: textOf(description['name']) ?? '',
      level: textOf(achieved['name']) ?? '',
      levelNumber: levelNumber(achieved),
      description: textOf(achieved['description']),
      scale: scaleOf(levels),
      alignments: readAlignments(description),
    },
  ];
}

/** Names of the levels, lowest first; empty where they bear no numbers: their order in the document is not signed. */
function scaleOf(levels: readonly JsonObject[]): string[] {
  const numbered = levels.flatMap((level) => {
    const number = levelNumber(level);
    return number === null ? [] : [{ number, name: textOf(level['name']) ?? '' }];
  });
  if (numbered.length < levels.length) return [];
  return numbered.toSorted((one, other) => one.number - other.number).map(({ name }) => name);
}

/** `level` where it is written as a whole number. */
function levelNumber({ level }: JsonObject): number | null {
  return typeof level === 'string' && /^\d{1,6}$/.test(level) ? Number(level) : null;
}

type SignedResult = Omit<ShownCredential['results'][number], 'quantity' | 'certifiedBy'>;

function readResult({ result, description }: DescribedResult): SignedResult[] {
  const value = textOf(result['value']);
  if (value === null || description === undefined) return [];
  return [
    {
      name: textOf(description['name']) ?? '',
      value,
      min: textOf(description['valueMin']),
      max: textOf(description['valueMax']),
    },
  ];
}

function readEvidence(item: JsonObject, digests: EvidenceDigests): ShownEvidence {
  const url = textOf(item['id']);
  return {
    url,
    name: textOf(item['name']),
    description: textOf(item['description']) ?? textOf(item['narrative']),
    genre: textOf(listOf(item['genre'])[0]),
    digest: (url === null ? undefined : digests.get(url)) ?? null,
  };
}
