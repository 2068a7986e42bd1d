import { z } from 'zod';
import { type RowPlace, readRow, writeNewRow, writeRow } from '../issuing/holder-rows.js';
import { listIssuers } from '../issuing/issuers.js';
import type { Instant } from '../text/instant.js';
import type { SharingContext } from './context.js';
import { digestOfSecret, drawSecret, isSecret } from './secret.js';

const MILLISECONDS_PER_DAY = 86_400_000;
/** Students read their mail late. */
const LINK_DAYS = 30;

const zClaimLink = z.strictObject({
  student: z.string(),
  /** The badge it was sent for. */
  credential: z.string(),
  /**
   * What is granted once. A letter tried several times carries another token each time, since the one tried before may
   * have arrived; all of them are one grant.
   */
  grant: z.string(),
  expiresAt: z.number(),
});
type ClaimLinkRow = z.infer<typeof zClaimLink>;

const zUsed = z.strictObject({ student: z.string(), how: z.enum(['opened', 'replaced']), at: z.number() });

/** A claim link as found by its token. */
export interface ClaimLink extends ClaimLinkRow {
  /** Slug. */
  readonly issuer: string;
  readonly state: 'open' | 'opened' | 'replaced' | 'expired';
}

/** Draws a link to a student's badges. @param link.grant see the stored row. @returns its address, and until when it works. */
export async function drawClaimLink(
  context: SharingContext,
  link: { readonly issuer: string; readonly student: string; readonly credential: string; readonly grant: string },
): Promise<{ readonly path: string; readonly expiresAt: Instant }> {
  const token = drawSecret(context);
  const digest = digestOfSecret(context, token);
  const { issuer, ...row } = link;
  const expiresAt = context.clock.now() + LINK_DAYS * MILLISECONDS_PER_DAY;
  await writeRow(context, linkPlace(issuer, digest), { ...row, expiresAt });
  return { path: `/claim/${token}`, expiresAt };
}

/** The link of a token; undefined for one that never was, or is forgotten. Looking has no effect (L3). */
export async function findClaimLink(context: SharingContext, token: string): Promise<ClaimLink | undefined> {
  if (!isSecret(token)) return undefined;
  const digest = digestOfSecret(context, token);
  for (const { slug: issuer } of await listIssuers(context)) {
    const row = await readRow(context, linkPlace(issuer, digest), zClaimLink);
    if (row === undefined) continue;
    const used = await readRow(context, usedPlace(issuer, row.grant), zUsed);
    const state = used?.how ?? (row.expiresAt <= context.clock.now() ? 'expired' : 'open');
    return { ...row, issuer, state };
  }
  return undefined;
}

/** Uses a link's grant up. @returns true for exactly one of all who ask, in whatever process (L2). */
export function useGrant(
  context: SharingContext,
  { issuer, student, grant }: Pick<ClaimLink, 'issuer' | 'student' | 'grant'>,
  how: 'opened' | 'replaced',
): Promise<boolean> {
  return writeNewRow(context, usedPlace(issuer, grant), { student, how, at: context.clock.now() });
}

/** Forgets links and uses of them that ended before an instant. @returns how many. */
export async function sweepClaimLinks(context: SharingContext, issuer: string, before: Instant): Promise<number> {
  const { log } = context.store;
  const links = await log.list(issuer, 'claim-links');
  const ended = links.filter(({ value }) => zClaimLink.parse(value).expiresAt < before);
  const kept = new Set(links.filter((link) => !ended.includes(link)).map(({ value }) => zClaimLink.parse(value).grant));
  const uses = await log.list(issuer, 'claims-used');
  const idle = uses.filter(({ key, value }) => !kept.has(key) && zUsed.parse(value).at < before);
  if (ended.length + idle.length > 0) await log.delete([...ended, ...idle]);
  return ended.length + idle.length;
}

function linkPlace(issuer: string, digest: string): RowPlace {
  return { issuer, topic: 'claim-links', key: digest };
}

function usedPlace(issuer: string, grant: string): RowPlace {
  return { issuer, topic: 'claims-used', key: grant };
}
