import { isJsonObject, type JsonObject } from '../../ports/json.js';
import { CREDENTIALS_V1 } from '../../proof/context-urls.js';
import { formatInstant, type Instant } from '../../text/instant.js';
import { type Finding, fail } from '../finding.js';
import type { CompactJws } from '../inputs/compact-jws.js';
import { issuerIdOf } from '../issuer-id.js';
import { LIMITS } from '../limits.js';
import { listOf, shownValue } from '../members.js';
import { CLAIM_NAMES, claimMismatches, DATE_MEMBERS, type DataModel, readClaims, type VcJwtClaims } from './claims.js';
import { JWS_ALGORITHMS } from './jws-algorithm.js';
import { type KeyReference, readKeyReference } from './key-reference.js';

/** A badge in VC-JWT form, taken apart. Nothing in it is verified yet. */
export interface VcJwt {
  readonly jws: CompactJws;
  readonly dataModel: DataModel;
  /** The badge itself: what is checked and shown, and nothing else (V42). */
  readonly credential: JsonObject;
  readonly claims: VcJwtClaims;
  /** Who the badge says issued it; the key must be among theirs. */
  readonly issuer: string;
  readonly key: KeyReference;
}

export type VcJwtReading =
  | { readonly ok: true; readonly vcJwt: VcJwt }
  /** At least one. */
  | { readonly ok: false; readonly findings: readonly Finding[] };

const ACCEPTED_TYPES: ReadonlySet<string> = new Set(['jwt', 'vc+jwt', 'vc+ld+jwt', 'vc-ld+jwt']);
/** Honest algorithms we do not verify; anything else that is not ours is an attempt at something. */
const OTHER_ALGORITHMS: ReadonlySet<string> = new Set([
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256K',
  'ES512',
  'Ed25519',
  'Ed448',
  'ML-DSA-44',
  'ML-DSA-65',
  'ML-DSA-87',
]);

/**
 * Finds the badge, the claims about it and the key it names in a compact JWS, and holds them to one another: a payload
 * that is a badge of VCDM 2.0, or one of 1.1 under `vc`; claims that do not contradict it; a key of its issuer
 * (V35 to V38, V40, V41).
 * @see https://www.imsglobal.org/spec/ob/v3p0/#json-web-token-proof-format
 * @see https://www.w3.org/TR/vc-jose-cose/ and https://www.w3.org/TR/vc-data-model-1.1/#json-web-token
 */
export function decodeVcJwt(jws: CompactJws): VcJwtReading {
  const { header, payload } = jws;
  const headerProblems = headerFindings(jws);
  if (headerProblems.length > 0) return { ok: false, findings: headerProblems };
  const dataModel = dataModelOf(payload);
  if (dataModel === undefined) return no(fail('jwt-data-model', null, { found: firstContext(payload) }));
  const reading = readClaims(payload);
  if (!reading.ok) return reading;
  const { claims } = reading;
  const credential = dataModel === '2.0' ? withoutClaims(payload) : completed(payload['vc'], claims);
  const mismatches = claimMismatches(claims, credential, dataModel);
  if (mismatches.length > 0) return { ok: false, findings: mismatches };
  const issuer = issuerIdOf(credential);
  if (issuer === undefined) return no(fail('malformed-issuer', '/issuer', { found: shownValue(credential['issuer']) }));
  const key = readKeyReference(header, issuer);
  if (key === undefined) {
    const found = shownValue(header['kid'] ?? header['jwk']);
    return no(fail('jwt-key-not-issuers', null, { found, issuer }));
  }
  return { ok: true, vcJwt: { jws, dataModel, credential, claims, issuer, key } };
}

/**
 * Is the JWT itself in force? Only times the badge does not state are asked about: what it states, the check of its
 * validity says.
 */
export function timeClaimFindings({ claims, credential, dataModel }: VcJwt, now: Instant): Finding[] {
  const findings: Finding[] = [];
  const { exp, nbf, iat } = claims;
  if (exp !== undefined && exp <= now && credential[DATE_MEMBERS[dataModel].exp] === undefined) {
    findings.push(fail('proof-expired', null, { expires: formatInstant(exp), now: formatInstant(now) }));
  }
  const begins = credential[DATE_MEMBERS[dataModel].nbf] === undefined ? nbf : undefined;
  for (const created of [begins, iat]) {
    if (created !== undefined && created > now + LIMITS.clockSkewMilliseconds) {
      findings.push(fail('proof-in-future', null, { created: formatInstant(created), now: formatInstant(now) }));
    }
  }
  return findings;
}

function headerFindings({ header: { alg, typ }, signature }: CompactJws): Finding[] {
  const findings: Finding[] = [];
  const supported: readonly unknown[] = JWS_ALGORITHMS;
  if (typeof alg === 'string' && OTHER_ALGORITHMS.has(alg)) {
    findings.push(fail('unsupported-proof', null, { found: alg }));
  } else if (!supported.includes(alg)) {
    findings.push(fail('jwt-algorithm', null, { found: shownValue(alg), expected: JWS_ALGORITHMS.join(', ') }));
    // An unsecured JWT (RFC 7519, section 6) is a badge without a proof (V13).
    if (signature.length === 0) findings.push(fail('no-proof', null));
  } else if (signature.length === 0) {
    findings.push(fail('signature-invalid', null));
  }
  const type = typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : typ;
  // A JWT made for something else (an access token, a proof of possession) is no badge, whatever it says.
  if (type !== undefined && !(typeof type === 'string' && ACCEPTED_TYPES.has(type))) {
    findings.push(fail('jwt-header', null, { member: 'typ' }));
  }
  return findings;
}

/** Undefined when the place of the badge and its context contradict each other. */
function dataModelOf(payload: JsonObject): DataModel | undefined {
  const { vc } = payload;
  if (vc === undefined) return firstContext(payload) === CREDENTIALS_V1 ? undefined : '2.0';
  return isJsonObject(vc) && payload['@context'] === undefined && firstContext(payload) === CREDENTIALS_V1
    ? '1.1'
    : undefined;
}

function firstContext({ vc, '@context': context }: JsonObject): string {
  return shownValue(listOf(isJsonObject(vc) ? vc['@context'] : context)[0]);
}

function withoutClaims(payload: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(payload).filter(([member]) => !CLAIM_NAMES.has(member)));
}

/** A badge of 1.1 may leave to the claims what they say (VCDM 1.1, JWT decoding, step 4). */
function completed(vc: JsonObject[string] | undefined, { iss, sub, jti, nbf, exp }: VcJwtClaims): JsonObject {
  const credential = isJsonObject(vc) ? vc : {};
  const subject = credential['credentialSubject'];
  const needsSubjectId = sub !== undefined && isJsonObject(subject) && subject['id'] === undefined;
  return {
    ...(iss === undefined ? {} : { issuer: iss }),
    ...(jti === undefined ? {} : { id: jti }),
    ...(nbf === undefined ? {} : { issuanceDate: formatInstant(nbf) }),
    ...(exp === undefined ? {} : { expirationDate: formatInstant(exp) }),
    ...credential,
    ...(needsSubjectId ? { credentialSubject: { id: sub, ...subject } } : {}),
  };
}

function no(finding: Finding): VcJwtReading {
  return { ok: false, findings: [finding] };
}
