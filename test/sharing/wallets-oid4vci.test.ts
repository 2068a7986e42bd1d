import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeStatus } from '../../src/issuing/change-status.js';
import { eraseStudent } from '../../src/issuing/erase-student.js';
import { isJsonObject, type JsonObject } from '../../src/ports/json.js';
import { sweep } from '../../src/sharing/sweep.js';
import { createWalletDesk } from '../../src/sharing/wallet-desk.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { PUBLIC_URL } from '../support/house.js';
import {
  bodyOf,
  codeIn,
  createWalletKey,
  openWalletHouse,
  PRE_AUTHORIZED_CODE,
  type WalletHouse,
  type WalletKey,
} from '../support/wallets.js';

const MINUTE = 60_000;
const LDP = 'EngagementBadge_ldp_vc';
const JWT = 'EngagementBadge_jwt_vc_json';

describe('a badge offered by OpenID4VCI', () => {
  let at: WalletHouse;
  let key: WalletKey;

  beforeEach(async () => {
    at = await openWalletHouse(({ issuing }) =>
      createWalletDesk(issuing, async () => Promise.reject(new Error('unused'))),
    );
    key = await createWalletKey();
  });
  afterEach(() => at.close());

  const token = (code: string, txCode?: string) =>
    at.postForm('/oid4vci/token', {
      grant_type: PRE_AUTHORIZED_CODE,
      'pre-authorized_code': code,
      ...(txCode === undefined ? {} : { tx_code: txCode }),
    });
  const nonce = async () => String((await bodyOf(await at.send('/oid4vci/nonce', { method: 'POST' })))['c_nonce']);
  const seconds = () => Math.floor(at.clock.now() / 1000);
  const claims = async () => ({ aud: PUBLIC_URL, iat: seconds(), nonce: await nonce() });
  const ask = (accessToken: string, proof: string, more: JsonObject = {}) =>
    at.postJson(
      '/oid4vci/credential',
      { credential_configuration_id: LDP, proofs: { jwt: [proof] }, ...more },
      accessToken,
    );
  const accessToken = async (channel: 'ldp_vc' | 'jwt_vc_json' = 'ldp_vc') => {
    const made = await at.offer(channel);
    return String((await bodyOf(await token(codeIn(made), made.transactionCode)))['access_token']);
  };
  const errorOf = async (response: Response) => [response.status, (await bodyOf(response))['error']];
  const wrong = (code: string) => (code === '000000' ? '000001' : '000000');
  const badgeIn = async (response: Response) => {
    const { credentials } = await bodyOf(response);
    const [first] = Array.isArray(credentials) ? credentials : [];
    return isJsonObject(first) ? ensureDefined(first['credential']) : null;
  };

  it('arrives bound to the wallet’s key, under the same id and status entry, and replaces the one before', async () => {
    const before = await at.served();
    expect((await at.send(`/credentials/${at.badge}.jwt`)).status).toBe(406);
    const response = await ask(await accessToken(), await key.prove(await claims()));
    expect(response.status).toBe(200);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    const badge = await badgeIn(response);
    expect(badge).toMatchObject({ id: before['id'], credentialStatus: before['credentialStatus'] });
    expect(badge).toMatchObject({ credentialSubject: { id: key.did } });
    expect(await at.served()).toEqual(badge);
    expect(await at.versions()).toBe(2);
    expect((await at.send(`/credentials/${at.badge}.jwt`)).status).toBe(200);
    const older = await bodyOf(await at.postJson('/verify', before));
    expect(older).toMatchObject({ verified: true });
    expect(JSON.stringify(older['warnings'])).toContain('newer-version');
    expect(await bodyOf(await at.postJson('/verify', badge))).toMatchObject({ verified: true, warnings: [] });
  });

  it('arrives as a JWT signed with ES256 when that was offered', async () => {
    const response = await ask(await accessToken('jwt_vc_json'), await key.prove(await claims()), {
      credential_configuration_id: JWT,
    });
    const badge = String(await badgeIn(response));
    const [header = '', payload = ''] = badge.split('.');
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toMatchObject({ alg: 'ES256' });
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({ sub: key.did });
  });

  it('takes an Ed25519 key as did:key, and a bare jwk as did:jwk', async () => {
    const bare = await ask(await accessToken(), await key.prove(await claims(), { jwk: key.jwk as never }));
    expect(await badgeIn(bare)).toMatchObject({ credentialSubject: { id: expect.stringMatching(/^did:jwk:/) } });
    const ed = await createWalletKey('EdDSA');
    const prefixed = Buffer.concat([Buffer.of(0xed, 0x01), Buffer.from(String(ed.jwk['x']), 'base64url')]);
    const did = `did:key:${multibase(prefixed)}`;
    const proof = await ed.prove(await claims(), { kid: `${did}#${did.slice('did:key:'.length)}` });
    expect(await badgeIn(await ask(await accessToken(), proof))).toMatchObject({ credentialSubject: { id: did } });
  });

  it('L1 offers, codes and tokens nobody made are unknown, whatever they look like', async () => {
    for (const guess of ['1', 'a'.repeat(43), '00000000-0000-1000-8000-000000000000', at.badge]) {
      expect(await errorOf(await at.send(`/oid4vci/offers/${guess}`))).toEqual([404, 'invalid_request']);
      expect(await errorOf(await token(guess, '123456'))).toEqual([400, 'invalid_grant']);
      expect(await errorOf(await ask(guess, await key.prove(await claims())))).toEqual([401, 'invalid_token']);
      expect((await at.send(`/interactions/${guess}?iuv=1`)).status).toBe(404);
    }
  });

  it('L3 reading the offer uses nothing up, and is kept by no cache', async () => {
    const made = await at.offer('ldp_vc');
    for (let read = 0; read < 3; read += 1) {
      const response = await at.send(`/oid4vci/offers/${codeIn(made)}`);
      expect(response.headers.get('Cache-Control')).toBe('no-store');
      expect(await bodyOf(response)).toMatchObject({ credential_issuer: PUBLIC_URL });
    }
    expect((await token(codeIn(made), made.transactionCode)).status).toBe(200);
  });

  it('L4 L5 a code works once, and not after ten minutes; its offer says that it ended', async () => {
    const made = await at.offer('ldp_vc');
    expect((await token(codeIn(made), made.transactionCode)).status).toBe(200);
    expect(await errorOf(await token(codeIn(made), made.transactionCode))).toEqual([400, 'invalid_grant']);
    expect((await at.send(`/oid4vci/offers/${codeIn(made)}`)).status).toBe(410);
    const late = await at.offer('ldp_vc');
    at.clock.advance(10 * MINUTE);
    expect(await errorOf(await token(codeIn(late), late.transactionCode))).toEqual([400, 'invalid_grant']);
    expect((await at.send(`/oid4vci/offers/${codeIn(late)}`)).status).toBe(410);
  });

  it('L5 of twenty wallets that redeem a code at once one gets a token, and of twenty requests one gets the badge', async () => {
    const made = await at.offer('ldp_vc');
    const answers = await Promise.all(Array.from({ length: 20 }, () => token(codeIn(made), made.transactionCode)));
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    const lost = await Promise.all(answers.filter(({ status }) => status !== 200).map(errorOf));
    expect(lost).toEqual(Array(19).fill([400, 'invalid_grant']));
    const bearer = String((await bodyOf(ensureDefined(won[0])))['access_token']);
    const proofs = await Promise.all(
      Array.from({ length: 20 }, async () => (await createWalletKey()).prove(await claims())),
    );
    const statuses = (await Promise.all(proofs.map((proof) => ask(bearer, proof)))).map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array(19).fill(401)]);
    expect(await at.versions()).toBe(2);
  });

  it('L6 a wrong code is invalid_grant each time and burns nothing at first; after the fifth the right one is dead too', async () => {
    const made = await at.offer('ldp_vc');
    expect(await errorOf(await token(codeIn(made), wrong(made.transactionCode)))).toEqual([400, 'invalid_grant']);
    expect((await token(codeIn(made), made.transactionCode)).status).toBe(200);
    const locked = await at.offer('ldp_vc');
    for (let tries = 0; tries < 5; tries += 1) {
      expect(await errorOf(await token(codeIn(locked), wrong(locked.transactionCode)))).toEqual([400, 'invalid_grant']);
    }
    expect(await errorOf(await token(codeIn(locked), locked.transactionCode))).toEqual([400, 'invalid_grant']);
    expect((await at.send(`/oid4vci/offers/${codeIn(locked)}`)).status).toBe(410);
    expect(await at.versions()).toBe(1);
  });

  it('L6 those who guess side by side have five tries together', async () => {
    const made = await at.offer('ldp_vc');
    const guesses = Array.from({ length: 12 }, () => token(codeIn(made), wrong(made.transactionCode)));
    expect((await Promise.all(guesses)).every(({ status }) => status === 400)).toBe(true);
    expect(await at.house.issuing.store.log.list(at.holder.issuer, 'wallet-tries')).toHaveLength(5);
    expect(await errorOf(await token(codeIn(made), made.transactionCode))).toEqual([400, 'invalid_grant']);
  });

  it('R1 the token endpoint takes twenty requests a minute of an address, then asks to wait', async () => {
    const statuses: number[] = [];
    for (let asked = 0; asked < 21; asked += 1) statuses.push((await token('a'.repeat(43), '1')).status);
    expect(statuses).toEqual([...Array(20).fill(400), 429]);
    const response = await token('a'.repeat(43), '1');
    expect(Number(response.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect((await bodyOf(response))['error']).toBe('temporarily_unavailable');
  });

  it('L7 a proof without a fresh nonce of ours is invalid_nonce', async () => {
    const bearer = await accessToken();
    const old = await nonce();
    at.clock.advance(3 * MINUTE);
    const used = await nonce();
    await ask(await accessToken(), await key.prove({ aud: PUBLIC_URL, iat: seconds(), nonce: used }));
    const again = await accessToken();
    const forged = Buffer.from(await nonce(), 'base64url');
    forged[8] = (forged[8] ?? 0) ^ 1;
    const base = { aud: PUBLIC_URL, iat: seconds() };
    const cases = [
      base,
      { ...base, nonce: 'x' },
      { ...base, nonce: used },
      { ...base, nonce: forged.toString('base64url') },
    ];
    for (const claimed of cases) {
      expect(await errorOf(await ask(again, await key.prove(claimed)))).toEqual([400, 'invalid_nonce']);
    }
    at.clock.advance(3 * MINUTE);
    expect(await errorOf(await ask(bearer, await key.prove({ ...base, iat: seconds(), nonce: old })))).toEqual([
      401,
      'invalid_token',
    ]);
    expect(await errorOf(await ask(again, await key.prove({ ...base, iat: seconds(), nonce: old })))).toEqual([
      400,
      'invalid_nonce',
    ]);
    expect((await ask(again, await key.prove(await claims()))).status).toBe(200);
  });

  it('L7 a proof that shows no key, too many, a private one, or was made for something else is invalid_proof', async () => {
    const bearer = await accessToken();
    const good = await claims();
    const [head, body, signature] = (await key.prove(good)).split('.');
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const other = await createWalletKey();
    const kid = `${key.did}#0`;
    const proofs = {
      'wrong aud': await key.prove({ ...good, aud: 'https://other.example' }),
      'wrong typ': await key.prove(good, { typ: 'JWT' }),
      'no typ': `${part({ alg: 'ES256', kid })}.${body}.${signature}`,
      'alg none': `${part({ alg: 'none', typ: 'openid4vci-proof+jwt', kid })}.${body}.`,
      'symmetric alg': `${part({ alg: 'HS256', typ: 'openid4vci-proof+jwt', kid })}.${body}.${signature}`,
      'private jwk': await key.prove(good, { jwk: key.privateJwk as never }),
      'kid and jwk': await key.prove(good, { kid, jwk: key.jwk as never }),
      'neither kid nor jwk': `${part({ alg: 'ES256', typ: 'openid4vci-proof+jwt' })}.${body}.${signature}`,
      'somebody else’s key': await key.prove(good, { kid: `${other.did}#0` }),
      'a DID to fetch': await key.prove(good, { kid: 'did:web:wallet.example#0' }),
      'a key that is not the DID’s': await key.prove(good, { kid: `${key.did}#1` }),
      'ten minutes old': await key.prove({ ...good, iat: seconds() - 600 }),
      'from the future': await key.prove({ ...good, iat: seconds() + 600 }),
      'no iat': await key.prove({ aud: good.aud, nonce: good.nonce }),
      'changed payload': `${head}.${part({ ...good, more: 1 })}.${signature}`,
      'no jwt': 'nonsense',
    };
    const two = await key.prove(good);
    for (const proved of [
      {},
      { jwt: [] },
      { jwt: [two, two] },
      { jwt: two },
      { di_vp: [{}] },
      { jwt: [two], di_vp: [{}] },
    ]) {
      expect(await errorOf(await ask(bearer, two, { proofs: proved }))).toEqual([400, 'invalid_proof']);
    }
    const answers = Object.entries(proofs).map(async ([name, proof]) => [
      name,
      await errorOf(await ask(bearer, proof)),
    ]);
    expect(Object.fromEntries(await Promise.all(answers))).toEqual(
      Object.fromEntries(Object.keys(proofs).map((name) => [name, [400, 'invalid_proof']])),
    );
    expect(await at.versions()).toBe(1);
    expect((await ask(bearer, await key.prove(good))).status).toBe(200);
  });

  it('L8 an access token works once, for five minutes, for what was offered', async () => {
    const bearer = await accessToken();
    expect(
      await errorOf(await ask(bearer, await key.prove(await claims()), { credential_configuration_id: JWT })),
    ).toEqual([400, 'invalid_credential_request']);
    const unknown = await ask(bearer, await key.prove(await claims()), { credential_configuration_id: 'Diploma' });
    expect(await errorOf(unknown)).toEqual([400, 'unknown_credential_configuration']);
    expect((await ask(bearer, await key.prove(await claims()))).status).toBe(200);
    const again = await ask(bearer, await key.prove(await claims()));
    expect(again.headers.get('WWW-Authenticate')).toContain('invalid_token');
    expect(await errorOf(again)).toEqual([401, 'invalid_token']);
    const late = await accessToken();
    at.clock.advance(5 * MINUTE);
    expect(await errorOf(await ask(late, await key.prove(await claims())))).toEqual([401, 'invalid_token']);
  });

  it('L9 a newer offer of a badge voids the one before; somebody else’s badge is not offered', async () => {
    const first = await at.offer('ldp_vc');
    await at.exchangeOffer();
    expect(await errorOf(await token(codeIn(first), first.transactionCode))).toEqual([400, 'invalid_grant']);
    await expect(at.offer('ldp_vc', at.otherBadge)).rejects.toThrow('no offer');
  });

  it('L10 what a request says of the subject, the type or the claims changes nothing', async () => {
    const before = await at.served();
    const response = await ask(await accessToken(), await key.prove(await claims()), {
      credentialSubject: { id: 'did:example:mallory', achievement: { name: 'PhD' } },
      credential_definition: { type: ['VerifiableCredential', 'Diploma'] },
      claims: [{ path: ['name'] }],
    });
    const badge = await badgeIn(response);
    expect(badge).toMatchObject({ name: before['name'], type: before['type'] });
    expect(badge).toMatchObject({ credentialSubject: { ...(before['credentialSubject'] as JsonObject), id: key.did } });
    expect(JSON.stringify(badge)).not.toMatch(/mallory|PhD/);
  });

  it('a badge revoked meanwhile is denied, an erased student’s grants are gone', async () => {
    const revoked = await accessToken();
    await changeStatus(at.house.issuing, { credential: at.badge, change: 'revoked', reason: 'test', actor: 'test' });
    const denied = await ask(revoked, await key.prove(await claims()));
    expect(await errorOf(denied)).toEqual([400, 'credential_request_denied']);
    await expect(at.offer('ldp_vc')).rejects.toThrow('not-active');
    await eraseStudent(at.house.issuing, { ...at.holder, actor: 'test' });
    expect(await errorOf(await ask(revoked, await key.prove(await claims())))).toEqual([401, 'invalid_token']);
    for (const topic of [
      'wallet-offers',
      'wallet-latest',
      'wallet-tries',
      'wallet-tokens',
      'wallet-uses',
      'wallet-nonces',
    ]) {
      expect(await at.house.issuing.store.log.list(at.holder.issuer, topic)).toEqual([]);
    }
  });

  it('K2 neither code, transaction code nor token lies in the folder, and ended rows are forgotten', async () => {
    const made = await at.offer('ldp_vc');
    const bearer = String((await bodyOf(await token(codeIn(made), made.transactionCode)))['access_token']);
    await ask(bearer, await key.prove(await claims()));
    const entries = await readdir(join(at.folder, 'data', 'log'), { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    const texts = await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'utf8')));
    const all = texts.join('\n');
    expect(all).toContain('"format":"ldp_vc"');
    for (const secret of [codeIn(made), bearer, `"${made.transactionCode}"`]) expect(all).not.toContain(secret);
    at.clock.advance(2 * 86_400_000);
    expect(await sweep(at.house.issuing)).toBeGreaterThanOrEqual(5);
  });

  it('errors under /oid4vci/ are OAuth’s JSON whatever is wrong, never a problem document', async () => {
    const answers = [
      await at.send('/oid4vci/token'),
      await at.send('/oid4vci/nothing'),
      await at.postJson('/oid4vci/token', { grant_type: PRE_AUTHORIZED_CODE }),
      await at.postForm('/oid4vci/token', { grant_type: 'authorization_code', code: 'x' }),
      await at.send('/oid4vci/token', {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: 'grant_type=a&grant_type=b',
      }),
      await at.postJson('/oid4vci/credential', '{"a":'),
      await at.postForm('/oid4vci/token', { grant_type: 'x'.repeat(70_000) }),
    ];
    expect(await Promise.all(answers.map(errorOf))).toEqual([
      [400, 'invalid_request'],
      [400, 'invalid_request'],
      [400, 'invalid_request'],
      [400, 'unsupported_grant_type'],
      [400, 'invalid_request'],
      [400, 'invalid_credential_request'],
      [413, 'invalid_request'],
    ]);
  });
});

/** Base58btc multibase of bytes, by long division: not the house's own encoder. */
function multibase(bytes: Uint8Array): string {
  const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
  let number = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  let text = '';
  for (; number > 0n; number /= 58n) text = (alphabet[Number(number % 58n)] ?? '') + text;
  return `z${text}`;
}
