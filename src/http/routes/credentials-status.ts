import type { Context } from 'hono';
import { Hono } from 'hono';
import { z } from 'zod';
import { authenticated, requireScope } from '../authorise.js';
import type { AppDeps } from '../deps.js';
import type { HttpEnv } from '../env.js';
import { HttpError } from '../http-error.js';
import { jsonBodyLimit, readJsonBody } from '../json-body.js';
import { requestMistake, unreadableBody } from '../vc-api-mistakes.js';

const MAX_TEXT = 2_048;
const zText = z.string().min(1).max(MAX_TEXT);
const zEntry = z.strictObject({
  id: zText.optional(),
  type: z.literal('BitstringStatusListEntry'),
  statusPurpose: z.enum(['revocation', 'suspension']),
  statusListIndex: zText.optional(),
  statusListCredential: zText.optional(),
});
const zRequest = z.strictObject({ credentialId: zText, credentialStatus: zEntry, status: z.boolean() });
type StatusRequest = z.infer<typeof zRequest>;

/**
 * `POST /credentials/status` of the VC-API, for a token with scope `revoke`: sets a revocation, for good, or sets and
 * takes back a suspension. 200 with what the credential's state is now; 404 for a credential of anybody else.
 * @see https://w3c-ccg.github.io/vc-api/#update-status
 */
export function credentialsStatusRoutes({ vcApi, tokens }: Pick<AppDeps, 'vcApi' | 'tokens'>): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.post('/credentials/status', authenticated(tokens), requireScope('revoke'), jsonBodyLimit(), async (c) => {
    const { credentialId, credentialStatus, status } = await readRequest(c);
    const { statusPurpose, statusListCredential, statusListIndex } = credentialStatus;
    const { entry, isPublished } = await vcApi.changeStatus({
      caller: c.get('caller'),
      credentialId,
      statusPurpose,
      status,
      ...(statusListCredential === undefined ? {} : { statusListCredential }),
      ...(statusListIndex === undefined ? {} : { statusListIndex }),
    });
    // A suspension of a badge whose entry is for revocation shows here, and to nobody who asks elsewhere.
    const body = { credentialId, statusPurpose, status, state: entry.state, published: isPublished };
    return c.json(body, 200, { 'Cache-Control': 'no-store' });
  });
  return app;
}

async function readRequest(c: Context<HttpEnv>): Promise<StatusRequest> {
  const body = await readJsonBody(c);
  if (body.kind === 'problem') throw unreadableBody(body);
  const request = zRequest.safeParse(body.document);
  if (request.success) return request.data;
  const errors = request.error.issues.flatMap((issue) => {
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys : [];
    if (unknown.length > 0) return unknown.map((key) => requestMistake('unknown-member', [...issue.path, key]));
    return [requestMistake('malformed-request', issue.path)];
  });
  throw new HttpError('request-invalid', { errors });
}
