import { isJsonObject, type Json, type JsonObject } from '../ports/json.js';
import type { SharingContext } from './context.js';
import { deliverToWallet } from './wallet-delivery.js';
import { WalletRequestError } from './wallet-errors.js';
import { createKeyProofVerifier, type KeyProof, readKeyProof } from './wallet-key-proof.js';
import { authorizationServerMetadata, CONFIGURATION_IDS, credentialIssuerMetadata } from './wallet-metadata.js';
import { isFreshNonce, useNonce } from './wallet-nonces.js';
import { isUsedUp } from './wallet-offers.js';
import { loadWalletProtocol, refusingAs, type WalletProtocol } from './wallet-protocol.js';
import { findGrant, type WalletGrant } from './wallet-token.js';

/**
 * The credential endpoint: an access token and a proof of the wallet's key for the badge, bound to that key, once. What
 * the request says of the badge's content is not looked at (L10).
 * @param token from the `Authorization` header; undefined when there was none.
 * @throws {WalletRequestError}
 * @see https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0-final.html#section-8
 */
export async function requestCredential(
  context: SharingContext,
  { token, body }: { readonly token: string | undefined; readonly body: JsonObject },
): Promise<JsonObject> {
  const grant = token === undefined ? undefined : await findGrant(context, token);
  if (grant === undefined || (await isUsedUp(context, grant))) throw invalidToken();
  const protocol = await loadWalletProtocol(context, createKeyProofVerifier(context));
  const proof = await readProofIn(context, { protocol, grant, body });
  const holderId = await provenHolder(context, { protocol, grant, proof });
  const delivery = await deliverToWallet(context, {
    once: grant,
    how: 'delivered',
    credential: grant.credential,
    channel: grant.format,
    holderId,
  });
  if (delivery.outcome === 'used') throw invalidToken();
  if (delivery.outcome === 'refused') {
    throw new WalletRequestError('credential_request_denied', 'the badge is not in force, or cannot be bound to a key');
  }
  return { credentials: [{ credential: delivery.credential }] };
}

interface Asked {
  readonly protocol: WalletProtocol;
  readonly grant: WalletGrant;
}

/** The proof in a request for what was offered. @throws {WalletRequestError} */
async function readProofIn(
  context: SharingContext,
  { protocol, grant, body }: Asked & { readonly body: JsonObject },
): Promise<KeyProof> {
  const { credential_configuration_id: configuration, credential_identifier: identifier } = body;
  if (body['credential_response_encryption'] !== undefined) {
    throw new WalletRequestError('invalid_credential_request', 'the response cannot be encrypted');
  }
  if (identifier !== undefined) {
    throw new WalletRequestError('unknown_credential_identifier', 'no credential identifiers are given out here');
  }
  if (typeof configuration !== 'string') {
    throw new WalletRequestError('invalid_credential_request', 'credential_configuration_id is missing');
  }
  if (!Object.values(CONFIGURATION_IDS).includes(configuration)) {
    throw new WalletRequestError('unknown_credential_configuration', 'no such credential_configuration_id');
  }
  if (configuration !== CONFIGURATION_IDS[grant.format]) {
    throw new WalletRequestError('invalid_credential_request', 'another credential_configuration_id was offered');
  }
  const proof = readKeyProof(context, onlyJwtIn(body['proofs']));
  const issuerMetadata = await libraryMetadata(context, protocol);
  await refusingAs('invalid_credential_request', 'the credential request is malformed', () =>
    protocol.issuer.parseCredentialRequest({ issuerMetadata, credentialRequest: { ...body } }),
  );
  return proof;
}

/** The one proof of a request: a badge is bound to one key. @throws {WalletRequestError} `invalid_proof` */
function onlyJwtIn(proofs: Json | undefined): string {
  const { jwt = [], ...others } = isJsonObject(proofs) ? proofs : {};
  const [first, second] = Array.isArray(jwt) ? jwt : [];
  if (typeof first !== 'string' || second !== undefined || Object.keys(others).length > 0) {
    throw new WalletRequestError('invalid_proof', 'exactly one proof of the type jwt is needed');
  }
  return first;
}

/** Whose key was shown to be the wallet's. @throws {WalletRequestError} `invalid_proof`, `invalid_nonce` */
async function provenHolder(
  context: SharingContext,
  { protocol, grant, proof }: Asked & { readonly proof: KeyProof },
): Promise<string> {
  const { compact, nonce, holderId } = proof;
  if (nonce === undefined || !(await isFreshNonce(context, nonce))) throw invalidNonce();
  const issuerMetadata = await libraryMetadata(context, protocol);
  await refusingAs('invalid_proof', 'type, audience or signature of the proof is wrong', () =>
    protocol.issuer.verifyCredentialRequestJwtProof({
      issuerMetadata,
      jwt: compact,
      expectedNonce: nonce,
      now: new Date(context.clock.now()),
    }),
  );
  if (!(await useNonce(context, grant, nonce))) throw invalidNonce();
  return holderId;
}

/** Our metadata as the library keeps it: checked against the standard's schemas. */
async function libraryMetadata(context: SharingContext, { issuer }: WalletProtocol) {
  const { Openid4vciVersion } = await import('@openid4vc/openid4vci');
  const { zAuthorizationServerMetadata } = await import('@openid4vc/oauth2');
  const credentialIssuer = issuer.createCredentialIssuerMetadata({
    ...(await credentialIssuerMetadata(context)),
  } as Parameters<typeof issuer.createCredentialIssuerMetadata>[0]);
  return {
    originalDraftVersion: Openid4vciVersion.V1,
    credentialIssuer,
    authorizationServers: [zAuthorizationServerMetadata.parse(authorizationServerMetadata(context))],
    knownCredentialConfigurations: issuer.getKnownCredentialConfigurationsSupported(credentialIssuer),
  };
}

function invalidToken(): WalletRequestError {
  return new WalletRequestError('invalid_token', 'the access token is missing, unknown, used or has expired');
}

function invalidNonce(): WalletRequestError {
  return new WalletRequestError('invalid_nonce', 'the nonce is missing, not of ours, used or too old');
}
