import { type Issuer, issuerDid, issuerSlug, zIssuer } from '../credential/issuer.js';
import { DomainError } from '../ports/error.js';
import { asJson } from '../ports/json.js';
import type { KeyEntry } from '../ports/ledger.js';
import type { SigningAlgorithm, SigningKey } from '../ports/signer.js';
import type { IssuingCore } from './context.js';
import { ISSUER_DOCUMENT, issuerPartition } from './registry.js';
import { REGISTRATION } from './turn-keys.js';

const ALGORITHMS: readonly SigningAlgorithm[] = ['Ed25519', 'ES256'];

/** No issuer of this house has that slug. */
export class IssuerNotFoundError extends DomainError {
  override readonly code = 'issuer-not-found';
  readonly slug: string;

  constructor(slug: string) {
    super(`no issuer ${JSON.stringify(slug)} here`);
    this.slug = slug;
  }
}

/** The slug, or the place of the default issuer, is taken. */
export class IssuerExistsError extends DomainError {
  override readonly code = 'issuer-exists';
  readonly slug: string;

  constructor(slug: string, message: string) {
    super(message);
    this.slug = slug;
  }
}

/** The issuer has no usable key, so it cannot sign. */
export class IssuerKeyMissingError extends DomainError {
  override readonly code = 'issuer-key-missing';
  readonly slug: string;

  constructor(slug: string, algorithm: SigningAlgorithm) {
    super(`issuer ${slug} has no active ${algorithm} key`);
    this.slug = slug;
  }
}

export interface NewIssuer {
  readonly name: string;
  readonly unit?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
  readonly url: string;
  readonly email?: string;
  /** True for the one made by `init`: its DID is `did:web:host`. */
  readonly isDefault?: boolean;
}

/**
 * Adds an institution that signs: its record, its DID and two keys of its own (Ed25519 for the badge's proofs, P-256
 * for VC-JWT, decision 14). Keys are made durable first, so a crash half-way leaves keys that the next call takes up.
 * @throws {IssuerExistsError}
 */
export function addIssuer(context: IssuingCore, issuer: NewIssuer): Promise<Issuer> {
  return context.turns.run(REGISTRATION, () => makeIssuer(context, issuer));
}

/** The issuer of an institution, by its name; added when there is none yet. */
export function ensureIssuer(
  context: IssuingCore,
  issuer: NewIssuer,
): Promise<{ readonly issuer: Issuer; readonly added: boolean }> {
  return context.turns.run(REGISTRATION, async () => {
    const present = await findIssuer(context, issuerSlug(issuer.name));
    if (present !== undefined) return { issuer: present, added: false };
    return { issuer: await makeIssuer(context, issuer), added: true };
  });
}

async function makeIssuer(context: IssuingCore, issuer: NewIssuer): Promise<Issuer> {
  const slug = issuerSlug(issuer.name);
  if ((await findIssuer(context, slug)) !== undefined) {
    throw new IssuerExistsError(slug, `an issuer ${slug} exists already`);
  }
  if (issuer.isDefault === true) {
    const taken = await defaultIssuer(context);
    if (taken !== undefined) throw new IssuerExistsError(taken.slug, `${taken.slug} is the default issuer already`);
  }
  const keys = await makeMissingKeys(context, slug);
  const baseUrl = context.settings.publicUrl;
  const ed25519 = keys.find((key) => key.algorithm === 'Ed25519');
  if (ed25519 === undefined) throw new IssuerKeyMissingError(slug, 'Ed25519');
  const did =
    context.settings.didMethod === 'key'
      ? `did:key:${ed25519.publicKeyMultibase}`
      : issuerDid({ slug, baseUrl, isDefault: issuer.isDefault === true });
  const record = zIssuer.parse({
    slug,
    did,
    baseUrl,
    name: issuer.name,
    ...(issuer.unit === undefined ? {} : { unit: issuer.unit }),
    ...(issuer.country === undefined ? {} : { country: issuer.country }),
    url: issuer.url,
    ...(issuer.email === undefined ? {} : { email: issuer.email }),
    isDefault: issuer.isDefault === true,
  });
  await context.store.documents.transact(issuerPartition(slug), (transaction) =>
    transaction.put(ISSUER_DOCUMENT, asJson(record), 0),
  );
  return record;
}

async function makeMissingKeys(context: IssuingCore, slug: string): Promise<KeyEntry[]> {
  const present = await context.store.ledger.keys(slug);
  for (const algorithm of ALGORITHMS) {
    if (present.some((key) => key.algorithm === algorithm && key.state === 'active')) continue;
    await createKey(context, slug, algorithm);
  }
  return context.store.ledger.keys(slug);
}

/** Makes one more key for an issuer: private half in the key store, public half in the ledger, for ever. */
export async function createKey(context: IssuingCore, slug: string, algorithm: SigningAlgorithm): Promise<string> {
  const { publicKeyMultibase } = await context.keyStore.create(slug, algorithm);
  await context.store.ledger.append([
    { actor: 'house', event: { kind: 'key-created', issuer: slug, algorithm, publicKeyMultibase } },
  ]);
  return publicKeyMultibase;
}

export async function findIssuer(context: IssuingCore, slug: string): Promise<Issuer | undefined> {
  return (await context.registry.issuers()).find((issuer) => issuer.slug === slug);
}

/** @throws {IssuerNotFoundError} */
export async function getIssuer(context: IssuingCore, slug: string): Promise<Issuer> {
  const issuer = await findIssuer(context, slug);
  if (issuer === undefined) throw new IssuerNotFoundError(slug);
  return issuer;
}

/** Every issuer, ordered by slug. */
export function listIssuers(context: IssuingCore): Promise<readonly Issuer[]> {
  return context.registry.issuers();
}

export async function defaultIssuer(context: IssuingCore): Promise<Issuer | undefined> {
  return (await listIssuers(context)).find((issuer) => issuer.isDefault);
}

/** What may change of an issuer; null takes a member away. */
export type IssuerChange = {
  readonly [Member in keyof Omit<Issuer, 'slug' | 'did' | 'baseUrl' | 'isDefault'>]?: Issuer[Member] | null;
};

/** Changes what may change of an issuer (name, unit, URL, contact, looks); slug, DID and base URL never do. */
export async function updateIssuer(context: IssuingCore, slug: string, change: IssuerChange): Promise<Issuer> {
  return context.store.documents.transact(issuerPartition(slug), async (transaction) => {
    const stored = await transaction.get(ISSUER_DOCUMENT);
    if (stored === undefined) throw new IssuerNotFoundError(slug);
    const wanted = Object.entries({ ...zIssuer.parse(stored.value), ...change });
    const changed = zIssuer.parse(Object.fromEntries(wanted.filter(([, value]) => value !== null)));
    await transaction.put(ISSUER_DOCUMENT, asJson(changed), stored.version);
    return changed;
  });
}

/**
 * The key an issuer signs with now: the newest active one of the algorithm.
 * @throws {IssuerKeyMissingError}
 */
export async function signingKey(
  context: IssuingCore,
  issuer: Issuer,
  algorithm: SigningAlgorithm = 'Ed25519',
): Promise<SigningKey> {
  const active = (await context.store.ledger.keys(issuer.slug)).filter(
    (key) => key.algorithm === algorithm && key.state === 'active',
  );
  const newest = active.at(-1);
  if (newest === undefined) throw new IssuerKeyMissingError(issuer.slug, algorithm);
  return {
    issuer: issuer.slug,
    algorithm,
    verificationMethod: `${issuer.did}#${newest.publicKeyMultibase}`,
    publicKeyMultibase: newest.publicKeyMultibase,
  };
}
