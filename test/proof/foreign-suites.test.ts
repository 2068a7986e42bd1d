import { describe, expect, it } from 'vitest';
import { generateKeyPair } from '../../src/keys/key-pair.js';
import { createNodeCrypto } from '../../src/platform/node-crypto.js';
import { isJsonObject, type Json, type JsonObject } from '../../src/ports/json.js';
import { decodeBase58Multibase, encodeBase58Multibase } from '../../src/proof/multibase.js';
import { createProofVerifier } from '../../src/proof/verify-proof.js';
import { testContexts } from '../support/contexts.js';
import { CREATED } from './badge.js';
import {
  deriveFrom,
  FOREIGN_SUITES,
  type ForeignBadge,
  type ForeignSuite,
  foreignBadge,
  olderBadge,
  signForeign,
  signSelectively,
} from './foreign-badges.js';
import { mutations } from './mutate.js';

const crypto = createNodeCrypto();
const ECDSA: readonly ForeignSuite[] = ['ecdsa-rdfc-2019 with P-256', 'ecdsa-rdfc-2019 with P-384'];

async function codeOf(
  { document, proof, publicKeyMultibase }: ForeignBadge,
  change: { document?: JsonObject; proof?: JsonObject; key?: string } = {},
): Promise<string> {
  const verifier = createProofVerifier(change.document ?? document, {
    contexts: await testContexts(),
    crypto,
    at: CREATED,
  });
  const verdict = await verifier.verify(change.proof ?? proof, change.key ?? publicKeyMultibase);
  return verdict.ok ? 'ok' : verdict.code;
}

describe.each(FOREIGN_SUITES)('a badge signed elsewhere with %s', (suite) => {
  it('holds, and breaks with every signed value changed or removed (V15)', async () => {
    const badge = await signForeign(foreignBadge(), suite);
    expect(await codeOf(badge)).toBe('ok');
    const survivors: string[] = [];
    let count = 0;
    for (const { name, document } of mutations(badge.document, ['proof'])) {
      count += 1;
      if ((await codeOf(badge, { document })) === 'ok') survivors.push(name);
    }
    expect(survivors).toEqual([]);
    expect(count).toBeGreaterThan(70);
  });

  it('breaks with values added anywhere: known ones (V15), undefined ones (V16), relative ids (V17)', async () => {
    const badge = await signForeign(foreignBadge(), suite);
    const { document } = badge;
    const subject = isJsonObject(document['credentialSubject']) ? document['credentialSubject'] : {};
    const evidence = Array.isArray(document['evidence']) ? document['evidence'] : [];
    const added: JsonObject[] = [
      { ...document, validUntil: '2030-01-01T00:00:00Z' },
      { ...document, credentialSubject: { ...subject, licenseNumber: '7' } },
      { ...document, credentialSubject: [subject, { ...subject, id: 'did:example:other' }] },
      { ...document, evidence: [...evidence, { type: ['Evidence'], name: 'another' }] },
      { ...document, honour: 'cum laude' },
      { ...document, evidence: [...evidence, { id: 'other.pdf', type: ['Evidence'] }] },
    ];
    for (const changed of added) {
      expect(['CRYPTOGRAPHIC_SECURITY_ERROR', 'PROOF_TRANSFORMATION_ERROR']).toContain(
        await codeOf(badge, { document: changed }),
      );
    }
  });

  it('breaks with every option of its proof changed or removed', async () => {
    const badge = await signForeign(foreignBadge(), suite);
    for (const { name, document: proof } of mutations(badge.proof)) {
      expect(await codeOf(badge, { proof }), name).not.toBe('ok');
    }
    expect(await codeOf(badge, { proof: { ...badge.proof, domain: 'other.example' } })).not.toBe('ok');
    expect(await codeOf(badge, { proof: { ...badge.proof, expires: '2036-01-01T00:00:00Z' } })).not.toBe('ok');
  });

  it('does not hold under another key of its kind, nor under one of another kind (V25)', async () => {
    const badge = await signForeign(foreignBadge(), suite);
    const other = await signForeign(foreignBadge(), suite.startsWith('eddsa') ? 'ecdsa-sd-2023' : 'eddsa-rdfc-2022');
    expect(await codeOf(badge, { key: other.publicKeyMultibase })).toBe('INVALID_VERIFICATION_METHOD');
    const stranger = suite.startsWith('eddsa')
      ? generateKeyPair('Ed25519').publicKeyMultibase
      : (await signForeign(foreignBadge(), suite)).publicKeyMultibase;
    expect(await codeOf(badge, { key: stranger })).toBe('CRYPTOGRAPHIC_SECURITY_ERROR');
  });

  it('is refused under a name of the suite in another case, in a list, or of another suite (V24)', async () => {
    const badge = await signForeign(foreignBadge(), suite);
    const name = String(badge.proof['cryptosuite']);
    const names: Json[] = [
      name.toUpperCase(),
      [name],
      `${name} `,
      'ecdsa-2019',
      'bbs-2023',
      'Ed25519Signature2020',
      null,
    ];
    for (const cryptosuite of names) {
      expect(await codeOf(badge, { proof: { ...badge.proof, cryptosuite } }), String(cryptosuite)).toBe(
        'unsupported-proof',
      );
    }
    const type = { ...badge.proof, type: name };
    expect(await codeOf(badge, { proof: type })).toBe('unsupported-proof');
    expect(await codeOf(badge, { proof: { ...badge.proof, type: ['DataIntegrityProof'] } })).toBe('unsupported-proof');
  });

  it('is refused with a purpose it was not made for (V28), and from the future (V31)', async () => {
    const badge = await signForeign(foreignBadge(), suite);
    const purpose = { ...badge.proof, proofPurpose: 'authentication' };
    expect(await codeOf(badge, { proof: purpose })).toBe('INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD');
    const future = { ...badge.proof, created: '2027-01-01T00:00:00Z' };
    expect(await codeOf(badge, { proof: future })).toBe('PROOF_VERIFICATION_ERROR');
  });
});

