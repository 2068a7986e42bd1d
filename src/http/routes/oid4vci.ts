import type { Context } from 'hono';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { type WalletErrorCode, WalletRequestError } from '../../sharing/wallet-errors.js';
import type { AppDeps } from '../deps.js';
import type { HttpEnv } from '../env.js';
import { readJsonBody } from '../json-body.js';
import { publicDocument } from '../public-document.js';
import { takeWalletRequest } from '../wallet-limit.js';

const MAX_BODY_BYTES = 64 * 1024;
const METADATA_MAX_AGE_SECONDS = 300;
const NO_STORE = { 'Cache-Control': 'no-store', Pragma: 'no-cache' } as const;
const BEARER = /^Bearer ([A-Za-z0-9._~+/-]+=*)$/i;
const FORM = 'application/x-www-form-urlencoded';

/**
 * OpenID for Verifiable Credential Issuance 1.0 with a pre-authorized code: metadata, offer, token, nonce, credential.
 * Under `/oid4vci/` every error is OAuth's JSON, as the standard prescribes.
 * @see https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0-final.html
 */
export function oid4vciRoutes(deps: Pick<AppDeps, 'wallets' | 'verification' | 'logger'>): Hono<HttpEnv> {
  const { desk } = deps.wallets;
  const app = new Hono<HttpEnv>();

  app.get('/.well-known/openid-credential-issuer', async (c) => metadata(c, await desk.credentialIssuer()));
  app.get('/.well-known/oauth-authorization-server', (c) => metadata(c, desk.authorizationServer()));

  const protocol = new Hono<HttpEnv>();
  protocol.onError((error, c) => {
    if (error instanceof WalletRequestError) return refusal(c, error.error, { description: error.message });
    deps.logger.error('request-failed', error, { request: c.get('requestId'), method: c.req.method, route: 'oid4vci' });
    return c.json({ error: 'server_error', error_description: 'something broke on our side' }, 503, NO_STORE);
  });
  protocol.use(async (c, next) => {
    const wait = takeWalletRequest(c, deps, c.req.path.endsWith('/token') ? 'token' : 'request');
    if (wait === undefined) return next();
    const body = { error: 'temporarily_unavailable', error_description: 'too many requests from this address' };
    return c.json(body, 429, { ...NO_STORE, 'Retry-After': String(wait) });
  });
  protocol.use(
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: (c) => c.json({ error: 'invalid_request', error_description: 'the body is too large' }, 413, NO_STORE),
    }),
  );

  protocol.get('/offers/:id', async (c) => {
    const found = await desk.credentialOffer(c.req.param('id'));
    if (found.outcome === 'offer') return c.json(found.offer, 200, NO_STORE);
    const isUnknown = found.outcome === 'unknown';
    return refusal(c, 'invalid_request', {
      description: isUnknown ? 'there is no such offer' : 'the offer was used, replaced or has expired',
      status: isUnknown ? 404 : 410,
    });
  });

  protocol.post('/token', async (c) => c.json(await desk.token(await readForm(c)), 200, NO_STORE));

  protocol.post('/nonce', async (c) => c.json(await desk.nonce(), 200, NO_STORE));

  protocol.post('/credential', async (c) => {
    const token = BEARER.exec(c.req.header('Authorization') ?? '')?.[1];
    const body = await readJsonBody(c);
    if (body.kind === 'problem')
      throw new WalletRequestError('invalid_credential_request', 'the body is no JSON object');
    return c.json(await desk.credential({ token, body: body.document }), 200, NO_STORE);
  });

  protocol.all('*', (c) => refusal(c, 'invalid_request', { description: 'no such endpoint, or not by this method' }));

  app.route('/oid4vci', protocol);
  return app;
}

function metadata(c: Context<HttpEnv>, document: object): Response {
  return publicDocument(c, {
    body: JSON.stringify(document),
    mediaType: 'application/json',
    maxAgeSeconds: METADATA_MAX_AGE_SECONDS,
  });
}

/** A form whose members stand once each, as OAuth asks (RFC 6749, section 3.2). */
async function readForm(c: Context<HttpEnv>): Promise<Record<string, string>> {
  const mediaType = c.req.header('Content-Type')?.split(';', 1)[0]?.trim().toLowerCase();
  if (mediaType !== FORM) throw new WalletRequestError('invalid_request', `the body must be ${FORM}`);
  const members = [...new URLSearchParams(await c.req.text())];
  const form = Object.fromEntries(members);
  if (Object.keys(form).length < members.length) {
    throw new WalletRequestError('invalid_request', 'a parameter stands more than once');
  }
  return form;
}

function refusal(
  c: Context<HttpEnv>,
  error: WalletErrorCode,
  { description, status = 400 }: { readonly description: string; readonly status?: ContentfulStatusCode },
): Response {
  const body = { error, error_description: description };
  if (error !== 'invalid_token') return c.json(body, status, NO_STORE);
  return c.json(body, 401, { ...NO_STORE, 'WWW-Authenticate': 'Bearer error="invalid_token"' });
}
