import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { routePath } from 'hono/route';
import { DomainError } from '../ports/error.js';
import { remembered } from './answers/remembered.js';
import { authenticated } from './authorise.js';
import type { AppDeps } from './deps.js';
import type { HttpEnv } from './env.js';
import { HttpError } from './http-error.js';
import { isErrorCode, PROBLEMS, problemResponse } from './problems.js';
import { requestGuard } from './request-guard.js';
import { requestId } from './request-id.js';
import { requestRecord } from './request-record.js';
import { achievementRoutes } from './routes/achievements.js';
import { assetRoutes } from './routes/assets.js';
import { claimRoutes } from './routes/claim.js';
import { contextRoutes } from './routes/contexts.js';
import { credentialRoutes } from './routes/credentials.js';
import { credentialsIssueRoutes } from './routes/credentials-issue.js';
import { credentialsStatusRoutes } from './routes/credentials-status.js';
import { credentialsVerifyRoutes } from './routes/credentials-verify.js';
import { deviceRoutes } from './routes/device.js';
import { exchangeRoutes } from './routes/exchanges.js';
import { frontRoutes } from './routes/front.js';
import { healthRoutes } from './routes/health.js';
import { holderRoutes } from './routes/holder.js';
import { issuerRoutes } from './routes/issuers.js';
import { metricsRoutes } from './routes/metrics.js';
import { oid4vciRoutes } from './routes/oid4vci.js';
import { openApiRoutes } from './routes/openapi.js';
import { pictureRoutes } from './routes/pictures.js';
import { presentationsVerifyRoutes } from './routes/presentations-verify.js';
import { statusListRoutes } from './routes/status-lists.js';
import { supplementRoutes } from './routes/supplements.js';
import { verificationRoutes } from './routes/verification.js';
import { verifyRoutes } from './routes/verify.js';
import { securityHeaders } from './security-headers.js';

/** Where documents live that scripts of any origin may read. */
const PUBLIC_DOCUMENTS = [
  '/v/*',
  '/credentials/*',
  '/status/*',
  '/issuers/*',
  '/.well-known/did.json',
  '/achievements/*',
  '/contexts/*',
  '/openapi.json',
];

/** Where wallets ask, some of them in a browser. None of it goes by cookies. */
const WALLET_PATHS = [
  '/interactions/*',
  '/exchanges/*',
  '/oid4vci/*',
  '/.well-known/openid-credential-issuer',
  '/.well-known/oauth-authorization-server',
];

const SERVER_ERROR = 500;

/** Puts the HTTP interface together over what the house can do. Does not listen: see `listen.ts`. */
export function createApp(deps: AppDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();

  app.use(requestId({ ids: deps.ids, trustedProxies: deps.verification.trustedProxies }));
  app.use(requestRecord({ logger: deps.logger, metrics: deps.operations.metrics }));
  app.use(remembered(deps.answers));
  app.use(securityHeaders(deps.publicUrl));
  app.use(requestGuard());
  const open = cors({ origin: '*', allowMethods: ['GET', 'HEAD'], exposeHeaders: ['ETag'], maxAge: 86_400 });
  for (const path of PUBLIC_DOCUMENTS) app.use(path, open);
  const wallets = cors({ origin: '*', allowMethods: ['GET', 'HEAD', 'POST'], maxAge: 86_400 });
  for (const path of WALLET_PATHS) app.use(path, wallets);
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) =>
        problemResponse(c, 'method-not-allowed', { headers: { Allow: methods.join(', ') } }),
    }),
  );
  // Everything under /api answers 401 without a token, whether it exists or not.
  app.use('/api/*', authenticated(deps.tokens));

  app.route('/', frontRoutes(deps));
  app.route('/', verificationRoutes(deps));
  app.route('/', pictureRoutes(deps));
  app.route('/', verifyRoutes(deps));
  app.route('/', deviceRoutes(deps));
  app.route('/', credentialsVerifyRoutes(deps));
  app.route('/', presentationsVerifyRoutes(deps));
  app.route('/', credentialsIssueRoutes(deps));
  app.route('/', credentialsStatusRoutes(deps));
  app.route('/', credentialRoutes(deps));
  app.route('/', statusListRoutes(deps));
  app.route('/', issuerRoutes(deps));
  app.route('/', achievementRoutes(deps));
  app.route('/', contextRoutes(deps));
  app.route('/', supplementRoutes(deps));
  app.route('/', claimRoutes(deps));
  app.route('/', holderRoutes(deps));
  app.route('/', exchangeRoutes(deps));
  app.route('/', oid4vciRoutes(deps));
  app.route('/', assetRoutes());
  app.route('/', healthRoutes(deps));
  app.route('/', metricsRoutes(deps));
  app.route('/', openApiRoutes(deps));

  app.notFound((c) => problemResponse(c, 'not-found'));
  app.onError((error, c) => {
    const code = error instanceof DomainError && isErrorCode(error.code) ? error.code : 'internal-error';
    if (PROBLEMS[code].status >= SERVER_ERROR) {
      // The pattern, not the address: an address may name a person.
      deps.logger.error('request-failed', error, {
        request: c.get('requestId'),
        method: c.req.method,
        route: routePath(c, -1),
      });
    }
    return problemResponse(c, code, error instanceof HttpError ? error : undefined);
  });
  return app;
}
