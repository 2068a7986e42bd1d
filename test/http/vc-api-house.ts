import type { Scope } from '../../src/access/scope.js';
import type { House, HouseOptions } from '../../src/compose.js';
import type { Issuer } from '../../src/credential/issuer.js';
import { ensureIssuer } from '../../src/issuing/issuers.js';
import type { Json, JsonObject } from '../../src/ports/json.js';
import { openTestHouse, removeFolder, temporaryFolder } from '../support/house.js';

export const CREDENTIALS_V2 = 'https://www.w3.org/ns/credentials/v2';
export const CREDENTIALS_V1 = 'https://www.w3.org/2018/credentials/v1';
export const EXAMPLES_V2 = 'https://www.w3.org/ns/credentials/examples/v2';
export const OPEN_BADGES = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';
export const ED25519_2020 = 'https://w3id.org/security/suites/ed25519-2020/v1';

/** A real house with two institutions, and tokens of theirs, asked through the served app. */
export interface ApiHouse {
  readonly folder: string;
  house: House;
  readonly issuer: Issuer;
  readonly other: Issuer;
  /** A new token of one institution, or of the whole house. */
  token(scopes: readonly Scope[], issuer?: Issuer): Promise<string>;
  post(path: string, body: Json, request?: ApiRequest): Promise<Response>;
  close(): Promise<void>;
}

export interface ApiRequest {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export async function openApiHouse(options: HouseOptions = {}, folder?: string): Promise<ApiHouse> {
  const place = folder ?? (await temporaryFolder());
  const house = await openTestHouse(place, { SCEAU_RATE_VERIFY: '0' }, options);
  const { issuer } = await ensureIssuer(house.issuing, { name: 'Université Un', url: 'https://un.example.org' });
  const { issuer: other } = await ensureIssuer(house.issuing, {
    name: 'Université Deux',
    url: 'https://deux.example.org',
  });
  const opened: ApiHouse = {
    folder: place,
    house,
    issuer,
    other,
    async token(scopes, of) {
      const { secret } = await opened.house.tokens.create({
        scopes,
        ...(of === undefined ? {} : { issuer: of.slug }),
      });
      return secret;
    },
    async post(path, body, { token, headers = {} } = {}) {
      return opened.house.app.request(path, {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: {
          'Content-Type': 'application/json',
          ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
          ...headers,
        },
      });
    },
    async close() {
      await opened.house.close();
      await removeFolder(place);
    },
  };
  return opened;
}

/** An Open Badge as a caller would send it: complete, unsigned, with an id of the caller's. */
export function openBadge(issuer: Issuer, changes: JsonObject = {}): JsonObject {
  return {
    '@context': [CREDENTIALS_V2, OPEN_BADGES, ED25519_2020],
    id: `urn:uuid:${crypto.randomUUID()}`,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'Tuteur',
    issuer: { id: issuer.did, type: ['Profile'], name: issuer.name, url: issuer.url },
    validFrom: '2026-01-01T00:00:00Z',
    credentialSubject: {
      id: 'did:example:ada',
      type: ['AchievementSubject'],
      achievement: {
        id: 'https://un.example.org/achievements/tuteur',
        type: ['Achievement'],
        name: 'Tuteur',
        description: 'A accompagné des étudiants de première année.',
        criteria: { narrative: 'Vingt heures de tutorat.' },
      },
    },
    ...changes,
  };
}

/** A credential that is no badge, as the W3C suites send them. */
export function alumniCredential(issuer: Issuer, changes: JsonObject = {}): JsonObject {
  return {
    '@context': [CREDENTIALS_V2, EXAMPLES_V2],
    type: ['VerifiableCredential', 'ExampleAlumniCredential'],
    issuer: issuer.did,
    credentialSubject: {
      id: 'did:example:subject',
      alumniOf: { id: 'did:example:school', name: 'Example University' },
    },
    ...changes,
  };
}

export async function jsonOf(response: Response): Promise<JsonObject> {
  return (await response.json()) as JsonObject;
}

/** The last part of each problem type a verdict or a refusal names. */
export function typesOf(body: JsonObject): string[] {
  const listed = [body['problemDetails'], body['errors']].flatMap((list) => (Array.isArray(list) ? list : []));
  return listed.map((item: JsonObject) => String(item['type']).split(/[#:]/).at(-1) ?? '');
}
