import { z } from 'zod';
import { deleteRow, type RowPlace, readRow, writeRow } from '../issuing/holder-rows.js';
import { listIssuers } from '../issuing/issuers.js';
import type { Instant } from '../text/instant.js';
import { forgetIfErased, type Holder, type SharingContext } from './context.js';
import { digestOfSecret, drawSecret, isSecret } from './secret.js';

const MILLISECONDS_PER_MINUTE = 60_000;
/** A session ends so long after it began, whatever happens in it. */
const LONGEST_MILLISECONDS = 12 * 60 * MILLISECONDS_PER_MINUTE;
/** And so long after it was last used. */
const IDLE_MILLISECONDS = 60 * MILLISECONDS_PER_MINUTE;
/** A secret is replaced by a new one when it is so old. */
const ROTATION_MILLISECONDS = 15 * MILLISECONDS_PER_MINUTE;
/** The old one works so long beside the new one, for requests already on their way. */
const OVERLAP_MILLISECONDS = MILLISECONDS_PER_MINUTE;
const LAST_USE_STEP_MILLISECONDS = MILLISECONDS_PER_MINUTE;

const zSession = z.strictObject({
  student: z.string(),
  /** Stands in every form of the session: a form somebody else made does not know it. */
  formToken: z.string(),
  startedAt: z.number(),
  secretDrawnAt: z.number(),
  lastUsedAt: z.number(),
  /** Set once a newer secret has taken over. */
  replacedAt: z.number().optional(),
});
type SessionRow = z.infer<typeof zSession>;

/** A session on the holder's pages. */
export interface HolderSession extends Holder {
  readonly formToken: string;
  /** What the reader's cookie must hold from now on, when it changed. */
  readonly newSecret?: string;
}

/** Begins a session. @returns its secret: in the answer's cookie and nowhere else. */
export async function startSession(context: SharingContext, { issuer, student }: Holder): Promise<string> {
  const secret = drawSecret(context);
  const now = context.clock.now();
  await writeRow(context, placeOf(context, issuer, secret), {
    student,
    formToken: drawSecret(context),
    startedAt: now,
    secretDrawnAt: now,
    lastUsedAt: now,
  });
  return secret;
}

/** The session of a secret, its use noted; undefined for one that ended, or never was. */
export async function readSession(context: SharingContext, secret: string): Promise<HolderSession | undefined> {
  if (!isSecret(secret)) return undefined;
  const now = context.clock.now();
  for (const { slug: issuer } of await listIssuers(context)) {
    const place = placeOf(context, issuer, secret);
    const row = await readRow(context, place, zSession);
    if (row === undefined) continue;
    const { student, formToken } = row;
    if (hasEnded(row, now)) {
      await deleteRow(context, place);
      return undefined;
    }
    if (await forgetIfErased(context, { issuer, student })) return undefined;
    const newSecret = await keepUp(context, { place, row, now });
    return { issuer, student, formToken, ...(newSecret === undefined ? {} : { newSecret }) };
  }
  return undefined;
}

/** Notes the use, once a minute at most, and draws a new secret when the present one is old. */
async function keepUp(
  context: SharingContext,
  { place, row, now }: { readonly place: RowPlace; readonly row: SessionRow; readonly now: Instant },
): Promise<string | undefined> {
  if (row.replacedAt === undefined && now - row.secretDrawnAt >= ROTATION_MILLISECONDS) {
    const secret = drawSecret(context);
    await writeRow(context, placeOf(context, place.issuer, secret), { ...row, secretDrawnAt: now, lastUsedAt: now });
    await writeRow(context, place, { ...row, replacedAt: now });
    return secret;
  }
  if (now - row.lastUsedAt >= LAST_USE_STEP_MILLISECONDS) await writeRow(context, place, { ...row, lastUsedAt: now });
  return undefined;
}

/** Ends a session at once, under every secret it has or had. */
export async function endSession(context: SharingContext, { issuer, formToken }: HolderSession): Promise<void> {
  const rows = await context.store.log.list(issuer, 'holder-sessions');
  await context.store.log.delete(rows.filter(({ value }) => zSession.parse(value).formToken === formToken));
}

/** Forgets sessions that ended before now. @returns how many. */
export async function sweepSessions(context: SharingContext, issuer: string, now: Instant): Promise<number> {
  const rows = await context.store.log.list(issuer, 'holder-sessions');
  const ended = rows.filter(({ value }) => hasEnded(zSession.parse(value), now));
  if (ended.length > 0) await context.store.log.delete(ended);
  return ended.length;
}

function hasEnded({ startedAt, lastUsedAt, replacedAt }: SessionRow, now: Instant): boolean {
  return (
    now - startedAt >= LONGEST_MILLISECONDS ||
    now - lastUsedAt >= IDLE_MILLISECONDS ||
    (replacedAt !== undefined && now - replacedAt >= OVERLAP_MILLISECONDS)
  );
}

function placeOf(context: SharingContext, issuer: string, secret: string): RowPlace {
  return { issuer, topic: 'holder-sessions', key: digestOfSecret(context, secret) };
}
