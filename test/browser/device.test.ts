import { Hono } from 'hono';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { House } from '../../src/compose.js';
import { DEVICE_SCRIPTS } from '../../src/device/compiled.js';
import type { HttpEnv } from '../../src/http/env.js';
import { type Listening, listen } from '../../src/http/listen.js';
import { changeStatus } from '../../src/issuing/change-status.js';
import { reissueCredential } from '../../src/issuing/reissue.js';
import type { JsonObject } from '../../src/ports/json.js';
import { addProofs } from '../../src/proof/sign.js';
import { formatInstant } from '../../src/text/instant.js';
import type { VerificationReport } from '../../src/verification/report.js';
import { fixedKey } from '../proof/badge.js';
import { testContexts } from '../support/contexts.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { freePort } from '../support/free-port.js';
import { issueSample, openTestHouse, removeFolder, temporaryFolder } from '../support/house.js';
import { fullBadge, ISSUER, objectAt } from '../verification/house.js';
import { BOUND, badgeJwt, PAYLOAD } from '../verification/jwt/jwt-badge.js';
import { KEYS } from '../verification/jwt/keys.js';
import { useChromium } from './chromium.js';
import { openPage } from './visit.js';

const { browser } = useChromium();
const MINUTES = 180_000;
/** All a check may ask of the house: its script, what it says of itself and of one badge, and status lists. */
const ASKED = /^GET (?:\/assets\/check-[0-9a-f]{16}\.js|\/device\/(?:house|state)|\/status\/[\w-]+)$/;
let folder: string;
let house: House;
let server: Listening;
let origin: string;
let ids: readonly string[];
/** What was asked of the house: method and path. */
const asked: string[] = [];

/** The house on its port, with an ear at the door. */
function open(): Promise<Listening> {
  const heard = new Hono<HttpEnv>();
  heard.use(async (c, next) => {
    asked.push(`${c.req.method} ${c.req.path}`);
    await next();
  });
  heard.route('/', house.app);
  return listen(heard, { host: '127.0.0.1', port: house.config.port });
}

beforeAll(async () => {
  folder = await temporaryFolder();
  const port = await freePort();
  origin = `http://localhost:${port}`;
  house = await openTestHouse(folder, { SCEAU_PUBLIC_URL: origin, PORT: String(port), SCEAU_RATE_VERIFY: '0' });
  const { rows } = await issueSample(house, 'mission-industrielle');
  ids = rows.map(({ credentialId }) => credentialId).filter((id) => id !== undefined);
  for (const [index, change] of (['revoked', 'suspended'] as const).entries()) {
    await changeStatus(house.issuing, { credential: idAt(index + 1), change, reason: 'test', actor: 'test' });
  }
  server = await open();
}, MINUTES);
afterAll(async () => {
  await server?.close();
  await house?.close();
  await removeFolder(folder);
});

function idAt(index: number): string {
  const id = ids[index];
  if (id === undefined) throw new Error('too few badges were issued');
  return id;
}

/** What a correction leaves in the ledger: a version with a status entry of its own, and the older ones out of date. */
async function correct(credential: string, document: JsonObject): Promise<void> {
  const { ledger } = house.issuing.store;
  const entry = ensureDefined(await ledger.credential(credential));
  const [{ issuer, ref, source }, version] = [entry, entry.versions.length + 1];
  const [drawn] = await house.issuing.places.draw({ issuer, purpose: 'revocation', count: 1 });
  const place = ensureDefined(drawn);
  const corrected = { ...document, validFrom: formatInstant(Math.ceil(Date.now() / 1000) * 1000 + 5000) };
  const events = [
    { kind: 'reserved', issuer, credential, version, ref, source, ...place },
    { kind: 'issued', issuer, credential, version },
    { kind: 'superseded', issuer, credential, version: 1 },
  ] as const;
  for (const event of events) {
    const payload = { reserved: { document }, issued: corrected, superseded: undefined }[event.kind];
    await ledger.append([{ actor: 'test', event, ...(payload === undefined ? {} : { payload }) }]);
  }
}

async function served(name: string): Promise<Uint8Array> {
  return new Uint8Array(await (await fetch(`${origin}/credentials/${name}`)).arrayBuffer());
}

function bytesOf(value: JsonObject | string): Uint8Array {
  return new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
}

const DID_JWK = `did:jwk:${Buffer.from(JSON.stringify(KEYS.EdDSA.jwk)).toString('base64url')}`;

/** Proofs of the shared samples are made later on the day of a fixed clock; the house here goes by the real one. */
const yesterday = () => Math.floor(Date.now() / 1_000) * 1_000 - 86_400_000;
const DID_KEY = `did:key:${fixedKey().key.publicKeyMultibase}`;

