import { z } from 'zod';
import { deleteRow, listRows, type RowPlace, readRow, writeNewRow } from '../issuing/holder-rows.js';
import { listIssuers } from '../issuing/issuers.js';
import type { Instant } from '../text/instant.js';
import { forgetIfErased, type Holder, type SharingContext } from './context.js';

const zRequest = z.strictObject({ student: z.string(), askedAt: z.number() });

/**
 * Records that a holder asks to be erased. The institution carries it out (`sceau erase`): it may have to keep an award
 * on legal ground, there is no way back, and a mailbox in the wrong hands must not be able to do it. Asked again, the
 * first request stands.
 */
export async function askForErasure(context: SharingContext, holder: Holder): Promise<void> {
  const row = { student: holder.student, askedAt: context.clock.now() };
  await writeNewRow(context, placeOf(holder), row);
  await forgetIfErased(context, holder);
  context.logger.warn('erasure-asked-for', { issuer: holder.issuer });
}

/** Takes a request back. */
export function takeBackErasure(context: SharingContext, holder: Holder): Promise<void> {
  return deleteRow(context, placeOf(holder));
}

/** When a holder asked to be erased; undefined when they did not. */
export async function erasureAskedAt(context: SharingContext, holder: Holder): Promise<Instant | undefined> {
  return (await readRow(context, placeOf(holder), zRequest))?.askedAt;
}

/** Every request that waits for its institution, oldest first. */
export async function listErasureRequests(
  context: SharingContext,
): Promise<(Holder & { readonly askedAt: Instant })[]> {
  const found: (Holder & { readonly askedAt: Instant })[] = [];
  for (const { slug: issuer } of await listIssuers(context)) {
    const rows = await listRows(context, { issuer, topic: 'erasure-requests' }, zRequest);
    found.push(...rows.map(({ row }) => ({ issuer, ...row })));
  }
  return found.sort((a, b) => a.askedAt - b.askedAt);
}

function placeOf({ issuer, student }: Holder): RowPlace {
  return { issuer, topic: 'erasure-requests', key: student };
}
