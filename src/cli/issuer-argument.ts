import type { Issuer } from '../credential/issuer.js';
import type { IssuingCore } from '../issuing/context.js';
import { getIssuer, listIssuers } from '../issuing/issuers.js';
import { UsageError } from './usage-error.js';

/** The issuer a command names; without a name the only one there is. @throws {UsageError} {@link IssuerNotFoundError} */
export async function issuerArgument(issuing: IssuingCore, asked: string | undefined): Promise<Issuer> {
  if (asked !== undefined) return getIssuer(issuing, asked);
  const [only, ...others] = await listIssuers(issuing);
  if (only !== undefined && others.length === 0) return only;
  const slugs = [only, ...others].map((issuer) => issuer?.slug).join(', ');
  throw new UsageError(
    only === undefined
      ? { fr: 'aucun émetteur ici ; lancez « sceau init »', en: 'no issuer here; run "sceau init"' }
      : { fr: `précisez --issuer, un de : ${slugs}`, en: `say --issuer, one of: ${slugs}` },
  );
}