describe.each(['v1', 'v2'] as const)('a badge of VCDM 1.1 with the context data-integrity/%s', (version) => {
  it.each(FOREIGN_SUITES.filter((suite) => suite !== 'ecdsa-sd-2023'))('holds with %s', async (suite) => {
    const badge = await signForeign(olderBadge(version), suite);
    expect(await codeOf(badge)).toBe('ok');
    const changed = { ...badge.document, issuanceDate: '2020-01-01T00:00:00Z' };
    expect(await codeOf(badge, { document: changed })).toBe('CRYPTOGRAPHIC_SECURITY_ERROR');
  });
});

describe.each(ECDSA)('an ECDSA signature of %s', (suite) => {
  const size = suite.endsWith('P-384') ? 48 : 32;
  const order =
    size === 48
      ? 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n
      : 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

  async function withSignature(change: (bytes: Uint8Array) => Uint8Array): Promise<string> {
    const badge = await signForeign(foreignBadge(), suite);
    const bytes = decodeBase58Multibase(String(badge.proof['proofValue'])) ?? new Uint8Array();
    return codeOf(badge, { proof: { ...badge.proof, proofValue: encodeBase58Multibase(change(bytes)) } });
  }

  it('is refused in another length, or in that of the other curve (V26)', async () => {
    expect(await withSignature((bytes) => bytes)).toBe('ok');
    for (const length of [0, 1, 2 * size - 1, 2 * size + 1, size === 32 ? 96 : 64]) {
      const cut = await withSignature((bytes) => Uint8Array.from({ length }, (_, index) => bytes[index] ?? 1));
      expect(cut, String(length)).toBe('PROOF_VERIFICATION_ERROR');
    }
  });

  it('is refused in the DER form other systems write (V26)', async () => {
    const der = await withSignature((bytes) =>
      Uint8Array.of(0x30, 2 * size + 4, 2, size, ...bytes.subarray(0, size), 2, size, ...bytes.subarray(size)),
    );
    expect(der).toBe('PROOF_VERIFICATION_ERROR');
  });

  it('is refused with r or s of zero, of the order, or above it (V27)', async () => {
    for (const value of [0n, order, order + 1n, 2n ** BigInt(8 * size) - 1n]) {
      const number = Buffer.from(value.toString(16).padStart(2 * size, '0'), 'hex');
      expect(await withSignature((bytes) => Uint8Array.of(...number, ...bytes.subarray(size)))).toBe(
        'CRYPTOGRAPHIC_SECURITY_ERROR',
      );
      expect(await withSignature((bytes) => Uint8Array.of(...bytes.subarray(0, size), ...number))).toBe(
        'CRYPTOGRAPHIC_SECURITY_ERROR',
      );
    }
  });

  it('is taken with n − s in place of s: the suite asks for neither, and nothing is looked up by signature', async () => {
    const other = await withSignature((bytes) => {
      const s = BigInt(`0x${Buffer.from(bytes.subarray(size)).toString('hex')}`);
      const number = Buffer.from((order - s).toString(16).padStart(2 * size, '0'), 'hex');
      return Uint8Array.of(...bytes.subarray(0, size), ...number);
    });
    expect(other).toBe('ok');
  });
});

