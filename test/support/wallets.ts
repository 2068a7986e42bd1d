import { exportJWK, generateKeyPair, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';
import type { House } from '../../src/compose.js';
import type { JsonObject } from '../../src/ports/json.js';
import type { Holder } from '../../src/sharing/context.js';
import { holderOf } from '../../src/sharing/queue-mail.js';
import type { CodeOffer, ExchangeOffer, WalletDesk } from '../../src/sharing/wallet-desk.js';
import { ensureDefined } from './ensure-defined.js';
import { issueSample, openTestHouse, PUBLIC_URL, removeFolder, temporaryFolder } from './house.js';
import { createTestClock, type TestClock } from './test-clock.js';

export const PRE_AUTHORIZED_CODE = 'urn:ietf:params:oauth:grant-type:pre-authorized_code';

/** A real house with badges, asked through the served app as wallets ask it. */
export interface WalletHouse {
  readonly folder: string;
  readonly house: House;
  readonly clock: TestClock;
  /** Public id of a badge, and whose it is. */
  readonly badge: string;
  readonly holder: Holder;
  /** A badge of somebody else. */
  readonly otherBadge: string;
  /** An offer of the badge, or of another one. Fails where none is made, with the reason. */
  offer(channel: CodeOffer['channel'], id?: string): Promise<CodeOffer>;
  exchangeOffer(): Promise<ExchangeOffer>;
  send(path: string, init?: RequestInit): Promise<Response>;
  postJson(path: string, body: unknown, token?: string): Promise<Response>;
  postForm(path: string, form: Record<string, string>): Promise<Response>;
  /** The badge as served to everybody. */
  served(id?: string): Promise<JsonObject>;
  /** How many versions of the badge were signed. */
  versions(): Promise<number>;
  close(): Promise<void>;
}

/** @param desk puts the offers; the served app has its own over the same store. */
export async function openWalletHouse(desk: (house: House) => WalletDesk): Promise<WalletHouse> {
  const folder = await temporaryFolder();
  const clock = createTestClock();
  const house = await openTestHouse(folder, { SCEAU_RATE_VERIFY: '0' }, { clock });
  const { rows } = await issueSample(house, 'ecstra');
  const [badge, otherBadge] = rows.flatMap(({ credentialId }) => credentialId ?? []).map(ensureDefined);
  const id = ensureDefined(badge);
  const holder = await holderOf(house.issuing, id);
  const wallets = desk(house);
  const send = async (path: string, init?: RequestInit) => house.app.request(path, init);
  return {
    folder,
    house,
    clock,
    badge: id,
    holder,
    otherBadge: ensureDefined(otherBadge),
    async offer(channel, wanted = id) {
      const made = await wallets.offer(holder, { id: wanted, channel });
      if (typeof made === 'object' && made.channel !== 'exchange') return made;
      throw new Error(`no offer: ${JSON.stringify(made)}`);
    },
    async exchangeOffer() {
      const made = await wallets.offer(holder, { id, channel: 'exchange' });
      if (typeof made === 'object' && made.channel === 'exchange') return made;
      throw new Error(`no offer: ${JSON.stringify(made)}`);
    },
    send,
    postJson: (path, body, token) =>
      send(path, {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: {
          'Content-Type': 'application/json',
          ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        },
      }),
    postForm: (path, form) => send(path, { method: 'POST', body: new URLSearchParams(form) }),
    async served(wanted = id) {
      return (await (await send(`/credentials/${wanted}`)).json()) as JsonObject;
    },
    async versions() {
      const entry = ensureDefined(await house.issuing.store.ledger.credential(id));
      return entry.versions.filter(({ state }) => state === 'issued').length;
    },
    async close() {
      await house.close();
      await removeFolder(folder);
    },
  };
}

/** A wallet's key, and proofs made with it. */
export interface WalletKey {
  readonly jwk: JsonObject;
  /** `did:jwk` of it. */
  readonly did: string;
  readonly privateJwk: JsonObject;
  prove(claims: JWTPayload, header?: Partial<JWTHeaderParameters> & { readonly kid?: string }): Promise<string>;
}

export async function createWalletKey(alg: 'ES256' | 'EdDSA' = 'ES256'): Promise<WalletKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)) } as JsonObject;
  const did = `did:jwk:${Buffer.from(JSON.stringify(jwk)).toString('base64url')}`;
  return {
    jwk,
    did,
    privateJwk: { ...(await exportJWK(privateKey)) } as JsonObject,
    prove: (claims, header) =>
      new SignJWT(claims)
        .setProtectedHeader({
          alg,
          typ: 'openid4vci-proof+jwt',
          ...(header?.kid === undefined && header?.jwk === undefined ? { kid: `${did}#0` } : {}),
          ...header,
        })
        .sign(privateKey),
  };
}

/** What of an offer's links a wallet reads: the secret in them. */
export function codeIn(offer: CodeOffer): string {
  const reference = new URL(offer.links.byReference).searchParams.get('credential_offer_uri') ?? '';
  return reference.slice(`${PUBLIC_URL}/oid4vci/offers/`.length);
}

export async function bodyOf(response: Response): Promise<JsonObject> {
  return (await response.json()) as JsonObject;
}
