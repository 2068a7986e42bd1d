import { revokedSince } from '../controllers/document-as-of.js';
import type { Check } from '../examination.js';
import { pass, skipped, warning } from '../finding.js';
import { findJwtKey } from '../issuer-jwt.js';
import { sortProofs } from '../issuer-proofs.js';
import { findProofKey } from '../signing-key.js';

/**
 * Every key the issuer's proofs, or the JWT around the badge, name is the issuer's own, in force, and authorised to sign credentials.
 * @see https://www.w3.org/TR/cid-1.0/#retrieve-verification-method
 */
export const keyCheck: Check = {
  id: 'key',
  needs: ['parse', 'context', 'issuer'],
  async run({ document, issuer = '', vcJwt, controllerDocument, signingDocument, now }) {
    const resolution = await signingDocument();
    if (vcJwt !== undefined && resolution.outcome === 'found') {
      const key = findJwtKey(resolution.value, vcJwt, now);
      return [key.ok ? pass() : key.finding];
    }
    const proofs = sortProofs(document, issuer).issuer;
    if (proofs.length === 0 || resolution.outcome !== 'found') {
      return [skipped('precondition-failed', null, { check: 'proof' })];
    }
    const found = proofs.map(({ reading, pointer: proof }) => {
      const pointer = `${proof}/verificationMethod`;
      const key = findProofKey(resolution.value, reading, { issuer, pointer, now });
      return key.ok ? pass(pointer) : key.finding;
    });
    const present = await controllerDocument();
    if (present === resolution || present.outcome !== 'found' || found.some(({ state }) => state !== 'pass'))
      return found;
    // Looked up as they stood when the badge was recorded: what became of them since is told.
    const named = new Map(proofs.map(({ reading, pointer }) => [reading.verificationMethod, pointer]));
    for (const [method, pointer] of named) {
      const revoked = revokedSince(present.value, method);
      if (revoked !== undefined) {
        found.push(warning('key-revoked-since', `${pointer}/verificationMethod`, { method, revoked }));
      }
    }
    return found;
  },
};