describe('a badge signed as JSON with eddsa-jcs-2022', () => {
  it('breaks with what RDF does not see: order, null members, one more bracket (V65)', async () => {
    const badge = await signForeign(foreignBadge(), 'eddsa-jcs-2022');
    const { document } = badge;
    const evidence = Array.isArray(document['evidence']) ? document['evidence'] : [];
    const unseen: JsonObject[] = [
      { ...document, evidence: evidence.toReversed() },
      { ...document, image: null },
      { ...document, image: [] },
      { ...document, name: [document['name'] ?? null] },
    ];
    for (const changed of unseen) {
      expect(await codeOf(badge, { document: changed })).toBe('CRYPTOGRAPHIC_SECURITY_ERROR');
    }
    const reordered = Object.fromEntries(Object.entries(document).toReversed());
    expect(await codeOf(badge, { document: reordered })).toBe('ok');
  });

  it('never holds with a number that was rounded (V11)', async () => {
    const text = JSON.stringify((await signForeign(foreignBadge(), 'eddsa-jcs-2022')).document);
    const badge = await signForeign(foreignBadge(), 'eddsa-jcs-2022');
    expect(text).toContain('"creditsEarned":2.5');
    for (const number of ['9007199254740993', '1e400', '-0', '-1e400', '36893488147419103232']) {
      const document: unknown = JSON.parse(text.replace('"creditsEarned":2.5', `"creditsEarned":${number}`));
      if (!isJsonObject(document)) throw new Error('no object');
      expect(await codeOf(badge, { document }), number).toBe('MALFORMED_VALUE_ERROR');
    }
    for (const number of ['9007199254740991', '1e-7', '0.1', '0.30000000000000004']) {
      const document: unknown = JSON.parse(text.replace('"creditsEarned":2.5', `"creditsEarned":${number}`));
      if (!isJsonObject(document)) throw new Error('no object');
      const { proof: _, ...unsigned } = document;
      expect(await codeOf(await signForeign(unsigned, 'eddsa-jcs-2022')), number).toBe('ok');
    }
  });

  it('never holds with a lone surrogate (V12); with other marks it does', async () => {
    const badge = await signForeign(foreignBadge(), 'eddsa-jcs-2022');
    expect(await codeOf(badge, { document: { ...badge.document, name: 'a\ud800' } })).toBe('MALFORMED_VALUE_ERROR');
    const marked = await signForeign({ ...foreignBadge(), name: 'a\u202eb\u0000\u{1F600}' }, 'eddsa-jcs-2022');
    expect(await codeOf(marked)).toBe('ok');
  });

  it('signs its context: it must stand first in the document’s', async () => {
    const badge = await signForeign(foreignBadge(), 'eddsa-jcs-2022');
    const context = Array.isArray(badge.document['@context']) ? badge.document['@context'] : [];
    const appended = { ...badge.document, '@context': [...context, 'https://w3id.org/security/data-integrity/v2'] };
    expect(await codeOf(badge, { document: appended })).toBe('ok');
    for (const changed of [context.slice(1), context.toReversed(), ['https://evil.example/', ...context]]) {
      expect(await codeOf(badge, { document: { ...badge.document, '@context': changed } })).toBe('untrusted-context');
    }
  });
});

describe('a badge of which parts are revealed with ecdsa-sd-2023', () => {
  it('is answered as unsupported while it carries the base proof', async () => {
    const base = await signSelectively(foreignBadge());
    expect(await codeOf(base)).toBe('unsupported-proof');
  });

  it('holds whatever is revealed, and does not show the rest', async () => {
    const base = await signSelectively(foreignBadge());
    for (const pointers of [[], ['/name'], ['/credentialSubject/role', '/credentialSubject/result'], ['/evidence']]) {
      expect(await codeOf(await deriveFrom(base, pointers)), pointers.join()).toBe('ok');
    }
    const derived = await deriveFrom(base, ['/name']);
    expect(JSON.stringify(derived.document)).not.toContain('Trésorière');
  });

  it('does not hold with a part put back, or a mandatory part taken out', async () => {
    const base = await signSelectively(foreignBadge());
    const derived = await deriveFrom(base, ['/name']);
    const { credentialStatus: _, ...without } = derived.document;
    expect(await codeOf(derived, { document: without })).toBe('CRYPTOGRAPHIC_SECURITY_ERROR');
    const { name: __, ...unnamed } = derived.document;
    expect(await codeOf(derived, { document: unnamed })).toBe('CRYPTOGRAPHIC_SECURITY_ERROR');
    const back = { ...derived.document, awardedDate: foreignBadge()['awardedDate'] ?? null };
    expect(await codeOf(derived, { document: back })).toBe('CRYPTOGRAPHIC_SECURITY_ERROR');
  });

  it('does not hold with parts of another credential of the same issuer', async () => {
    const base = await signSelectively(foreignBadge());
    const derived = await deriveFrom(base, ['/name']);
    const other = await deriveFrom(await signSelectively({ ...foreignBadge(), name: 'Doctorat' }), ['/name']);
    const mixed = { ...derived.document, name: 'Doctorat' };
    expect(await codeOf(derived, { document: mixed })).toBe('CRYPTOGRAPHIC_SECURITY_ERROR');
    expect(
      await codeOf(derived, {
        document: mixed,
        proof: { ...derived.proof, proofValue: other.proof['proofValue'] ?? null },
      }),
    ).toBe('CRYPTOGRAPHIC_SECURITY_ERROR');
  });
});
