import type { Issuer } from '../credential/issuer.js';
import type { IssuerLook } from '../pages/issuer-look.js';

/** What an issuer's pages show besides what is signed. */
export function issuerLook({ slug, logo, colours, contact, email }: Issuer): IssuerLook {
  return {
    slug,
    logo: logo === undefined ? null : `/issuers/${slug}/logo`,
    styleSheet: colours === undefined ? null : `/issuers/${slug}/look.css`,
    contact: contact ?? email ?? null,
  };
}
