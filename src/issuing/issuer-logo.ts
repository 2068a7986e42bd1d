import type { Issuer } from '../credential/issuer.js';
import type { LogoMediaType } from '../media/logo.js';
import type { Partition } from '../ports/documents.js';
import { asJson, fromJson } from '../ports/json.js';
import type { IssuingCore } from './context.js';
import { getIssuer, updateIssuer } from './issuers.js';

/** A logo as it is served. */
export interface Logo {
  readonly mediaType: LogoMediaType;
  readonly bytes: Uint8Array;
}

interface StoredLogo {
  readonly mediaType: LogoMediaType;
  readonly base64: string;
}

/** Where logos lie: beside the record, named by their digest, since every badge page reads the record. */
function logoPartition(slug: string): Partition {
  return { issuer: slug, collection: 'issuers', name: 'logos' };
}

/**
 * Gives an issuer its logo. The bytes are stored first, so that no record ever names a logo that is not there.
 * @throws {IssuerNotFoundError}
 */
export async function setIssuerLogo(context: IssuingCore, slug: string, { mediaType, bytes }: Logo): Promise<Issuer> {
  await getIssuer(context, slug);
  const digest = context.hashBytes(bytes);
  const stored: StoredLogo = { mediaType, base64: Buffer.from(bytes).toString('base64') };
  await context.store.documents.transact(logoPartition(slug), (transaction) => transaction.put(digest, asJson(stored)));
  const issuer = await updateIssuer(context, slug, { logo: digest });
  await forgetOthers(context, slug, digest);
  return issuer;
}

/** Takes the logo away. @throws {IssuerNotFoundError} */
export async function removeIssuerLogo(context: IssuingCore, slug: string): Promise<Issuer> {
  const issuer = await updateIssuer(context, slug, { logo: null });
  await forgetOthers(context, slug, undefined);
  return issuer;
}

/** The issuer's logo; undefined for an issuer that has none, or that does not exist. */
export async function findIssuerLogo(context: IssuingCore, slug: string): Promise<Logo | undefined> {
  const digest = (await context.registry.issuers()).find((issuer) => issuer.slug === slug)?.logo;
  if (digest === undefined) return undefined;
  const stored = await context.store.documents.get(logoPartition(slug), digest);
  if (stored === undefined) return undefined;
  const { mediaType, base64 } = fromJson<StoredLogo>(stored.value);
  return { mediaType, bytes: Uint8Array.from(Buffer.from(base64, 'base64')) };
}

async function forgetOthers(context: IssuingCore, slug: string, kept: string | undefined): Promise<void> {
  const { documents } = context.store;
  const others = (await documents.list(logoPartition(slug))).filter(({ id }) => id !== kept);
  if (others.length === 0) return;
  await documents.transact(logoPartition(slug), async (transaction) => {
    for (const { id } of others) await transaction.delete(id);
  });
}
