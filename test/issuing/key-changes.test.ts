import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDeviceChecker } from '../../src/device/device-checker.js';
import { findBadge, verifyBadge } from '../../src/issuing/badges.js';
import { changeStatus } from '../../src/issuing/change-status.js';
import { haltSigning, resumeSigning } from '../../src/issuing/halt.js';
import { ensureIssuer, getIssuer, signingKey } from '../../src/issuing/issuers.js';
import { KeyChangeRefusedError, markCompromised, rotateKey } from '../../src/issuing/key-changes.js';
import { resignBadges } from '../../src/issuing/resign.js';
import type { JsonObject } from '../../src/ports/json.js';
import { SigningHaltedError } from '../../src/ports/signer.js';
import { StoreUnavailableError } from '../../src/ports/store.js';
import { addProofs } from '../../src/proof/sign.js';
import { formatInstant } from '../../src/text/instant.js';
import type { VerificationReport } from '../../src/verification/report.js';
import { handClock } from '../storage/fixtures.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { freshHouse, issueSample } from '../support/house.js';
import { issueSecondCohort } from '../support/second-cohort.js';

const HOUR = 3_600_000;
const clock = handClock(Date.UTC(2026, 8, 1, 8));
const fresh = freshHouse({ clock });

const idsOf = (rows: readonly { readonly credentialId?: string }[]) =>
  rows.flatMap(({ credentialId }) => credentialId ?? []);
const documentOf = async (id: string) => ensureDefined(await findBadge(fresh.house.issuing, id)).document;
const signersOf = (document: JsonObject) =>
  (document['proof'] as unknown as { verificationMethod: string }[]).map(
    ({ verificationMethod }) => verificationMethod,
  );

