import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/ports/json.js';
import type { SecuredDocument } from '../../src/ports/resolver.js';
import {
  CREATED,
  check,
  controllerDocument,
  fullBadge,
  INDEX,
  ISSUER,
  LIST_URL,
  listAt,
  sign,
  unsignedList,
  verify,
  type World,
} from './house.js';
import { compactJws } from './inputs/reading.js';
import { type JwtKey, KEYS, signJwt } from './jwt/keys.js';

const HOST = 'did:web:badges.univ.example';
const HEADER = { typ: 'vc+jwt', kid: `${ISSUER}#jwt` };

/** The document of an issuer that also signs lists with a key for tokens. */
function publishedWith(key: JwtKey, did = ISSUER): JsonObject {
  const document = controllerDocument(did);
  const method = { id: `${did}#jwt`, type: 'JsonWebKey', controller: did, publicKeyJwk: key.jwk };
  return { ...document, assertionMethod: [...listAt(document, 'assertionMethod'), method] };
}

const controllers = { [ISSUER]: publishedWith(KEYS.ES256) };

async function statusWith(list: SecuredDocument, world: World = {}): Promise<string> {
  const report = await verify(await sign(fullBadge()), {
    world: { controllers, lists: { [LIST_URL]: list }, ...world },
  });
  return `${report.outcome} ${check(report, 'status').code}`;
}

describe('a status list with a JWS around it', () => {
  it('passes where the bit is clear, and revokes where it is set', async () => {
    expect(await statusWith(signJwt(KEYS.ES256, HEADER, await unsignedList()))).toBe('valid null');
    expect(await statusWith(signJwt(KEYS.ES256, HEADER, await unsignedList([INDEX])))).toBe('invalid revoked');
  });

  it('V49: is not believed when it was altered, is signed with another key or by nobody, or has ended', async () => {
    const [header, , signature] = signJwt(KEYS.ES256, HEADER, await unsignedList([INDEX])).split('.');
    const payload = Buffer.from(JSON.stringify(await unsignedList())).toString('base64url');
    const lists = {
      altered: `${header}.${payload}.${signature}`,
      'signed with another key': signJwt(KEYS.ES384, HEADER, await unsignedList()),
      'signed with a key nobody published': signJwt(
        KEYS.ES256,
        { ...HEADER, kid: `${ISSUER}#other` },
        await unsignedList(),
      ),
      ended: signJwt(KEYS.ES256, HEADER, { ...(await unsignedList()), exp: CREATED / 1000 - 1 }),
      unsecured: compactJws({ ...HEADER, alg: 'none' }, await unsignedList(), ''),
    };
    for (const [name, list] of Object.entries(lists)) {
      expect([name, await statusWith(list)]).toEqual([name, 'invalid status-list-not-trusted']);
    }
  });

  it('V49: of another issuer needs the keys of that issuer, and warns', async () => {
    const list = signJwt(KEYS.ES256, { kid: `${HOST}#jwt` }, { ...(await unsignedList()), issuer: HOST });
    expect(await statusWith(list)).toBe('indeterminate status-list-issuer-unknown');
    const published = (key: (typeof KEYS)['ES256' | 'EdDSA']) => ({
      controllers: { ...controllers, [HOST]: publishedWith(key, HOST) },
    });
    expect(await statusWith(list, published(KEYS.ES256))).toBe('valid null');
    expect(await statusWith(list, published(KEYS.EdDSA))).toBe('invalid status-list-not-trusted');
  });

  it('V47: does not stand in for a revocation list of the kind before, which has no such form', async () => {
    const url = 'https://badges.univ.example/revocations';
    const badge = await sign({ ...fullBadge(), credentialStatus: { id: url, type: '1EdTechRevocationList' } });
    const list = signJwt(KEYS.ES256, HEADER, { id: url, revokedCredential: [] });
    const report = await verify(badge, { world: { lists: { [url]: list } } });
    expect(check(report, 'status')).toEqual({ state: 'unknown', code: 'status-list-unreadable' });
  });
});
