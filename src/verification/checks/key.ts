import { revokedSince } from '../controllers/document-as-of.js';
import type { Check } from '../examination.js';
import { type Finding, pass, skipped, unknown, warning } from '../finding.js';
import { findJwtKey } from '../issuer-jwt.js';
import { findProofKey } from '../signing-key.js';

/**
 * Every key the issuer's proofs, or the JWT around the badge, name is the issuer's own, in force, and authorised to sign credentials.
 * @see https://www.w3.org/TR/cid-1.0/#retrieve-verification-method
 */
export const keyCheck: Check = {
  id: 'key',
  needs: ['parse', 'context', 'issuer'],
  async run({ issuer = '', proofs: sortedProofs, vcJwt, controllerDocument, signingDocument, askOwnState, now }) {
    const resolution = await signingDocument();
    if (vcJwt !== undefined && resolution.outcome === 'found') {
      const key = findJwtKey(resolution.value, vcJwt, now);
      return [key.ok ? pass() : key.finding];
    }
    const proofs = sortedProofs().issuer;
    if (proofs.length === 0 || resolution.outcome !== 'found') {
      return [skipped('precondition-failed', null, { check: 'proof' })];
    }
    const found: Finding[] = [];
    for (const { reading, pointer: proof } of proofs) {
      const pointer = `${proof}/verificationMethod`;
      const key = findProofKey(resolution.value, reading, { issuer, pointer, now });
      if (key.ok) found.push(pass(pointer));
      // Whether it was recorded before the key was revoked is the house's to tell, which does not tell everybody.
      else if (key.finding.code === 'key-revoked' && (await askOwnState())?.state === 'not-told') {
        found.push(unknown('own-state-not-told', pointer));
      } else found.push(key.finding);
    }
    const present = await controllerDocument();
    if (present === resolution || present.outcome !== 'found' || found.some(({ state }) => state !== 'pass'))
      return found;
    // Looked up as they stood when the badge was recorded: what became of them since is told.
    const told = new Set<string>();
    for (const { reading, pointer } of proofs) {
      const method = reading.verificationMethod;
      const revoked = told.has(method) ? undefined : revokedSince(present.value, method);
      if (revoked === undefined) continue;
      told.add(method);
      found.push(warning('key-revoked-since', `${pointer}/verificationMethod`, { revoked }));
    }
    return found;
  },
};