/** What `POST /verify` answers about a document. */
async function verify(document: JsonObject): Promise<VerificationReport> {
  const response = await fresh.house.app.request('/verify', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify(document),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as VerificationReport;
}
const said = ({ outcome, checks, warnings }: VerificationReport) => ({
  outcome,
  key: ensureDefined(checks.find(({ id }) => id === 'key')).code,
  warnings: warnings.map(({ code }) => code),
});
const HOLDS = { outcome: 'valid', key: null, warnings: ['key-revoked-since'] };
const FAILS = { outcome: 'invalid', key: 'key-revoked', warnings: [] };

async function didDocumentOf(slug: string): Promise<JsonObject> {
  const response = await fresh.house.app.request(`/issuers/${slug}/did.json`);
  return (await response.json()) as JsonObject;
}

/** Signs with whatever key the house still holds, as a thief of the key would. */
async function forge(document: JsonObject, key: Awaited<ReturnType<typeof signingKey>>): Promise<JsonObject> {
  const { issuing } = fresh.house;
  const { proof: _, ...credential } = document;
  return addProofs({
    credential,
    suites: issuing.settings.proofSuites,
    key,
    signer: issuing.signer,
    contexts: issuing.contexts,
    canonize: issuing.canonize,
    created: clock.now() - 1000 * HOUR,
  });
}

describe('a rotation', () => {
  it('K4 signs with the new key; badges of the old one verify, its private half deleted and after a restart', async () => {
    const before = await issueSample(fresh.house, 'projet-pro');
    const [id = ''] = idsOf(before.rows);
    const slug = before.issuer;
    const [list] = await fresh.house.issuing.store.ledger.lists(slug);
    const listSigner = async () =>
      signersOf(ensureDefined(await fresh.house.issuing.statusLists.publish(ensureDefined(list).list)).credential)[0];
    const old = ensureDefined(signersOf(await documentOf(id))[0]);
    expect(await listSigner()).toBe(old);

    const { created, retired } = await rotateKey(fresh.house.issuing, {
      issuer: slug,
      algorithm: 'Ed25519',
      actor: 'test',
    });
    expect(old).toMatch(new RegExp(`#${retired[0]}$`));
    expect(await listSigner()).toMatch(new RegExp(`#${created}$`));
    const after = await issueSecondCohort(fresh.house);
    expect(after.counts).toMatchObject({ issued: before.counts.issued, failed: 0 });
    for (const anew of idsOf(after.rows)) {
      expect(new Set(signersOf(await documentOf(anew)))).toEqual(new Set([old.replace(/#.*/, `#${created}`)]));
    }

    const folder = join(fresh.folder, 'issuer-keys', slug);
    expect(await readdir(folder)).toContain(`${retired[0]}.json`);
    await rm(join(folder, `${retired[0]}.json`));
    await fresh.reopen();
    expect(ensureDefined(await verifyBadge(fresh.house.issuing, id))).toMatchObject({ outcome: 'valid', warnings: [] });
    expect(said(await verify(await documentOf(id)))).toEqual({ outcome: 'valid', key: null, warnings: [] });
    const document = await didDocumentOf(slug);
    const { did } = await getIssuer(fresh.house.issuing, slug);
    expect(document['assertionMethod']).toEqual(expect.arrayContaining([old, `${did}#${created}`]));
    expect(JSON.stringify(document)).not.toContain('revoked');
  });

  it('K4 lets each badge of a batch under way be signed by a key that is active at that moment', async () => {
    let rotation: Promise<unknown> | undefined;
    const house = await fresh.reopen(
      {},
      {
        clock,
        atStep(step) {
          if (step === 'composed')
            rotation ??= rotateKey(house.issuing, { issuer, algorithm: 'Ed25519', actor: 'test' });
        },
      },
    );
    const { slug: issuer } = (await ensureIssuer(house.issuing, { name: 'ESCOM', url: 'https://escom.example.org' }))
      .issuer;
    const result = await issueSample(house, 'engagement-citoyen');
    expect(result.issuer).toBe(issuer);
    expect(result.counts.failed).toBe(0);
    await rotation;
    const keys = (await house.issuing.store.ledger.keys(issuer)).filter(({ algorithm }) => algorithm === 'Ed25519');
    expect(keys.map(({ state }) => state)).toEqual(['retired', 'active']);
    for (const id of idsOf(result.rows)) {
      expect(ensureDefined(await verifyBadge(house.issuing, id))).toMatchObject({ outcome: 'valid', warnings: [] });
    }
  });

  it('by two at once leaves one active key, and nothing half', async () => {
    const { issuer } = await issueSample(fresh.house, 'projet-pro');
    const rotate = () => rotateKey(fresh.house.issuing, { issuer, algorithm: 'ES256', actor: 'test' });
    await Promise.all([rotate(), rotate()]);
    const keys = (await fresh.house.issuing.store.ledger.keys(issuer)).filter(({ algorithm }) => algorithm === 'ES256');
    expect(keys.map(({ state }) => state)).toEqual(['retired', 'retired', 'active']);
  });

  it('that cannot be recorded changes nothing, and the next one is whole', async () => {
    const { issuer } = await issueSample(fresh.house, 'projet-pro');
    const { issuing } = fresh.house;
    const before = await issuing.store.ledger.keys(issuer);
    const { store } = issuing;
    const broken = new Proxy(store.ledger, {
      get(ledger, name) {
        if (name === 'append') return () => Promise.reject(new StoreUnavailableError('the disk is full'));
        return Reflect.get(ledger, name);
      },
    });
    const change = { issuer, algorithm: 'Ed25519', actor: 'test' } as const;
    await expect(rotateKey({ ...issuing, store: { ...store, ledger: broken } }, change)).rejects.toThrow('disk');
    expect(await issuing.store.ledger.keys(issuer)).toEqual(before);
    await fresh.reopen();
    const { created } = await rotateKey(fresh.house.issuing, change);
    const keys = await fresh.house.issuing.store.ledger.keys(issuer);
    expect(keys).toHaveLength(before.length + 1);
    expect(keys.filter(({ algorithm, state }) => algorithm === 'Ed25519' && state === 'active')).toMatchObject([
      { publicKeyMultibase: created },
    ]);
    // What the first attempt left is a file that no document names.
    expect(await readdir(join(fresh.folder, 'issuer-keys', issuer))).toHaveLength(keys.length + 1);
    expect((await issueSecondCohort(fresh.house)).counts.failed).toBe(0);
  });

  it('is refused to a did:key issuer, whose identifier is its key', async () => {
    const house = await fresh.reopen({ SCEAU_DID_METHOD: 'key' }, { clock });
    const { issuer } = await issueSample(house, 'projet-pro');
    const keys = await house.issuing.store.ledger.keys(issuer);
    await expect(rotateKey(house.issuing, { issuer, algorithm: 'Ed25519', actor: 'test' })).rejects.toMatchObject({
      code: 'key-change-refused',
      reason: 'did-key',
    });
    expect(await house.issuing.store.ledger.keys(issuer)).toEqual(keys);
  });
});

describe('a compromised key', () => {
  /** A cohort before the theft, another after it, and what a thief signs; then the key is recorded as compromised. */
  async function stolen() {
    const { issuing } = fresh.house;
    const before = await issueSample(fresh.house, 'projet-pro');
    const issuer = await getIssuer(issuing, before.issuer);
    const key = await signingKey(issuing, issuer);
    clock.advance(HOUR);
    const since = clock.now();
    clock.advance(HOUR);
    const [early = '', other = ''] = idsOf(before.rows);
    const genuine = await documentOf(early);
    const forged = {
      unknown: await forge({ ...genuine, id: `${String(genuine['id']).slice(0, -26)}${'0'.repeat(26)}` }, key),
      altered: await forge({ ...genuine, name: 'Doctorat' }, key),
      signedAgain: await forge(genuine, key),
    };
    const marked = await markCompromised(issuing, {
      publicKeyMultibase: key.publicKeyMultibase,
      since,
      reason: 'un ordinateur a été volé',
      actor: 'test',
    });
    return { issuer, key, since, early, other, genuine, forged, marked };
  }

  it('K6 leaves what was recorded before valid with a note, on the page and to whoever hands it in', async () => {
    const { early, genuine } = await stolen();
    expect(said(await verify(genuine))).toEqual(HOLDS);
    expect(said(ensureDefined(await verifyBadge(fresh.house.issuing, early)))).toEqual(HOLDS);
    const page = await fresh.house.app.request(`/v/${early}?lang=fr`, { headers: { Accept: 'text/html' } });
    expect(await page.text()).toContain('L’émetteur avait enregistré ce badge avant');
    await fresh.reopen();
    expect(said(await verify(genuine))).toEqual(HOLDS);
  });

  it('K6 makes invalid what has no record of ours, whatever date it gives itself', async () => {
    const { forged } = await stolen();
    expect(said(await verify(forged.unknown))).toEqual(FAILS);
    expect(said(await verify(forged.altered))).toEqual(FAILS);
    expect(said(await verify(forged.signedAgain))).toEqual(FAILS);
  });

  it('K6 is told to the reader’s own device and through the VC-API alike', async () => {
    const { genuine, forged } = await stolen();
    const device = createDeviceChecker({
      contexts: fresh.house.issuing.contexts,
      crypto: fresh.house.issuing.crypto,
      clock,
      async ask(path, { accept }) {
        const response = await fresh.house.app.request(path, { headers: { Accept: accept } });
        const bytes = new Uint8Array(await response.arrayBuffer());
        return response.ok
          ? { outcome: 'found', bytes, contentType: undefined, finalUrl: path }
          : { outcome: 'not-found' };
      },
    });
    const onDevice = async (document: JsonObject) =>
      (await device({ text: JSON.stringify(document) }, { language: 'fr' })).answer.report;
    expect(said(await onDevice(genuine))).toEqual(HOLDS);
    expect(said(await onDevice(forged.altered))).toEqual(FAILS);
    expect(said(await onDevice(forged.signedAgain))).toEqual(FAILS);
    // Of an id it does not know, or whose badge is no longer shared, the house tells nothing.
    const untold = { outcome: 'indeterminate', key: 'own-state-not-told', warnings: [] };
    expect(said(await onDevice(forged.unknown))).toEqual(untold);
    const verifyThroughApi = (verifiableCredential: JsonObject) =>
      fresh.house.app.request('/credentials/verify', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ verifiableCredential }),
      });
    expect((await verifyThroughApi(genuine)).status).toBe(200);
    const refused = await verifyThroughApi(forged.altered);
    expect(refused.status).toBe(400);
    expect(JSON.stringify(await refused.json())).toContain('INVALID_VERIFICATION_METHOD');
  });

  it('K6 makes invalid what was recorded at that instant or after, and not a moment before', async () => {
    const { issuing } = fresh.house;
    const { issuer, rows } = await issueSample(fresh.house, 'projet-pro');
    const id = idsOf(rows)[0] ?? '';
    const entry = ensureDefined(await issuing.store.ledger.credential(id));
    const issuedAt = ensureDefined(ensureDefined(entry.versions[0]).issuedAt);
    const key = await signingKey(issuing, await getIssuer(issuing, issuer));
    const document = await documentOf(id);
    clock.advance(HOUR);
    const compromise = { publicKeyMultibase: key.publicKeyMultibase, reason: 'x', actor: 'test' };
    await markCompromised(issuing, { ...compromise, since: issuedAt + 1000 });
    expect(said(await verify(document))).toEqual(HOLDS);
    await markCompromised(issuing, { ...compromise, since: issuedAt + 999 });
    expect(said(await verify(document))).toEqual(FAILS);
    const page = await fresh.house.app.request(`/v/${id}`, { headers: { Accept: 'application/json' } });
    expect(said((await page.json()) as VerificationReport)).toEqual(FAILS);
    await expect(markCompromised(issuing, { ...compromise, since: issuedAt + HOUR })).rejects.toThrow(
      KeyChangeRefusedError,
    );
  });

  it('K6 shows in the DID document as revoked, and may assert nothing any more', async () => {
    const { issuer, key, since, marked } = await stolen();
    const document = await didDocumentOf(issuer.slug);
    const methods = document['verificationMethod'] as unknown as { id: string; revoked?: string }[];
    expect(methods.find(({ id }) => id === key.verificationMethod)?.revoked).toBe(formatInstant(since));
    expect(methods.filter(({ revoked }) => revoked !== undefined)).toHaveLength(1);
    expect(document['assertionMethod']).not.toContain(key.verificationMethod);
    expect(document['assertionMethod']).toContain(`${issuer.did}#${marked.successor}`);
  });

  it('K6 has a successor that signs badges and lists at once', async () => {
    const { issuer, key, early, marked } = await stolen();
    const successor = `${issuer.did}#${marked.successor}`;
    expect(await signingKey(fresh.house.issuing, issuer)).toMatchObject({ verificationMethod: successor });
    const [list] = await fresh.house.issuing.store.ledger.lists(issuer.slug);
    const published = await fresh.house.issuing.statusLists.publish(ensureDefined(list).list);
    expect(signersOf(ensureDefined(published).credential)).not.toContain(key.verificationMethod);
    const report = ensureDefined(await verifyBadge(fresh.house.issuing, early));
    expect(report.checks.find(({ id }) => id === 'status')).toMatchObject({ state: 'pass' });
  });

  it('K6 signs badges anew under their ids, which are then beyond doubt; cut short by a stop, it goes on', async () => {
    const { issuer, key, early, other } = await stolen();
    const { issuing } = fresh.house;
    const before = ensureDefined(await issuing.store.ledger.credential(early));
    await changeStatus(issuing, { credential: other, change: 'suspended', reason: 'x', actor: 'test' });
    await haltSigning(issuing.store, { reason: 'x', actor: 'test' });
    const resign = () => resignBadges(issuing, { issuer: issuer.slug, actor: 'test' });
    await expect(resign()).rejects.toThrow(SigningHaltedError);
    await resumeSigning(issuing.store, { reason: 'x', actor: 'test' });
    const counts = await issuing.store.ledger.counts(issuer.slug);
    const looked: [number, number][] = [];
    const first = await resignBadges(issuing, {
      issuer: issuer.slug,
      actor: 'test',
      onProgress: (...numbers) => looked.push(numbers),
    });
    expect(first).toEqual({ resigned: counts.active, doubted: 0, notInForce: 1 });
    expect(looked.at(-1)).toEqual([counts.active + 1, counts.active + 1]);
    expect(await resign()).toEqual({ resigned: 0, doubted: 0, notInForce: 1 });
    const entry = ensureDefined(await issuing.store.ledger.credential(early));
    const [old, anew] = entry.versions;
    expect([anew?.list, anew?.index]).toEqual([before.versions[0]?.list, before.versions[0]?.index]);
    expect(old?.state).toBe('issued');
    expect(signersOf(await documentOf(early))).not.toContain(key.verificationMethod);
    expect(said(ensureDefined(await verifyBadge(issuing, early)))).toEqual({
      outcome: 'valid',
      key: null,
      warnings: [],
    });
    expect(await issuing.store.ledger.counts(issuer.slug)).toEqual(counts);
  });

  it('K6 leaves badges signed since then until somebody has looked at them', async () => {
    const { issuing } = fresh.house;
    const { issuer: slug, rows } = await issueSample(fresh.house, 'projet-pro');
    const { active } = await issuing.store.ledger.counts(slug);
    const key = await signingKey(issuing, await getIssuer(issuing, slug));
    clock.advance(HOUR);
    const { publicKeyMultibase } = key;
    await markCompromised(issuing, { publicKeyMultibase, since: clock.now() - 2 * HOUR, reason: 'x', actor: 'test' });
    const resign = (includeDoubted: boolean) => resignBadges(issuing, { issuer: slug, actor: 'test', includeDoubted });
    expect(await resign(false)).toEqual({ resigned: 0, doubted: active, notInForce: 0 });
    expect(await resign(true)).toEqual({ resigned: active, doubted: 0, notInForce: 0 });
    expect(said(ensureDefined(await verifyBadge(issuing, idsOf(rows)[0] ?? '')))).toMatchObject({ outcome: 'valid' });
  });

  it('K6 is recorded even where no successor can be made, and nothing is signed then', async () => {
    const house = await fresh.reopen({ SCEAU_DID_METHOD: 'key' }, { clock });
    const { issuer: slug, rows } = await issueSample(house, 'projet-pro');
    const issuer = await getIssuer(house.issuing, slug);
    const key = await signingKey(house.issuing, issuer);
    const document = await documentOf(idsOf(rows)[0] ?? '');
    clock.advance(HOUR);
    const since = clock.now();
    const marked = await markCompromised(house.issuing, {
      publicKeyMultibase: key.publicKeyMultibase,
      since,
      reason: 'x',
      actor: 'test',
    });
    expect(marked.successor).toBeUndefined();
    await expect(signingKey(house.issuing, issuer)).rejects.toMatchObject({ code: 'issuer-key-missing' });
    expect(said(await verify(document))).toMatchObject({ outcome: 'valid', key: null });
  });

  it('is refused with an instant to come, and for a key nobody has', async () => {
    const { issuer } = await issueSample(fresh.house, 'projet-pro');
    const key = await signingKey(fresh.house.issuing, await getIssuer(fresh.house.issuing, issuer));
    const mark = (publicKeyMultibase: string, since: number) =>
      markCompromised(fresh.house.issuing, { publicKeyMultibase, since, reason: 'x', actor: 'test' });
    await expect(mark(key.publicKeyMultibase, clock.now() + 2000)).rejects.toMatchObject({ reason: 'since-in-future' });
    await expect(mark('z6MkNobody', clock.now())).rejects.toMatchObject({ reason: 'unknown-key' });
  });
});
