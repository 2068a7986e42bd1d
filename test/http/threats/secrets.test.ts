import { Buffer } from 'node:buffer';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from '../../../src/compose.js';
import { changeStatus } from '../../../src/issuing/change-status.js';
import { makeLink } from '../../../src/sharing/claim.js';
import { ensureDefined } from '../../support/ensure-defined.js';
import {
  issueSample,
  openTestHouse,
  PUBLIC_URL,
  removeFolder,
  sampleFiles,
  temporaryFolder,
} from '../../support/house.js';
import { createReader } from '../../support/reader.js';
import { openBadge } from '../vc-api-house.js';

const PASSPHRASE = 'correct horse battery staple';
const METRICS_TOKEN = 'metrics-4f3a9f590d6f2b1c';

/** A day in the life of a house, with all that must not be found outside of it. */
interface Day {
  readonly folder: string;
  /** What nothing may hold: no log, no answer, no file but the one it belongs in. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Names and addresses of persons, as their dossiers have them. */
  readonly personal: ReadonlySet<string>;
  readonly ids: readonly string[];
  readonly log: string;
  readonly refusals: readonly { readonly asked: string; readonly answer: string }[];
  readonly metrics: string;
}

const text = async (path: string) => (await readFile(path)).toString('latin1');

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** The private halves in a folder of keys without a passphrase, in the ways they could be written. */
async function privateKeys(folder: string): Promise<[string, string][]> {
  const found: [string, string][] = [];
  for (const path of await filesOf(folder)) {
    const { privateKey } = JSON.parse(await text(path));
    const bytes = Buffer.from(privateKey, 'base64url');
    const seed = bytes.subarray(-32);
    found.push(['private key', privateKey], ['private key in hex', seed.toString('hex')]);
    found.push(['private key in base64', seed.toString('base64').replace(/=+$/, '')]);
    found.push(['private key as bytes', seed.toString('latin1')]);
  }
  return found;
}

/** The persons of a sample cohort. */
async function personsOf(programme: string): Promise<Set<string>> {
  const { engagements } = await sampleFiles(programme);
  const cohort: { engagements: { student: { familyName: string; givenName: string; email: string } }[] } = JSON.parse(
    engagements.toString('utf8'),
  );
  return new Set(
    cohort.engagements.flatMap(({ student }) => [student.email, `${student.givenName} ${student.familyName}`]),
  );
}

async function live(environment: Record<string, string>): Promise<Day> {
  const folder = await temporaryFolder();
  const lines: string[] = [];
  const refusals: { asked: string; answer: string }[] = [];
  const settings = {
    SCEAU_LOG_LEVEL: 'info',
    SCEAU_METRICS_TOKEN: METRICS_TOKEN,
    SCEAU_RATE_VERIFY: '0',
    SCEAU_RATE_CLAIM: '0',
    ...environment,
  };
  const house = await openTestHouse(folder, settings, { writeLog: (line) => void lines.push(line) });
  const ask = async (path: string, init: RequestInit = {}) => {
    const response = await house.app.request(path, init);
    if (response.status >= 400) {
      const asked = `${init.method ?? 'GET'} ${path} ${JSON.stringify(init.headers ?? {})} ${String(init.body ?? '')}`;
      refusals.push({ asked, answer: `${[...response.headers].join('\n')}\n${await response.clone().text()}` });
    }
    return response;
  };
  await ask('/metrics', { headers: { Authorization: `Bearer ${METRICS_TOKEN}` } });

  const { rows, issuer: slug } = await issueSample(house, 'ecstra');
  const ids = rows.flatMap(({ credentialId }) => (credentialId === undefined ? [] : [credentialId]));
  const badge = ensureDefined(ids[0]);
  const secrets = new Map<string, string>([
    ['metrics token', METRICS_TOKEN],
    ['passphrase', PASSPHRASE],
  ]);
  await readAndVerify(ask, badge);
  for (const [name, secret] of await useApi(house, ask, slug)) secrets.set(name, secret);
  for (const [name, secret] of await visitAsHolder(house, ask, badge)) secrets.set(name, secret);
  await changeStatus(house.issuing, {
    credential: badge,
    change: 'revoked',
    reason: 'Maëlle Duchêne asked for it',
    actor: 'test',
  });
  const metrics = await (await ask('/metrics', { headers: { Authorization: `Bearer ${METRICS_TOKEN}` } })).text();
  await house.close();
  // Whatever it is asked now, it cannot answer, and says why in the log.
  await ask(`/v/${badge}?email=maelle.duchene@example.org`, { headers: { Accept: 'application/json' } });
  if (settings['SCEAU_KEY_PASSPHRASE' as keyof typeof settings] === undefined) {
    for (const [name, secret] of await privateKeys(join(folder, 'issuer-keys'))) secrets.set(name, secret);
  }
  const personal = await personsOf('ecstra');
  return { folder, secrets, personal, ids, log: lines.join(''), refusals, metrics };
}

type Ask = (path: string, init?: RequestInit) => Promise<Response>;

