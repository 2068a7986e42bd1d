import jsqr from 'jsqr';
import { PNG } from 'pngjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeStatus } from '../../src/issuing/change-status.js';
import { qrPng } from '../../src/media/qr.js';
import { isJsonObject, type JsonObject } from '../../src/ports/json.js';
import { createWalletDesk } from '../../src/sharing/wallet-desk.js';
import { createStranger, type Stranger } from '../http/vc-api-holder.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { PUBLIC_URL } from '../support/house.js';
import { bodyOf, openWalletHouse, type WalletHouse } from '../support/wallets.js';

const MINUTE = 60_000;
const DOMAIN = 'badges.example.org';

/** What a wallet presents: itself, and no credential. */
const bare = (holder: string): JsonObject => ({
  '@context': ['https://www.w3.org/ns/credentials/v2', 'https://w3id.org/security/suites/ed25519-2020/v1'],
  type: ['VerifiablePresentation'],
  holder,
});

describe('a badge taken in an exchange of the VC-API', () => {
  let at: WalletHouse;
  let wallet: Stranger;

  beforeEach(async () => {
    at = await openWalletHouse(({ issuing }) =>
      createWalletDesk(issuing, async () => Promise.reject(new Error('the served app verifies'))),
    );
    wallet = await createStranger('Ed25519Signature2020');
  });
  afterEach(() => at.close());

  const pathOf = (url: string) => url.slice(PUBLIC_URL.length);
  const exchange = async () => pathOf((await at.exchangeOffer()).links.exchangeUrl);
  const asked = async (path: string) => {
    const { verifiablePresentationRequest: request } = await bodyOf(await at.postJson(path, {}));
    return ensureDefined(isJsonObject(request) ? request : undefined);
  };
  const present = async (path: string, by: Stranger = wallet) => {
    const { challenge } = await asked(path);
    return by.present(bare(by.did), { challenge: String(challenge), domain: DOMAIN });
  };
  const typeOf = async (response: Response) => {
    const { type, problemDetails } = await bodyOf(response);
    const [first] = Array.isArray(problemDetails) ? problemDetails : [];
    const told = isJsonObject(first) ? first['type'] : type;
    return [response.status, String(told).split(/[#:/]/).at(-1)];
  };

  it.each(['Ed25519Signature2020', 'eddsa-rdfc-2022'] as const)(
    'goes to a wallet of @digitalbazaar/vc that signs with %s: interaction, request, presentation, badge',
    async (suite) => {
      const own = await createStranger(suite);
      const before = await at.served();
      const { links } = await at.exchangeOffer();
      const interaction = await at.send(pathOf(links.interactionUrl), { headers: { Accept: 'application/json' } });
      expect(await bodyOf(interaction)).toEqual({ protocols: { vcapi: links.exchangeUrl } });
      const path = pathOf(links.exchangeUrl);
      const request = await asked(path);
      expect(request).toMatchObject({ domain: DOMAIN, query: [{ type: 'DIDAuthentication' }] });
      expect(String(request['challenge'])).toMatch(/^[A-Za-z0-9_-]{43}$/);
      const response = await at.postJson(path, { verifiablePresentation: await present(path, own) });
      expect(response.status).toBe(200);
      const { verifiablePresentation } = await bodyOf(response);
      const held = isJsonObject(verifiablePresentation) ? verifiablePresentation['verifiableCredential'] : undefined;
      const [badge] = Array.isArray(held) ? held : [];
      expect(badge).toMatchObject({
        id: before['id'],
        credentialStatus: before['credentialStatus'],
        credentialSubject: { id: own.did },
      });
      expect(await at.served()).toEqual(badge);
      expect(await bodyOf(await at.postJson('/verify', badge))).toMatchObject({ verified: true, warnings: [] });
      expect((await at.send(`/credentials/${at.badge}.jwt`)).status).toBe(200);
    },
  );

  it('begins in Learner Credential Wallet by its link, whose QR code another decoder reads', async () => {
    const { links } = await at.exchangeOffer();
    const url = new URL(links.learnerWalletUrl);
    expect(`${url.origin}${url.pathname}`).toBe('https://lcw.app/request');
    expect([...url.searchParams.keys()]).toEqual(['request']);
    expect(JSON.parse(ensureDefined(url.searchParams.get('request')))).toEqual({
      credentialRequestOrigin: PUBLIC_URL,
      protocols: { vcapi: links.exchangeUrl },
    });
    expect(links.interactionUrl).toMatch(/\/interactions\/[A-Za-z0-9_-]{43}\?iuv=1$/);
    const { data, width, height } = PNG.sync.read(Buffer.from(await qrPng(links.learnerWalletUrl)));
    expect(jsqr.default(new Uint8ClampedArray(data), width, height)?.data).toBe(links.learnerWalletUrl);
  });

  it('L3 L11 looking and asking change nothing and may be repeated; an empty body asks as well as {}', async () => {
    const { links } = await at.exchangeOffer();
    const path = pathOf(links.exchangeUrl);
    const first = await asked(path);
    for (let again = 0; again < 3; again += 1) {
      await at.send(pathOf(links.interactionUrl));
      expect(await asked(path)).toEqual(first);
    }
    const empty = await at.send(path, { method: 'POST' });
    expect((await bodyOf(empty))['verifiablePresentationRequest']).toEqual(first);
    expect(empty.headers.get('Cache-Control')).toBe('no-store');
    expect(await at.versions()).toBe(1);
    expect((await at.postJson(path, { verifiablePresentation: await present(path) })).status).toBe(200);
  });

  it('L11 the last step played again is 409, also by another wallet, and so is every other step after it', async () => {
    const { links } = await at.exchangeOffer();
    const path = pathOf(links.exchangeUrl);
    const presentation = await present(path);
    const other = await present(path, await createStranger());
    expect((await at.postJson(path, { verifiablePresentation: presentation })).status).toBe(200);
    for (const again of [presentation, other]) {
      expect(await typeOf(await at.postJson(path, { verifiablePresentation: again }))).toEqual([
        409,
        'wallet-offer-used',
      ]);
    }
    expect((await at.postJson(path, {})).status).toBe(409);
    expect((await at.send(pathOf(links.interactionUrl))).status).toBe(409);
    expect(await at.versions()).toBe(2);
  });

  it('L11 of twenty wallets that answer at once one gets the badge, in one new version', async () => {
    const path = await exchange();
    const presentations = await Promise.all(
      Array.from({ length: 20 }, async () => present(path, await createStranger('Ed25519Signature2020'))),
    );
    const answers = await Promise.all(
      presentations.map((verifiablePresentation) => at.postJson(path, { verifiablePresentation })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(409)]);
    expect(await at.versions()).toBe(2);
  });

  it('L11 another challenge, another domain, another exchange’s challenge or none are not proven', async () => {
    const other = await exchange();
    const foreign = String((await asked(other))['challenge']);
    const path = await exchange();
    const challenge = String((await asked(path))['challenge']);
    const signed = (over: { readonly challenge: string; readonly domain?: string }) =>
      wallet.present(bare(wallet.did), over);
    const cases: [JsonObject, string][] = [
      [await signed({ challenge: 'guessed', domain: DOMAIN }), 'INVALID_CHALLENGE_ERROR'],
      [await signed({ challenge: foreign, domain: DOMAIN }), 'INVALID_CHALLENGE_ERROR'],
      [await signed({ challenge, domain: 'evil.example' }), 'INVALID_DOMAIN_ERROR'],
      [await signed({ challenge }), 'INVALID_DOMAIN_ERROR'],
    ];
    for (const [verifiablePresentation, type] of cases) {
      expect(await typeOf(await at.postJson(path, { verifiablePresentation }))).toEqual([400, type]);
    }
    // Beaten back, it is still open for who does it right.
    expect((await at.postJson(path, { verifiablePresentation: await present(path) })).status).toBe(200);
  });

  it('L11 a presentation altered, unsigned, or signed with somebody else’s key is not proven', async () => {
    const path = await exchange();
    const presentation = await present(path);
    const mallory = await createStranger('Ed25519Signature2020');
    const { proof, ...unsigned } = presentation;
    const cases = [
      { ...presentation, holder: mallory.did },
      { ...presentation, id: 'urn:uuid:0b0e6e6c-5d0a-4a3e-8a53-0c2f8d9e6d11' },
      await mallory.present(bare(wallet.did), { challenge: String((await asked(path))['challenge']), domain: DOMAIN }),
    ];
    for (const verifiablePresentation of cases) {
      const response = await at.postJson(path, { verifiablePresentation });
      expect(response.status).toBe(400);
      expect(await bodyOf(response)).toMatchObject({ verified: false });
    }
    expect(proof).toBeDefined();
    expect((await at.postJson(path, { verifiablePresentation: unsigned })).status).toBe(400);
    expect(await at.versions()).toBe(1);
  });

  it('L11 what fits no step is refused: credentials in it, a DID to fetch, more members, a megabyte', async () => {
    const path = await exchange();
    const presentation = await present(path);
    const misfits = [
      { verifiablePresentation: { ...presentation, verifiableCredential: [await at.served()] } },
      { verifiablePresentation: { ...presentation, holder: 'did:web:evil.example' } },
      { verifiablePresentation: 'text' },
      { verifiablePresentation: presentation, variables: { credential: 'other' } },
      { step: 'deliver' },
    ];
    for (const message of misfits) {
      expect(await typeOf(await at.postJson(path, message))).toEqual([400, 'wallet-message-malformed']);
    }
    expect((await at.postJson(path, '{"verifiablePresentation":')).status).toBe(400);
    const huge = { verifiablePresentation: { ...presentation, name: 'x'.repeat(1024 * 1024) } };
    expect((await at.postJson(path, huge)).status).toBe(413);
    expect(await at.versions()).toBe(1);
  });

  it('L4 an exchange ends after fifteen minutes, or when a newer offer is made: 410', async () => {
    const first = await exchange();
    const path = await exchange();
    expect((await at.postJson(first, {})).status).toBe(410);
    at.clock.advance(14 * MINUTE);
    const presentation = await present(path);
    at.clock.advance(MINUTE);
    expect(await typeOf(await at.postJson(path, { verifiablePresentation: presentation }))).toEqual([
      410,
      'wallet-offer-ended',
    ]);
    expect(await at.versions()).toBe(1);
  });

  it('L4 a badge revoked meanwhile is not delivered', async () => {
    const path = await exchange();
    const presentation = await present(path);
    await changeStatus(at.house.issuing, { credential: at.badge, change: 'revoked', reason: 'test', actor: 'test' });
    expect(await typeOf(await at.postJson(path, { verifiablePresentation: presentation }))).toEqual([
      409,
      'wallet-badge-refused',
    ]);
    expect(await at.versions()).toBe(1);
  });

  it('sent again to the same wallet it is the same version; to another, the older copy says newer-version', async () => {
    const first = await exchange();
    await at.postJson(first, { verifiablePresentation: await present(first) });
    const older = await at.served();
    const same = await exchange();
    expect((await at.postJson(same, { verifiablePresentation: await present(same) })).status).toBe(200);
    expect(await at.versions()).toBe(2);
    const other = await exchange();
    await at.postJson(other, { verifiablePresentation: await present(other, await createStranger()) });
    expect(await at.versions()).toBe(3);
    const report = await bodyOf(await at.postJson('/verify', older));
    expect(report).toMatchObject({ verified: true });
    expect(JSON.stringify(report['warnings'])).toContain('newer-version');
  });
});
