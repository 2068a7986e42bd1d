import type { Context, MiddlewareHandler } from 'hono';
import { clientAddress } from './client-address.js';
import type { AppDeps } from './deps.js';
import type { HttpEnv } from './env.js';
import { HttpError } from './http-error.js';

type LimitDeps = Pick<AppDeps, 'wallets' | 'verification'>;

/** Takes one request off what an address has for wallets (R1). @returns seconds to wait when it has had enough. */
export function takeWalletRequest(
  c: Context<HttpEnv>,
  { wallets, verification }: LimitDeps,
  kind: 'request' | 'token' = 'request',
): number | undefined {
  const peer = c.env?.incoming?.socket?.remoteAddress;
  return wallets.limit(clientAddress(peer, c.req.header('X-Forwarded-For'), verification.trustedProxies), kind);
}

/** As {@link takeWalletRequest}. @throws {HttpError} `too-many-requests` with when to come back. */
export function walletLimit(deps: LimitDeps): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const wait = takeWalletRequest(c, deps);
    if (wait !== undefined) throw new HttpError('too-many-requests', { headers: { 'Retry-After': String(wait) } });
    await next();
  };
}