async function readAndVerify(ask: Ask, badge: string): Promise<void> {
  const document = await (await ask(`/credentials/${badge}`)).text();
  const json = { 'Content-Type': 'application/json' };
  await ask(`/v/${badge}`);
  await ask(`/v/${badge}`, { headers: { Accept: 'application/json' } });
  await ask('/verify', { method: 'POST', headers: json, body: document });
  await ask('/verify', { method: 'POST', headers: json, body: '{"credentialSubject": {"name": ' });
  await ask('/credentials/verify', { method: 'POST', headers: json, body: '{"verifiableCredential": {}}' });
  await ask('/no/such/place/Ma%C3%ABlle%20Duch%C3%AAne?email=maelle.duchene@example.org');
  await ask('/api/students/S-EC-01/supplement');
}

async function useApi(house: House, ask: Ask, slug: string): Promise<[string, string][]> {
  const { secret } = await house.tokens.create({ scopes: ['issue'] });
  const { secret: other } = await house.tokens.create({ scopes: ['supplement'] });
  const issuer = ensureDefined((await house.issuing.registry.issuers()).find((known) => known.slug === slug));
  const post = (token: string, credential: unknown) =>
    ask('/credentials/issue', {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ credential }),
    });
  expect((await post(secret, openBadge(issuer))).status).toBe(201);
  expect((await post(secret, openBadge(issuer, { issuer: 'did:web:elsewhere.example' }))).status).toBe(400);
  expect((await post(other, openBadge(issuer))).status).toBe(403);
  expect((await post(`${secret.slice(0, -1)}-`, openBadge(issuer))).status).toBe(401);
  return [
    ['token', secret],
    ['token of another scope', other],
  ];
}

async function visitAsHolder(house: House, ask: Ask, badge: string): Promise<[string, string][]> {
  const link = await makeLink(house.issuing, badge);
  const path = link.slice(PUBLIC_URL.length);
  const reader = createReader(house);
  await ask(path);
  expect((await reader.post(path)).status).toBe(303);
  const page = await (await reader.get('/holder')).text();
  expect(page).toContain('Maëlle');
  await ask(path, { method: 'POST' });
  await ask('/holder', { headers: { Cookie: `${reader.cookie}x` } });
  return [
    ['claim link', ensureDefined(path.split('/').at(-1))],
    ['session', ensureDefined(reader.cookie?.split('=')[1])],
  ];
}

describe.each([
  ['keys in the clear', {}],
  ['keys behind a passphrase', { SCEAU_KEY_PASSPHRASE: PASSPHRASE }],
])('K2 after a day with %s', (_, environment) => {
  let day: Day;
  beforeAll(async () => {
    day = await live(environment);
  }, 120_000);
  afterAll(() => removeFolder(day.folder));

  it('there was something to find', () => {
    const events = day.log
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).event);
    expect(events).toEqual(expect.arrayContaining(['request', 'request-failed']));
    expect(day.refusals.length).toBeGreaterThan(8);
    expect(day.metrics).toMatch(/^sceau_badges_total\{outcome="issued"\} [1-9]/m);
    expect(day.secrets.size).toBeGreaterThanOrEqual(6);
    expect(day.personal.size).toBeGreaterThan(4);
  });

  it('no secret is in the log, in an answer that refuses, or in the metrics', () => {
    for (const [name, secret] of day.secrets) {
      expect(day.log.includes(secret), `${name} in the log`).toBe(false);
      expect(day.metrics.includes(secret), `${name} in the metrics`).toBe(false);
      for (const { answer } of day.refusals) expect(answer.includes(secret), `${name} in an answer`).toBe(false);
    }
  });

  it('nobody is named in the log or in the metrics, and the metrics know no badge', () => {
    for (const person of day.personal) {
      expect(day.log).not.toContain(person);
      expect(day.metrics).not.toContain(person);
    }
    for (const id of day.ids) expect(day.metrics).not.toContain(id);
    expect(day.metrics).not.toMatch(/S-EC-|EC-E\d/);
  });

  it('nobody is named in an answer that refuses, but to whom named them', () => {
    for (const { asked, answer } of day.refusals) {
      for (const person of day.personal) {
        if (!decodeURIComponent(asked).includes(person)) expect(answer, asked).not.toContain(person);
      }
    }
  });

  it('no secret lies in the data folder, and the chain of the ledger names nobody', async () => {
    const data = await filesOf(join(day.folder, 'data'));
    expect(data.some((path) => path.includes('chain-'))).toBe(true);
    for (const path of data) {
      const bytes = await text(path);
      for (const [name, secret] of day.secrets) expect(bytes.includes(secret), `${name} in ${path}`).toBe(false);
      if (!path.includes('chain-')) continue;
      for (const person of day.personal) {
        expect(bytes).not.toContain(Buffer.from(person, 'utf8').toString('latin1'));
      }
    }
  });

  it('the passphrase lies nowhere, not even beside the keys', async () => {
    for (const path of await filesOf(day.folder)) expect(await text(path)).not.toContain(PASSPHRASE);
  });
});
