import type { JsonObject } from '../../src/ports/json.js';
import { readMultibaseKey } from '../../src/proof/jwk.js';
import { objectOf } from '../../src/verification/members.js';
import { type ForeignBadge, foreignBadge } from '../proof/foreign-badges.js';
import { controllerDocument, ISSUER, listAt, objectAt } from './house.js';

export const HOLDER = 'did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH';

/** As others sign it: bound to a holder's id, without results. */
export function theirs(): JsonObject {
  const { identifier: _, result: __, ...subject } = objectAt(foreignBadge(), 'credentialSubject');
  return { ...foreignBadge(), credentialSubject: { ...subject, id: HOLDER } };
}

/** What the issuer publishes for its keys: that of its status lists, and this one in the form asked for. */
export function publishedFor(
  { proof, publicKeyMultibase }: Pick<ForeignBadge, 'proof' | 'publicKeyMultibase'>,
  form: 'Multikey' | 'JsonWebKey' | 'Ed25519VerificationKey2020' = 'Multikey',
): JsonObject {
  const id = String(proof['verificationMethod']);
  const reading = readMultibaseKey(publicKeyMultibase);
  if (!reading.ok) throw new Error(reading.detail);
  const material = form === 'JsonWebKey' ? { publicKeyJwk: reading.key.publicKeyJwk } : { publicKeyMultibase };
  const method = { id, type: form, controller: ISSUER, ...material };
  const { verificationMethod: _, assertionMethod: __, ...document } = controllerDocument();
  const others = listAt(controllerDocument(), 'verificationMethod').filter((other) => objectOf(other)['id'] !== id);
  const methods = [...others, method];
  return {
    ...document,
    verificationMethod: methods,
    assertionMethod: methods.map((one) => objectOf(one)['id'] ?? null),
  };
}