/** Signed by somebody without a house. */
async function strangersBadge({ did = DID_KEY, changes = {} }: { did?: string; changes?: JsonObject } = {}) {
  const { credentialStatus: _, ...badge } = fullBadge();
  const day = formatInstant(yesterday());
  const issuer = { ...objectAt(badge, 'issuer'), id: did };
  return addProofs({
    credential: { ...badge, issuer, validFrom: day, awardedDate: day, ...changes },
    suites: ['eddsa-rdfc-2022'],
    ...fixedKey(did),
    contexts: await testContexts(),
    created: yesterday(),
  });
}

/** Badges as people hand them in, and what the house says of each. */
async function handedIn(): Promise<[name: string, bytes: Uint8Array, outcome: string][]> {
  const badge: JsonObject = JSON.parse(new TextDecoder().decode(await served(`${idAt(0)}.json`)));
  const { credentialStatus: _, ...payload } = PAYLOAD;
  const token = badgeJwt(
    { kid: `${DID_JWK}#0` },
    {
      ...payload,
      issuer: { ...objectAt(BOUND, 'issuer'), id: DID_JWK },
      iss: DID_JWK,
      validFrom: formatInstant(yesterday()),
      awardedDate: formatInstant(yesterday()),
      nbf: Math.floor(yesterday() / 1_000),
    },
    KEYS.EdDSA,
  );
  return [
    ['a badge of the house', await served(`${idAt(0)}.json`), 'valid'],
    ['inside its PNG picture', await served(`${idAt(0)}.png`), 'valid'],
    ['inside its SVG picture', await served(`${idAt(0)}.svg`), 'valid'],
    ['inside its PDF attestation', await served(`${idAt(0)}.pdf`), 'valid'],
    ['revoked', await served(`${idAt(1)}.json`), 'invalid'],
    ['suspended', await served(`${idAt(2)}.json`), 'invalid'],
    ['altered', bytesOf({ ...badge, name: 'Doctorat' }), 'invalid'],
    ['of somebody with a bare key', bytesOf(await strangersBadge()), 'valid'],
    ['a token of somebody with a bare key', bytesOf(token), 'valid'],
    ['no badge at all', bytesOf('Bonjour'), 'indeterminate'],
  ];
}

/** What the worker answers, asked as the page's button asks it. */
async function checkedOnDevice(page: Page, bytes: Uint8Array): Promise<VerificationReport> {
  const report = await page.evaluate(`(async () => {
    const bytes = Uint8Array.from(atob('${Buffer.from(bytes).toString('base64')}'), (one) => one.charCodeAt(0));
    const worker = (globalThis.kept ??= new Worker('${DEVICE_SCRIPTS.workerPath}'));
    const answer = await new Promise((resolve, reject) => {
      worker.onerror = reject;
      worker.onmessage = ({ data }) => resolve(data);
      worker.postMessage({ input: { bytes }, language: 'en' });
    });
    return answer.report;
  })()`);
  return zReport.parse(report);
}

const zReport = z.custom<VerificationReport>((value) => typeof value === 'object' && value !== null);

/** What POST /verify answers to the same file. */
async function checkedByHouse(bytes: Uint8Array): Promise<VerificationReport | undefined> {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(bytes)]));
  const headers = { Accept: 'application/json', Origin: origin };
  const answer = await fetch(`${origin}/verify`, { method: 'POST', body: form, headers });
  return answer.status === 200 ? zReport.parse(await answer.json()) : undefined;
}

describe('checked on the reader’s own device', () => {
  it(
    'a badge gets the report that the house gives, member for member',
    async () => {
      const { page, faults, close } = await openPage(browser(), origin);
      await page.goto(origin);
      for (const [name, bytes, outcome] of await handedIn()) {
        const house = await checkedByHouse(bytes);
        asked.length = 0;
        const device = await checkedOnDevice(page, bytes);
        expect(device.outcome, name).toBe(outcome);
        if (house === undefined)
          expect(device.checks[0], name).toMatchObject({ id: 'parse', code: 'unsupported-media-type' });
        else expect({ ...device, checkedAt: house.checkedAt }, name).toEqual(house);
        expect(
          asked.filter((request) => !ASKED.test(request)),
          name,
        ).toEqual([]);
        expect(asked.length, name).toBeGreaterThan(0);
      }
      expect(faults).toEqual([]);
      await close();
    },
    MINUTES,
  );

  it('an older copy is told from the newest, and one that was corrected fails', async () => {
    const id = idAt(3);
    const older = await served(`${id}.json`);
    const { issuing } = house;
    await reissueCredential(issuing, {
      credential: id,
      change: { kind: 'disclosure', nameHidden: true, hiddenEvidence: [] },
      actor: 'test',
    });
    const agreed = async () => {
      // Another reader each time: a browser keeps a status list for a minute.
      const { page, faults, close } = await openPage(browser(), origin);
      await page.goto(origin);
      const device = await checkedOnDevice(page, older);
      expect({ ...device, checkedAt: '' }).toEqual({ ...(await checkedByHouse(older)), checkedAt: '' });
      expect(faults).toEqual([]);
      await close();
      return device;
    };
    const newerExists = await agreed();
    expect(newerExists.outcome).toBe('valid');
    expect(newerExists.warnings.map(({ code }) => code)).toContain('newer-version');

    await correct(id, JSON.parse(new TextDecoder().decode(older)));
    expect(await agreed()).toMatchObject({ outcome: 'invalid', credential: { status: 'superseded' } });
  });

  it('what only others hold stays unknown, and nobody else is asked', async () => {
    const { page, faults, close } = await openPage(browser(), origin);
    await page.goto(origin);
    const report = await checkedOnDevice(page, bytesOf(await strangersBadge({ did: ISSUER })));
    expect(report).toMatchObject({ outcome: 'indeterminate', credential: null });
    expect(report.checks.find(({ id }) => id === 'key' || id === 'proof')?.state).toBe('unknown');
    expect(faults).toEqual([]);
    await close();
  });

  it(
    'nothing is valid once the network is cut',
    async () => {
      const files = (await handedIn()).filter(([, , outcome]) => outcome === 'valid');
      const { page, close } = await openPage(browser(), origin);
      await page.goto(origin);
      await checkedOnDevice(page, bytesOf('what loads the script'));
      await server.close();
      try {
        for (const [name, bytes] of files) {
          const report = await checkedOnDevice(page, bytes);
          expect(report.outcome, name).toBe('indeterminate');
          expect(report.checks.filter(({ state }) => state === 'unknown').length, name).toBeGreaterThan(0);
        }
      } finally {
        server = await open();
      }
      await close();
    },
    MINUTES,
  );
});

