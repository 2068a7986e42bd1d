import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeDidDocument, resolveDidKey } from '../../src/keys/did-document.js';
import { didWebUrl } from '../../src/keys/did-web.js';
import { generateKeyPair } from '../../src/keys/key-pair.js';
import { canonize } from '../../src/proof/canonize.js';
import { testContexts } from '../support/contexts.js';

const ed25519 = generateKeyPair('Ed25519').publicKeyMultibase;
const p256 = generateKeyPair('ES256').publicKeyMultibase;
const did = 'did:web:badges.univ.example:issuers:univ';

describe('a DID document', () => {
  it('names every key by its own text and lets it assert', () => {
    const keys = [{ publicKeyMultibase: ed25519 }, { publicKeyMultibase: p256 }];
    expect(composeDidDocument({ did, keys, alsoKnownAs: ['https://univ.example'] })).toEqual({
      '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
      id: did,
      alsoKnownAs: ['https://univ.example'],
      verificationMethod: [
        { id: `${did}#${ed25519}`, type: 'Multikey', controller: did, publicKeyMultibase: ed25519 },
        { id: `${did}#${p256}`, type: 'Multikey', controller: did, publicKeyMultibase: p256 },
      ],
      assertionMethod: [`${did}#${ed25519}`, `${did}#${p256}`],
    });
  });

  it('keeps retired keys, so that old badges verify (K4)', () => {
    const entry = { issuer: 'univ', algorithm: 'Ed25519', createdAt: 0 } as const;
    const keys = [
      { ...entry, publicKeyMultibase: ed25519, state: 'retired' } as const,
      { ...entry, publicKeyMultibase: generateKeyPair('Ed25519').publicKeyMultibase, state: 'active' } as const,
    ];
    expect(composeDidDocument({ did, keys })['assertionMethod']).toHaveLength(2);
  });

  it('has every term defined by its contexts', async () => {
    const document = composeDidDocument({
      did,
      keys: [{ publicKeyMultibase: ed25519 }],
      alsoKnownAs: ['https://univ.example'],
    });
    expect(await canonize(document, { contexts: await testContexts() })).toContain(`"${ed25519}"`);
  });

  it('of a did:key is its one key, found again from the DID alone', () => {
    const own = `did:key:${ed25519}`;
    const keys = [{ publicKeyMultibase: ed25519 }, { publicKeyMultibase: p256 }];
    const document = composeDidDocument({ did: own, keys });
    expect(document['assertionMethod']).toEqual([`${own}#${ed25519}`]);
    expect(resolveDidKey(own)).toEqual(document);
    expect(resolveDidKey(`did:key:${p256}`)).toMatchObject({ id: `did:key:${p256}` });
  });

  it('of a did:key with a key not to be trusted does not exist', () => {
    for (const text of [did, 'did:key:', 'did:key:z6Mk', `did:key:${ed25519}#${ed25519}`, `did:key:${ed25519}/x`]) {
      expect(resolveDidKey(text), text).toBeUndefined();
    }
  });
});

describe('did:web', () => {
  it.each([
    ['did:web:univ.example', 'https://univ.example/.well-known/did.json'],
    ['did:web:univ.example:issuers:ecole-42', 'https://univ.example/issuers/ecole-42/did.json'],
    ['did:web:localhost%3A3000', 'https://localhost:3000/.well-known/did.json'],
    ['did:web:localhost%3A3000:issuers:a', 'https://localhost:3000/issuers/a/did.json'],
    ['did:web:xn--universit-y1a.example', 'https://xn--universit-y1a.example/.well-known/did.json'],
  ])('%s lies at %s', (text, url) => {
    expect(didWebUrl(text)).toBe(url);
  });

  it.each([
    'did:web:',
    'did:key:z6Mk',
    'did:web:a@univ.example',
    'did:web:univ.example%2Fevil',
    'did:web:univ.example%40evil.example',
    'did:web:univ.example%3A',
    'did:web:univ.example%3A0443',
    'did:web:univ.example%3A65536',
    'did:web:univ.example%3A443%3A80',
    'did:web:univ.example:',
    'did:web:univ.example::a',
    'did:web:univ.example:..',
    'did:web:univ.example:%2e%2e',
    'did:web:univ.example:.',
    'did:web:univ.example:a%2Fb',
    'did:web:univ.example:a%5Cb',
    'did:web:univ.example:a%00',
    'did:web:univ.example:a%3Fb',
    'did:web:univ.example:a%23b',
    'did:web:univ.example:a%0D%0Ab',
    'did:web:univ.example:%252e%252e',
    'did:web:univ.example:%',
    'did:web:univ.example:a/b',
    'did:web:univ.example:a?b',
    'did:web:univ.example#key',
    'did:web:univ.example/path',
    'did:web:univ\\.example',
    'did:web:-univ.example',
    'did:web:univ..example',
    'did:web:localhost.',
    'did:web:127.0.0.1',
    'did:web:2130706433',
    'did:web:0x7f.1',
    'did:web:[::1]',
    'did:web:univ。example',
    ' did:web:univ.example',
    'did:web:univ.example\n',
    `did:web:${'a.'.repeat(127)}example`,
    `did:web:univ.example:${'a'.repeat(3000)}`,
  ])('%j is refused (S7)', (text) => {
    expect(didWebUrl(text)).toBeUndefined();
  });

  it('never leads anywhere but to https, the host it names, and a did.json', () => {
    const part = fc.string({ maxLength: 12, unit: fc.constantFrom(...'ab.%25eE2fF3A:/@?#\\[]0\u0000é') });
    fc.assert(
      fc.property(part, fc.array(part, { maxLength: 3 }), (host, path) => {
        const url = didWebUrl(['did:web', host, ...path].join(':'));
        if (url === undefined) return;
        const parsed = new URL(url);
        expect(parsed.protocol).toBe('https:');
        expect(parsed.username + parsed.password + parsed.search + parsed.hash).toBe('');
        expect(parsed.pathname).toMatch(/\/did\.json$/);
        expect(parsed.href).toBe(url);
      }),
      { numRuns: 200 },
    );
  });
});
