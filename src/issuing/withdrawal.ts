import { z } from 'zod';
import type { IssuingCore } from './context.js';
import { deleteRow, type RowPlace, readRow, writeRow } from './holder-rows.js';

const zWithdrawal = z.strictObject({ student: z.string(), at: z.number() });

function placeOf(issuer: string, credential: string): RowPlace {
  return { issuer, topic: 'withdrawn', key: credential };
}

/**
 * Did the holder withdraw the badge from sharing? Its page, document and pictures then answer as for an unknown id;
 * copies in other hands verify as before, and the status list lives on.
 */
export async function isWithdrawn(context: IssuingCore, issuer: string, credential: string): Promise<boolean> {
  return (await readRow(context, placeOf(issuer, credential), zWithdrawal)) !== undefined;
}

/** Withdraws a badge from sharing, or shares it again. Durable when it resolves. */
export async function setWithdrawn(
  context: IssuingCore,
  badge: { readonly issuer: string; readonly credential: string; readonly student: string },
  withdrawn: boolean,
): Promise<void> {
  const place = placeOf(badge.issuer, badge.credential);
  if (withdrawn) await writeRow(context, place, { student: badge.student, at: context.clock.now() });
  else await deleteRow(context, place);
}
