import type { ShownCredential } from '../verification/report.js';

/**
 * Who stands behind a signature, as what it is: an issuer of this house; whoever runs a domain; or the owner of a key,
 * whom nobody vouches for. The name in the badge is what the signer calls itself.
 */
export type Signer =
  | { readonly kind: 'house'; readonly domain: string | undefined }
  | { readonly kind: 'domain'; readonly domain: string }
  | { readonly kind: 'key' };

/** @param own true for a badge this house has issued. */
export function signerOf(issuer: ShownCredential['issuer'], own: boolean): Signer {
  const domain = didWebHost(issuer.id) ?? httpsHost(issuer.id);
  if (own) return { kind: 'house', domain };
  return domain === undefined ? { kind: 'key' } : { kind: 'domain', domain };
}

/**
 * The web host whose owner publishes a did:web issuer's key; undefined for any other identifier.
 * @see https://w3c-ccg.github.io/did-method-web/#method-specific-identifier
 */
export function didWebHost(id: string): string | undefined {
  const [scheme, method, host] = id.split(':');
  if (scheme !== 'did' || method !== 'web' || host === undefined || host === '') return undefined;
  try {
    return decodeURIComponent(host);
  } catch {
    return undefined;
  }
}

/** The host of an issuer whose id is an https address: its keys are published there. */
function httpsHost(id: string): string | undefined {
  return id.startsWith('https://') && URL.canParse(id) ? new URL(id).host : undefined;
}
