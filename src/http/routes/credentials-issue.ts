import type { Context } from 'hono';
import { Hono } from 'hono';
import { type ApiOptions, readApiOptions } from '../../issuing/api-options.js';
import { CredentialInvalidError } from '../../issuing/reserve-credentials.js';
import { isJsonObject, type JsonObject } from '../../ports/json.js';
import { authenticated, requireScope } from '../authorise.js';
import type { AppDeps } from '../deps.js';
import type { HttpEnv } from '../env.js';
import { HttpError } from '../http-error.js';
import { jsonBodyLimit, readJsonBody } from '../json-body.js';
import { mistakesOf, requestMistake, unreadableBody } from '../vc-api-mistakes.js';

/** A quoted text (RFC 9651) or the bare one most clients send. */
const IDEMPOTENCY_KEY = /^(?:"([\x20-\x21\x23-\x5b\x5d-\x7e]{1,255})"|([\x21\x23-\x5b\x5d-\x7e]{1,255}))$/;

/**
 * `POST /credentials/issue` of the VC-API, for a token with scope `issue`: 201 and the signed credential itself. With an
 * `Idempotency-Key`, the same request has the same answer however often it is sent.
 * @see https://w3c-ccg.github.io/vc-api/#issue-credential
 */
export function credentialsIssueRoutes({ vcApi, tokens }: Pick<AppDeps, 'vcApi' | 'tokens'>): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.post('/credentials/issue', authenticated(tokens), requireScope('issue'), jsonBodyLimit(), async (c) => {
    const idempotencyKey = readIdempotencyKey(c.req.header('Idempotency-Key'));
    const { credential, options } = await readRequest(c);
    const { document, url } = await vcApi
      .issue({
        caller: c.get('caller'),
        credential,
        options,
        ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
      })
      .catch(asProblem);
    return c.json(document, 201, { Location: url, 'Cache-Control': 'no-store' });
  });
  return app;
}

function readIdempotencyKey(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const [, quoted, bare] = IDEMPOTENCY_KEY.exec(header) ?? [];
  const key = quoted ?? bare;
  if (key === undefined) throw new HttpError('idempotency-key-malformed');
  return key;
}

async function readRequest(
  c: Context<HttpEnv>,
): Promise<{ readonly credential: JsonObject; readonly options: ApiOptions }> {
  const body = await readJsonBody(c);
  if (body.kind === 'problem') throw unreadableBody(body);
  const { credential, options = {}, ...others } = body.document;
  const errors = Object.keys(others).map((member) => requestMistake('unknown-member', [member]));
  if (!isJsonObject(credential)) errors.push(requestMistake('malformed-request', ['credential']));
  if (!isJsonObject(options)) errors.push(requestMistake('malformed-request', ['options']));
  if (errors.length > 0 || !isJsonObject(credential) || !isJsonObject(options)) {
    throw new HttpError('request-invalid', { errors });
  }
  const reading = readApiOptions(options);
  if (!reading.ok) throw new HttpError('request-invalid', { errors: mistakesOf(reading.problems) });
  return { credential, options: reading.options };
}

/** What is wrong with the credential, each mistake with its place in the request. */
function asProblem(error: unknown): never {
  if (!(error instanceof CredentialInvalidError)) throw error;
  throw new HttpError('credential-invalid', { errors: mistakesOf(error.problems) });
}
