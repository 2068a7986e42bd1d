import type { Json, JsonObject } from '../../ports/json.js';
import { formatInstant, type Instant, parseInstant } from '../../text/instant.js';
import { type Finding, fail } from '../finding.js';
import { issuerIdOf } from '../issuer-id.js';
import { objectOf, shownValue, textOf } from '../members.js';

/** What a VC-JWT says about the badge in it, besides the badge itself. */
export interface VcJwtClaims {
  readonly iss?: string;
  readonly sub?: string;
  readonly jti?: string;
  readonly nbf?: Instant;
  readonly exp?: Instant;
  readonly iat?: Instant;
}

/** Members of the payload that are claims and no part of a badge. @see https://www.iana.org/assignments/jwt/jwt.xhtml */
export const CLAIM_NAMES: ReadonlySet<string> = new Set([
  'iss',
  'sub',
  'aud',
  'exp',
  'nbf',
  'iat',
  'jti',
  'cnf',
  'nonce',
]);

/** 9999-12-31T23:59:59Z: the last second that can be written as a date. */
const LAST_SECOND = 253_402_300_799;

export type ClaimsReading =
  | { readonly ok: true; readonly claims: VcJwtClaims }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/**
 * Reads the claims strictly: texts are texts, times are seconds since 1970 that a calendar knows (V41).
 * @see https://www.rfc-editor.org/rfc/rfc7519#section-4.1
 */
export function readClaims(payload: JsonObject): ClaimsReading {
  const findings: Finding[] = [];
  const refused = (claim: string, found: Json): undefined => {
    findings.push(fail('malformed-claim', null, { claim, found: shownValue(found) }));
    return undefined;
  };
  const text = (claim: 'iss' | 'sub' | 'jti'): Partial<Record<typeof claim, string>> => {
    const value = payload[claim];
    if (value === undefined) return {};
    const read = typeof value === 'string' && value !== '' ? value : refused(claim, value);
    return read === undefined ? {} : { [claim]: read };
  };
  const time = (claim: 'nbf' | 'exp' | 'iat'): Partial<Record<typeof claim, Instant>> => {
    const value = payload[claim];
    if (value === undefined) return {};
    const isDate = typeof value === 'number' && value >= 0 && value <= LAST_SECOND;
    const read = isDate ? Math.floor(value * 1_000) : refused(claim, value);
    return read === undefined ? {} : { [claim]: read };
  };
  const claims = { ...text('iss'), ...text('sub'), ...text('jti'), ...time('nbf'), ...time('exp'), ...time('iat') };
  return findings.length > 0 ? { ok: false, findings } : { ok: true, claims };
}

/** The members of a badge that repeat a date claim, by version of the data model. */
export const DATE_MEMBERS = {
  '1.1': { nbf: 'issuanceDate', exp: 'expirationDate' },
  '2.0': { nbf: 'validFrom', exp: 'validUntil' },
} as const;
export type DataModel = keyof typeof DATE_MEMBERS;

/**
 * Where the claims and the badge contradict each other (V40). A claim that is absent contradicts nothing. A date the
 * badge does not state, or states in a way no calendar knows, is left to the checks of dates.
 * @see https://www.imsglobal.org/spec/ob/v3p0/#json-web-token-proof-format
 */
export function claimMismatches(claims: VcJwtClaims, credential: JsonObject, dataModel: DataModel): Finding[] {
  const findings: Finding[] = [];
  const texts = [
    ['iss', '/issuer', claims.iss, issuerIdOf(credential) ?? null],
    ['sub', '/credentialSubject/id', claims.sub, textOf(objectOf(credential['credentialSubject'])['id'])],
    ['jti', '/id', claims.jti, textOf(credential['id'])],
  ] as const;
  for (const [claim, pointer, claimed, stated] of texts) {
    if (claimed !== undefined && claimed !== stated) {
      findings.push(fail('claim-mismatch', pointer, { claim, found: claimed, credential: stated ?? '' }));
    }
  }
  for (const claim of ['nbf', 'exp'] as const) {
    const member = DATE_MEMBERS[dataModel][claim];
    const stated = textOf(credential[member]);
    const [claimed, instant] = [claims[claim], stated === null ? undefined : parseInstant(stated)];
    if (claimed === undefined || instant === undefined || seconds(claimed) === seconds(instant)) continue;
    const facts = { claim, found: formatInstant(claimed), credential: stated ?? '' };
    findings.push(fail('claim-mismatch', `/${member}`, facts));
  }
  return findings;
}

function seconds(instant: Instant): number {
  return Math.floor(instant / 1_000);
}
