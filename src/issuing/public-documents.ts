import { composeAchievementAt } from '../credential/achievement.js';
import { composeIssuerProfile, type Issuer } from '../credential/issuer.js';
import { achievementUrl } from '../credential/urls.js';
import type { JsonObject } from '../ports/json.js';
import { LANGUAGES, type Language, type Localized } from '../text/localized.js';
import type { IssuingCore } from './context.js';
import { findIssuer } from './issuers.js';
import { listProgrammes } from './programmes.js';

/** An issuer's public documents. */
export interface IssuerDocuments {
  readonly issuer: Issuer;
  readonly profile: JsonObject;
  /** Public keys it signs or signed with, as multibase; compromised ones are told of in the DID document only. */
  readonly keys: readonly string[];
  /** What it awards. */
  readonly achievements: readonly { readonly name: Localized; readonly version: string; readonly path: string }[];
  /** Absent for did:key, which resolves by itself. */
  readonly didDocument?: JsonObject;
}

/** The public documents of an issuer; undefined when there is none of that slug. */
export async function issuerDocuments(context: IssuingCore, slug: string): Promise<IssuerDocuments | undefined> {
  const issuer = await findIssuer(context, slug);
  if (issuer === undefined) return undefined;
  const profile: JsonObject = { ...composeIssuerProfile(issuer) };
  const keys = await context.store.ledger.keys(slug);
  const documents = {
    issuer,
    profile,
    keys: keys.filter(({ state }) => state !== 'compromised').map((key) => key.publicKeyMultibase),
    achievements: await achievementLinks(context, slug),
  };
  if (!issuer.did.startsWith('did:web:')) return documents;
  return { ...documents, didDocument: context.didDocument(issuer.did, keys) };
}

async function achievementLinks(context: IssuingCore, issuer: string): Promise<IssuerDocuments['achievements']> {
  const installed = (await listProgrammes(context)).filter((candidate) => candidate.issuer === issuer);
  return installed.flatMap(({ programme: { id, version, name, variants } }) => [
    { name, version, path: achievementUrl('', { programme: id, version }) },
    ...(variants ?? []).map((variant) => ({
      name: variant.name,
      version,
      path: achievementUrl('', { programme: id, version, variant: variant.id }),
    })),
  ]);
}

/** An achievement as signed into badges, in each language, and who awards it. */
export interface AchievementDocuments {
  readonly issuer: Issuer;
  readonly achievement: Readonly<Record<Language, JsonObject>>;
}

/** The achievement of a programme version, of one of its variants, or of one of its pathways. */
export async function achievementDocuments(
  context: IssuingCore,
  place: { readonly programme: string; readonly version: string; readonly variant?: string },
): Promise<AchievementDocuments | undefined> {
  const installed = (await listProgrammes(context)).find(
    ({ programme }) => programme.id === place.programme && programme.version === place.version,
  );
  const issuer = installed === undefined ? undefined : await findIssuer(context, installed.issuer);
  if (installed === undefined || issuer === undefined) return undefined;
  const { programme } = installed;
  const { variant } = place;
  const isPathway = programme.pathways?.some((pathway) => pathway.id === variant) === true;
  const isVariant = programme.variants?.some((candidate) => candidate.id === variant) === true;
  if (variant !== undefined && !isPathway && !isVariant) return undefined;
  const compose = (language: Language): JsonObject => ({
    ...composeAchievementAt({ programme, issuer, language }, variant),
  });
  return {
    issuer,
    achievement: Object.fromEntries(LANGUAGES.map((language) => [language, compose(language)])) as Record<
      Language,
      JsonObject
    >,
  };
}
