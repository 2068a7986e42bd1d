import { findBadge } from '../issuing/badges.js';
import type { IssuingContext } from '../issuing/context.js';
import { badgeAsJwt } from '../issuing/jwt-form.js';
import { remember } from './remember.js';

const KEPT = 256;

/** VC-JWT forms by public id. What was signed once for a version is served again: its ETag stays, and nobody makes us sign. */
export function createJwtForms(issuing: IssuingContext): (id: string) => Promise<string | undefined> {
  const signed = remember<string | undefined>(KEPT);
  return async (id) => {
    const badge = await findBadge(issuing, id);
    return badge === undefined ? undefined : signed(JSON.stringify(badge.document), () => badgeAsJwt(issuing, badge));
  };
}
