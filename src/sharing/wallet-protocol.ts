import type { Oauth2AuthorizationServer, VerifyJwtCallback } from '@openid4vc/oauth2';
import type { Openid4vciIssuer } from '@openid4vc/openid4vci';
import type { SharingContext } from './context.js';
import { type WalletErrorCode, WalletRequestError } from './wallet-errors.js';

/** Both halves of the OpenID4VCI library: it reads and writes messages; what is stored and signed is ours. */
export interface WalletProtocol {
  readonly issuer: Openid4vciIssuer;
  readonly authorizationServer: Oauth2AuthorizationServer;
}

/**
 * Loads the library when a wallet first asks, so that commands start without it.
 * @param verifyJwt whose key signed a proof of possession.
 */
export async function loadWalletProtocol(
  context: SharingContext,
  verifyJwt: VerifyJwtCallback,
): Promise<WalletProtocol> {
  const [{ Openid4vciIssuer, setGlobalConfig }, { Oauth2AuthorizationServer, clientAuthenticationNone }] =
    await Promise.all([import('@openid4vc/openid4vci'), import('@openid4vc/oauth2')]);
  // The library wants https everywhere; a house on loopback has none, and its addresses are its own.
  if (!context.settings.publicUrl.startsWith('https:')) setGlobalConfig({ allowInsecureUrls: true });
  const { crypto, random } = context;
  const hashes = { 'sha-256': crypto.sha256, 'sha-384': crypto.sha384, 'sha-512': crypto.sha512 };
  const callbacks = {
    hash: (data: Uint8Array, algorithm: keyof typeof hashes) => hashes[algorithm](data),
    generateRandom: (byteLength: number) => random.bytes(byteLength),
    verifyJwt,
    signJwt: () => {
      throw new Error('nothing of ours is signed by the wallet library');
    },
    clientAuthentication: clientAuthenticationNone({ clientId: '' }),
  };
  return {
    issuer: new Openid4vciIssuer({ callbacks }),
    authorizationServer: new Oauth2AuthorizationServer({ callbacks }),
  };
}

/** What the library refuses, as we tell it: its code, but words of ours, which quote nothing of the request. */
export async function refusingAs<T>(
  error: WalletErrorCode,
  description: string,
  work: () => T | Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof WalletRequestError) throw cause;
    throw new WalletRequestError(error, description, { cause });
  }
}
