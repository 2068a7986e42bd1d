import { findBadge } from '../issuing/badges.js';
import type { IssuingContext } from '../issuing/context.js';
import { signingKey } from '../issuing/issuers.js';
import { badgeAsJwt } from '../issuing/jwt-form.js';
import { remember } from './remember.js';

const KEPT = 256;

/**
 * VC-JWT forms by public id. What was signed once for a version is served again, until the issuer has another key: its ETag
 * stays, and nobody makes us sign.
 */
export function createJwtForms(issuing: IssuingContext): (id: string) => Promise<string | undefined> {
  const signed = remember<string | undefined>(KEPT);
  return async (id) => {
    const badge = await findBadge(issuing, id);
    if (badge === undefined) return undefined;
    const { verificationMethod } = await signingKey(issuing, badge.issuer, 'ES256');
    return signed(`${verificationMethod} ${JSON.stringify(badge.document)}`, () => badgeAsJwt(issuing, badge));
  };
}
