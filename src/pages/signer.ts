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
