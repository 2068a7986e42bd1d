import { DomainError } from '../../ports/error.js';
import type { JsonObject } from '../../ports/json.js';
import type { Signer, SigningKey } from '../../ports/signer.js';
import { CREDENTIALS_V2 } from '../../proof/context-urls.js';
import { parseInstant } from '../../text/instant.js';
import { encodeBase64url } from '../inputs/base64url.js';
import { readCompactJws } from '../inputs/compact-jws.js';
import { issuerIdOf } from '../issuer-id.js';
import { listOf, objectOf } from '../members.js';
import { CLAIM_NAMES } from './claims.js';
import { decodeVcJwt } from './decode-vc-jwt.js';

/**
 * Signs a badge of VCDM 2.0 as a VC-JWT with ES256: the badge is the payload, with `iss`, `jti`, `sub`, `nbf` and, where
 * it ends, `exp` beside its members. `sub` is the holder's id, so the badge must be bound to one.
 * @returns the compact JWS.
 * @throws {UnsignableJwtError} when the badge or the key does not fit; nothing was signed then.
 * @throws {SignerError}
 * @see https://www.imsglobal.org/spec/ob/v3p0/#json-web-token-proof-format
 */
export async function signVcJwt({
  credential,
  key,
  signer,
}: {
  readonly credential: JsonObject;
  readonly key: SigningKey;
  readonly signer: Signer;
}): Promise<string> {
  const { verificationMethod, algorithm } = key;
  const payload = { ...credential, ...claimsOf(credential) };
  if (algorithm !== 'ES256' || !verificationMethod.startsWith(`${payload.iss}#`)) {
    throw new UnsignableJwtError('key', `${verificationMethod} is no P-256 key of ${payload.iss}`);
  }
  const header = { alg: algorithm, typ: 'JWT', kid: verificationMethod };
  const signingInput = `${encodedJson(header)}.${encodedJson(payload)}`;
  assertReadable(signingInput);
  const message = new TextEncoder().encode(signingInput);
  const [signature] = await signer.sign({ verificationMethod, messages: [message] });
  if (signature === undefined) throw new UnsignableJwtError('key', 'the signer gave no signature');
  return `${signingInput}.${encodeBase64url(signature)}`;
}

function claimsOf(credential: JsonObject): { readonly iss: string; readonly [claim: string]: string | number } {
  const { id, validFrom, validUntil } = credential;
  const sub = objectOf(credential['credentialSubject'])['id'];
  if (typeof sub !== 'string')
    throw new UnsignableJwtError('not-bound', 'the badge is not bound to an id of its holder');
  const claimed = Object.keys(credential).find((member) => CLAIM_NAMES.has(member) || member === 'vc');
  const iss = issuerIdOf(credential);
  const nbf = secondsOf(validFrom);
  const exp = secondsOf(validUntil);
  if (claimed !== undefined || listOf(credential['@context'])[0] !== CREDENTIALS_V2) {
    throw new UnsignableJwtError('credential', claimed ?? 'only badges of VCDM 2.0 are signed');
  }
  if (
    iss === undefined ||
    typeof id !== 'string' ||
    nbf === undefined ||
    (exp === undefined) !== (validUntil === undefined)
  ) {
    throw new UnsignableJwtError('credential', 'the badge lacks an issuer, an id or a date, or has a wrong one');
  }
  return { iss, jti: id, sub, nbf, ...(exp === undefined ? {} : { exp }) };
}

function secondsOf(value: JsonObject[string] | undefined): number | undefined {
  const instant = typeof value === 'string' ? parseInstant(value) : undefined;
  return instant === undefined ? undefined : Math.floor(instant / 1_000);
}

/** Look before you sign: what our own reader would refuse is not signed. The signature stands in for the real one. */
function assertReadable(signingInput: string): void {
  const reading = readCompactJws(`${signingInput}.AA`);
  if (reading.kind !== 'jws') throw new UnsignableJwtError('credential', reading.finding.code);
  const decoded = decodeVcJwt(reading.jws);
  if (!decoded.ok) throw new UnsignableJwtError('credential', decoded.findings.map(codeOf).join(', '));
}

function codeOf(finding: { readonly state: string; readonly code?: string }): string {
  return finding.code ?? finding.state;
}

function encodedJson(value: object): string {
  return encodeBase64url(new TextEncoder().encode(JSON.stringify(value)));
}

/** The badge cannot be signed as a VC-JWT: a mistake in the document or the call, not in the key store. */
export class UnsignableJwtError extends DomainError {
  override readonly code = 'unsignable-jwt';
  readonly reason: 'not-bound' | 'key' | 'credential';

  constructor(reason: UnsignableJwtError['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}
