import { type Issuer, issuerDid, issuerSlug, zIssuer } from '../credential/issuer.js';
import type { Partition } from '../ports/documents.js';
import { DomainError } from '../ports/error.js';
import { asJson } from '../ports/json.js';
import type { KeyEntry } from '../ports/ledger.js';
import type { SigningAlgorithm, SigningKey } from '../ports/signer.js';
import type { IssuingCore } from './context.js';

const ALGORITHMS: readonly SigningAlgorithm[] = ['Ed25519', 'ES256'];
const DOCUMENT_ID = 'issuer';

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

function partitionOf(slug: string): Partition {
  return { issuer: slug, collection: 'issuers', name: 'record' };
}

/**
 * Adds an institution that signs: its record, its DID and two keys of its own (Ed25519 for the badge's proofs, P-256
 * for VC-JWT, decision 14). Keys are made durable first, so a crash half-way leaves keys that the next call takes up.
 * @throws {IssuerExistsError}
 */
export async function addIssuer(context: IssuingCore, issuer: NewIssuer): Promise<Issuer> {
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
  await context.store.documents.transact(partitionOf(slug), (transaction) =>
    transaction.put(DOCUMENT_ID, asJson(record), 0),
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
  const stored = await context.store.documents.get(partitionOf(slug), DOCUMENT_ID);
  return stored === undefined ? undefined : zIssuer.parse(stored.value);
}

/** @throws {IssuerNotFoundError} */
export async function getIssuer(context: IssuingCore, slug: string): Promise<Issuer> {
  const issuer = await findIssuer(context, slug);
  if (issuer === undefined) throw new IssuerNotFoundError(slug);
  return issuer;
}

/** Every issuer, ordered by slug. */
export async function listIssuers(context: IssuingCore): Promise<Issuer[]> {
  const found: Issuer[] = [];
  for (const slug of (await context.store.documents.issuers()).sort()) {
    const issuer = await findIssuer(context, slug);
    if (issuer !== undefined) found.push(issuer);
  }
  return found;
}

export async function defaultIssuer(context: IssuingCore): Promise<Issuer | undefined> {
  return (await listIssuers(context)).find((issuer) => issuer.isDefault);
}

/** Changes what may change of an issuer (name, unit, URL, contact, looks); slug, DID and base URL never do. */
export async function updateIssuer(
  context: IssuingCore,
  slug: string,
  change: Partial<Omit<Issuer, 'slug' | 'did' | 'baseUrl' | 'isDefault'>>,
): Promise<Issuer> {
  return context.store.documents.transact(partitionOf(slug), async (transaction) => {
    const stored = await transaction.get(DOCUMENT_ID);
    if (stored === undefined) throw new IssuerNotFoundError(slug);
    const changed = zIssuer.parse({ ...zIssuer.parse(stored.value), ...change });
    await transaction.put(DOCUMENT_ID, asJson(changed), stored.version);
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
