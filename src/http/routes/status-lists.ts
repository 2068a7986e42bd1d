import { Hono } from 'hono';
import type { Keeping } from '../answers/answer-memory.js';
import type { AppDeps } from '../deps.js';
import type { HttpEnv } from '../env.js';
import { HttpError } from '../http-error.js';
import { preferredType } from '../negotiation.js';
import { publicDocument } from '../public-document.js';
import { CREDENTIAL_MEDIA_TYPES } from './credentials.js';

/** A revocation is to be seen everywhere within a minute (threat D13). */
const MAX_AGE_SECONDS = 60;
const LIST_ID = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * Status lists, at their final address and without a redirect, as verifiers ask.
 * @see https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistcredential
 */
export function statusListRoutes(deps: Pick<AppDeps, 'statusLists'>): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();

  app.get('/status/:listId', async (c) => {
    const listId = c.req.param('listId');
    const body = LIST_ID.test(listId) ? await deps.statusLists.get(listId) : undefined;
    if (body === undefined) throw new HttpError('not-found');
    const mediaType = preferredType(c.req.header('Accept'), CREDENTIAL_MEDIA_TYPES) ?? CREDENTIAL_MEDIA_TYPES[0];
    const keeping: Keeping = { about: { kind: 'list', name: listId } };
    return publicDocument(c, { body, mediaType, maxAgeSeconds: MAX_AGE_SECONDS, vary: 'Accept', keeping });
  });

  return app;
}