describe('the button', () => {
  it('checks what is in the form and sends none of it; the script is loaded with the first press', async () => {
    const bytes = await served(`${idAt(0)}.png`);
    const { page, faults, close } = await openPage(browser(), origin, { locale: 'en-GB' });
    asked.length = 0;
    await page.goto(origin);
    const button = page.getByRole('button', { name: 'Check on this device' });
    await button.waitFor();
    expect(asked.filter((request) => request.includes('/check-'))).toEqual([]);
    await page.locator('#file').setInputFiles({ name: 'badge.png', mimeType: 'image/png', buffer: Buffer.from(bytes) });
    asked.length = 0;
    await button.click();
    await page.getByRole('heading', { name: 'This badge is valid' }).waitFor();
    expect(asked.filter((request) => !ASKED.test(request))).toEqual([]);
    expect(asked.some((request) => request.includes('/check-'))).toBe(true);
    expect(await page.locator('.on-device').textContent()).toContain('the badge did not leave it');
    expect(await page.title()).toContain('This badge is valid');
    expect(faults).toEqual([]);
    await close();
  });

  it('once pressed, holds for what is dropped next', async () => {
    const text = JSON.stringify(new TextDecoder().decode(await served(`${idAt(1)}.json`)));
    const { page, faults, close } = await openPage(browser(), origin, { locale: 'en-GB' });
    await page.goto(origin);
    await page.getByRole('button', { name: 'Check on this device' }).click();
    expect(await page.locator('#device [role=status]').textContent()).toContain('will be checked here');
    asked.length = 0;
    await page.evaluate(`(() => {
      const data = new DataTransfer();
      data.items.add(new File([${text}], 'badge.json', { type: 'application/json' }));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    })()`);
    await page.locator('.sheet.bad').waitFor();
    expect(asked.filter((request) => !ASKED.test(request))).toEqual([]);
    expect(faults).toEqual([]);
    await close();
  });

  it('on the page of a badge stands behind the steps, and asks for the badge itself', async () => {
    const { page, faults, close } = await openPage(browser(), origin, { locale: 'en-GB' });
    await page.goto(`${origin}/v/${idAt(0)}`);
    await page.locator('details.checks summary').click();
    asked.length = 0;
    await page.getByRole('button', { name: 'Check again on this device' }).click();
    await page.locator('.on-device').waitFor({ state: 'attached' });
    expect(await page.locator('.sheet.good h1').textContent()).toBe('This badge is valid');
    expect(asked).toContain(`GET /credentials/${idAt(0)}.json`);
    expect(faults).toEqual([]);
    await close();
  });

  it('is not there without JavaScript', async () => {
    const { page, faults, close } = await openPage(browser(), origin, { javaScriptEnabled: false });
    await page.goto(origin);
    expect(await page.locator('#device').isVisible()).toBe(false);
    expect(faults).toEqual([]);
    await close();
  });

  it('shows a hostile badge as text, and runs nothing of it (X1)', async () => {
    const name = '<img src=x onerror=alert(1)><script>alert(1)</script>';
    const badge = await strangersBadge({ changes: { name } });
    const { page, faults, close } = await openPage(browser(), origin, { locale: 'en-GB' });
    await page.goto(origin);
    await page.locator('textarea').fill(JSON.stringify(badge));
    await page.getByRole('button', { name: 'Check on this device' }).click();
    await page.locator('.sheet').waitFor();
    expect(await page.locator('main').textContent()).toContain(name);
    expect(await page.locator('main script, main img[src="x"]').count()).toBe(0);
    expect(faults).toEqual([]);
    await close();
  });
});
