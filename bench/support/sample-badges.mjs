// One unsigned badge of each shipped programme, as the house composes them, and a key to sign them with.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { load, openBenchHouse, readSession } from './bench-house.mjs';

const PROGRAMMES = ['ecstra', 'engagement-citoyen', 'mission-industrielle', 'missions-professionnelles', 'projet-pro'];

/** @returns the badges without their proofs, and the parts of the house that sign and verify. */
export async function sampleBadges() {
  const { house, remove } = await openBenchHouse();
  const { issueBatch } = await load('issuing/issue-batch.js');
  const { findHeldBadge } = await load('issuing/badges.js');
  const badges = [];
  for (const programme of PROGRAMMES) {
    const file = (name) =>
      readFileSync(fileURLToPath(new URL(`../../programmes/${programme}/${name}`, import.meta.url)));
    const session = await readSession(house, {
      definition: file('programme.json'),
      engagements: file('engagements.json'),
      decisions: file('jury-decisions.csv'),
    });
    const { rows } = await issueBatch(house.issuing, session);
    const { credentialId } = rows.find((row) => row.credentialId !== undefined);
    const { proof: _, ...unsigned } = (await findHeldBadge(house.issuing, credentialId)).document;
    badges.push(unsigned);
  }
  const { contexts, eddsa, canonize, crypto } = house.issuing;
  return { badges, contexts, eddsa, canonize, crypto, remove };
}

/** A key of the house's, and the same one as the libraries hold it. */
export async function benchKey(did) {
  const { generateKeyPair } = await load('keys/key-pair.js');
  const { createKeySigner } = await load('keys/key-signer.js');
  const Ed25519Multikey = await import('@digitalbazaar/ed25519-multikey');
  const pair = generateKeyPair('Ed25519');
  const { publicKeyMultibase } = pair;
  const { d, x } = pair.privateKey.export({ format: 'jwk' });
  const id = `${did}#${publicKeyMultibase}`;
  const multikey = await Ed25519Multikey.fromJwk({ jwk: { kty: 'OKP', crv: 'Ed25519', d, x }, secretKey: true });
  Object.assign(multikey, { id, controller: did });
  return {
    key: { issuer: 'bench', algorithm: 'Ed25519', publicKeyMultibase, verificationMethod: id },
    signer: createKeySigner((wanted) => (wanted === publicKeyMultibase ? pair : undefined)),
    librarySigner: { ...multikey.signer(), id },
  };
}

/** A document loader for the libraries: pinned contexts, and the documents given. */
export function libraryLoader(contexts, documents) {
  return async (url) => {
    const document = documents[url] ?? contexts.get(url);
    if (document === undefined) throw new Error(`${url} is not here`);
    return { contextUrl: null, documentUrl: url, document };
  };
}
