import { createHash, randomBytes } from 'node:crypto';
import { clientAuthenticationAnonymous } from '@openid4vc/oauth2';
import { Openid4vciClient, setGlobalConfig } from '@openid4vc/openid4vci';
import { importJWK, jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { House } from '../../src/compose.js';
import type { Listening } from '../../src/http/listen.js';
import type { JsonObject } from '../../src/ports/json.js';
import { readMultibaseKey } from '../../src/proof/jwk.js';
import { startSession } from '../../src/sharing/holder-sessions.js';
import { holderOf } from '../../src/sharing/queue-mail.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { freePort } from '../support/free-port.js';
import { issueSample, openTestHouse, removeFolder, temporaryFolder } from '../support/house.js';
import { bodyOf, createWalletKey } from '../support/wallets.js';

describe('a wallet that is not ours, over a server that listens', () => {
  let folder: string;
  let house: House;
  let listening: Listening;
  let base: string;
  let badge: string;
  let cookie: string;

  beforeEach(async () => {
    folder = await temporaryFolder();
    const port = await freePort();
    base = `http://127.0.0.1:${port}`;
    house = await openTestHouse(folder, { SCEAU_PUBLIC_URL: base, PORT: String(port), HOST: '127.0.0.1' });
    const { rows } = await issueSample(house, 'ecstra');
    badge = ensureDefined(rows.flatMap(({ credentialId }) => credentialId ?? [])[0]);
    cookie = `sceau-holder=${await startSession(house.issuing, await holderOf(house.issuing, badge))}`;
    listening = await house.listen();
  });
  afterEach(async () => {
    await listening.close();
    await house.close();
    await removeFolder(folder);
  });

  /** What the holder sees after pressing a button on their own page. */
  async function offerPage(channel: string): Promise<string> {
    const path = `${base}/holder/badges/${badge}/wallet`;
    const page = await (await fetch(path, { headers: { cookie } })).text();
    const formToken = ensureDefined(/name="formToken" value="([^"]+)"/.exec(page)?.[1]);
    const response = await fetch(path, {
      method: 'POST',
      headers: { cookie, origin: base },
      body: new URLSearchParams({ formToken, channel }),
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    return (await response.text()).replaceAll('&amp;', '&');
  }

  async function receive(link: string, txCode: string, configuration: string) {
    const key = await createWalletKey('ES256');
    // The house is reached by plain http here, which wallets refuse outside of tests.
    setGlobalConfig({ allowInsecureUrls: true });
    const client = new Openid4vciClient({
      callbacks: {
        hash: (data, algorithm) => createHash(algorithm.replace('-', '')).update(data).digest(),
        generateRandom: (length) => randomBytes(length),
        clientAuthentication: clientAuthenticationAnonymous(),
        signJwt: async (_signer, { header, payload }) => ({
          jwt: await key.prove({ ...payload } as never, { ...header } as never),
          signerJwk: { ...key.jwk } as never,
        }),
      },
    });
    const credentialOffer = await client.resolveCredentialOffer(link);
    const issuerMetadata = await client.resolveIssuerMetadata(credentialOffer.credential_issuer);
    const { accessTokenResponse } = await client.retrievePreAuthorizedCodeAccessTokenFromOffer({
      credentialOffer,
      issuerMetadata,
      txCode,
    });
    const { c_nonce: nonce } = await client.requestNonce({ issuerMetadata });
    const { jwt } = await client.createCredentialRequestJwtProof({
      issuerMetadata,
      credentialConfigurationId: configuration,
      nonce,
      signer: { method: 'did', didUrl: `${key.did}#0`, alg: 'ES256' },
    });
    const { credentialResponse } = await client.retrieveCredentials({
      issuerMetadata,
      credentialConfigurationId: configuration,
      accessToken: accessTokenResponse.access_token,
      proofs: { jwt: [jwt] },
    });
    const [first] = credentialResponse.credentials ?? [];
    return { key, issuerMetadata, credential: (first as JsonObject | undefined)?.['credential'] };
  }

  it('scans the offer by reference, types the code, and holds the badge with embedded proofs', async () => {
    const page = await offerPage('ldp_vc');
    const link = ensureDefined(/openid-credential-offer:\/\/\?credential_offer_uri=[^"<\s]+/.exec(page)?.[0]);
    const txCode = ensureDefined(/<code class="address wallet-code">(\d{6})<\/code>/.exec(page)?.[1]);
    const { key, issuerMetadata, credential } = await receive(link, txCode, 'EngagementBadge_ldp_vc');
    expect(issuerMetadata.credentialIssuer.credential_issuer).toBe(base);
    expect(Object.keys(issuerMetadata.knownCredentialConfigurations)).toHaveLength(2);
    expect(credential).toMatchObject({ id: `${base}/credentials/${badge}`, credentialSubject: { id: key.did } });
    const report = await fetch(`${base}/verify`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(credential),
    });
    expect(await bodyOf(report)).toMatchObject({ verified: true, credential: { status: 'active' } });
    const holderPage = await (await fetch(`${base}/holder/badges/${badge}?lang=en`, { headers: { cookie } })).text();
    expect(holderPage).toContain('bound to the key of your wallet');
  });

  it('opens the offer by value on the same device, and holds the badge as a JWT of the issuer’s P-256 key', async () => {
    const page = await offerPage('jwt_vc_json');
    const link = ensureDefined(/openid-credential-offer:\/\/\?credential_offer=[^"<\s]+/.exec(page)?.[0]);
    const txCode = ensureDefined(/<code class="address wallet-code">(\d{6})<\/code>/.exec(page)?.[1]);
    const { key, credential } = await receive(link, txCode, 'EngagementBadge_jwt_vc_json');
    const keys = await house.issuing.store.ledger.keys((await holderOf(house.issuing, badge)).issuer);
    const p256 = ensureDefined(keys.find(({ algorithm }) => algorithm === 'ES256'));
    const reading = readMultibaseKey(p256.publicKeyMultibase);
    const publicKey = await importJWK(reading.ok ? { ...reading.key.publicKeyJwk } : {}, 'ES256');
    // Signed anew within a second of the first time, a badge is valid from the next one on.
    const { payload } = await jwtVerify(String(credential), publicKey, { algorithms: ['ES256'], clockTolerance: 5 });
    expect(payload).toMatchObject({ sub: key.did, jti: `${base}/credentials/${badge}` });
    const served = await fetch(`${base}/credentials/${badge}.jwt`);
    expect(served.status).toBe(200);
  });

  it('L6 is told invalid_grant for a wrong code, and may try again', async () => {
    const page = await offerPage('ldp_vc');
    const link = ensureDefined(/openid-credential-offer:\/\/\?credential_offer_uri=[^"<\s]+/.exec(page)?.[0]);
    const txCode = ensureDefined(/<code class="address wallet-code">(\d{6})<\/code>/.exec(page)?.[1]);
    const wrong = txCode === '000000' ? '000001' : '000000';
    await expect(receive(link, wrong, 'EngagementBadge_ldp_vc')).rejects.toMatchObject({
      errorResponse: { error: 'invalid_grant' },
    });
    const { key, credential } = await receive(link, txCode, 'EngagementBadge_ldp_vc');
    expect(credential).toMatchObject({ credentialSubject: { id: key.did } });
  });

  it('is answered from any origin, and the secret is in no address the holder’s page leads to', async () => {
    const preflight = await fetch(`${base}/oid4vci/credential`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://wallet.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });
    expect(preflight.headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(preflight.headers.get('Access-Control-Allow-Headers')).toContain('authorization');
    const page = await offerPage('ldp_vc');
    const ownLinks = [...page.matchAll(/(?:href|action)="(\/[^"]*)"/g)].map((match) => match[1]);
    expect(ownLinks.join('\n')).not.toMatch(/oid4vci|[A-Za-z0-9_-]{43}/);
  });
});
