import { describe, expect, it } from 'vitest';
import { verifyBadge } from '../../src/issuing/badges.js';
import { changeStatus } from '../../src/issuing/change-status.js';
import { createHaltState, haltSigning, resumeSigning } from '../../src/issuing/halt.js';
import { reissueCredential } from '../../src/issuing/reissue.js';
import { haltingSigner } from '../../src/keys/halting-signer.js';
import { type Signer, SigningHaltedError } from '../../src/ports/signer.js';
import { openApiHouse, openBadge } from '../http/vc-api-house.js';
import { handClock } from '../storage/fixtures.js';
import { ModelStore } from '../storage/model-store.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { freshHouse, issueSample } from '../support/house.js';

const STOP = { reason: 'un ordinateur a été volé', actor: 'operator-1' };
const GO_ON = { reason: 'il est retrouvé', actor: 'operator-2' };

describe('the emergency stop', () => {
  const fresh = freshHouse();

  it('K9 issues nothing and draws nothing, after a restart too, until it is ended; then the same batch goes on', async () => {
    await haltSigning(fresh.house.issuing.store, STOP);
    const stopped = await issueSample(fresh.house, 'projet-pro');
    expect(stopped.counts.issued).toBe(0);
    const failed = stopped.rows.filter(({ outcome }) => outcome === 'failed');
    expect(failed.length).toBeGreaterThan(0);
    expect(new Set(failed.flatMap(({ reasons }) => reasons))).toEqual(new Set(['halted']));
    await fresh.reopen();
    expect((await issueSample(fresh.house, 'projet-pro')).counts).toEqual(stopped.counts);
    const { ledger } = fresh.house.issuing.store;
    expect(Object.values(await ledger.counts(stopped.issuer)).reduce((sum, count) => sum + count)).toBe(0);
    expect(await resumeSigning(fresh.house.issuing.store, GO_ON)).toEqual({ changed: true });
    const issued = await issueSample(fresh.house, 'projet-pro');
    expect(issued.batchId).toBe(stopped.batchId);
    expect(issued.counts).toMatchObject({ issued: failed.length, failed: 0 });
  });

  it('K9 stops a batch that is under way; what was not signed is signed by a later run, nothing twice', async () => {
    let seen = 0;
    let stop: Promise<unknown> | undefined;
    const house = await fresh.reopen(
      {},
      {
        atStep(step) {
          if (step === 'issued') seen += 1;
          if (step === 'composed' && stop === undefined) stop = haltSigning(fresh.house.issuing.store, STOP);
        },
      },
    );
    const first = await issueSample(house, 'engagement-citoyen');
    await stop;
    expect(first.counts.failed).toBeGreaterThan(0);
    expect(new Set(first.rows.flatMap(({ outcome, reasons }) => (outcome === 'failed' ? reasons : [])))).toEqual(
      new Set(['halted']),
    );
    expect(seen).toBe(first.counts.issued);
    await resumeSigning(house.issuing.store, GO_ON);
    const second = await issueSample(house, 'engagement-citoyen');
    expect(second.counts).toMatchObject({ issued: first.counts.issued + first.counts.failed, failed: 0 });
    expect((await house.issuing.store.ledger.counts(second.issuer)).active).toBe(second.counts.issued);
  });

  it('K9 uses no signature that comes after it: what was under way at the key service is signed by a later run', async () => {
    const { issuing } = fresh.house;
    const { store, signer, halt } = issuing;
    const signed: number[] = [];
    const slow: Signer = {
      ...signer,
      async sign(request) {
        const signatures = await signer.sign(request);
        signed.push(signatures.length);
        await haltSigning(store, STOP);
        return signatures;
      },
    };
    const house = { ...fresh.house, issuing: { ...issuing, signer: haltingSigner(slow, halt.assertSigning) } };
    const stopped = await issueSample(house, 'projet-pro');
    expect(signed.length).toBeGreaterThan(0);
    const failed = stopped.rows.filter(({ outcome }) => outcome === 'failed');
    expect(new Set(failed.flatMap(({ reasons }) => reasons))).toEqual(new Set(['halted']));
    const { reserved, ...others } = await store.ledger.counts(stopped.issuer);
    expect(reserved).toBeGreaterThanOrEqual(failed.length);
    expect(others).toMatchObject({ active: 0, voided: 0 });
    await resumeSigning(store, GO_ON);
    const finished = await issueSample(fresh.house, 'projet-pro');
    expect(finished.counts).toMatchObject({ issued: failed.length, failed: 0 });
    expect(await store.ledger.counts(stopped.issuer)).toMatchObject({ active: reserved, reserved: 0, voided: 0 });
  });

  it('K9 leaves verification as it was, and no list that changed since is passed off as fresh', async () => {
    const { issuing } = fresh.house;
    const { rows, issuer } = await issueSample(fresh.house, 'projet-pro');
    const ids = rows.flatMap(({ credentialId }) => credentialId ?? []);
    const [list] = await issuing.store.ledger.lists(issuer);
    const address = `/status/${ensureDefined(list).list}`;
    expect((await fresh.house.app.request(address)).status).toBe(200);
    await haltSigning(issuing.store, STOP);
    expect((await fresh.house.app.request(address)).status).toBe(200);
    expect(ensureDefined(await verifyBadge(issuing, ensureDefined(ids[0])))).toMatchObject({ outcome: 'valid' });
    await changeStatus(issuing, { credential: ensureDefined(ids[1]), change: 'revoked', reason: 'x', actor: 'test' });
    const refused = await fresh.house.app.request(address);
    expect([refused.status, refused.headers.get('Retry-After')]).toEqual([503, '5']);
    expect(await refused.json()).toMatchObject({ type: expect.stringMatching(/halted$/), status: 503 });
    expect(ensureDefined(await verifyBadge(issuing, ensureDefined(ids[1])))).toMatchObject({
      outcome: 'invalid',
      credential: { status: 'revoked' },
    });
    expect(ensureDefined(await verifyBadge(issuing, ensureDefined(ids[0])))).toMatchObject({ outcome: 'valid' });
    await expect(
      reissueCredential(issuing, { credential: ensureDefined(ids[0]), change: { kind: 'key' }, actor: 'test' }),
    ).rejects.toThrow(SigningHaltedError);
    await resumeSigning(issuing.store, GO_ON);
    expect((await fresh.house.app.request(address)).status).toBe(200);
  });

  it('K9 serves the list signed last after a restart too, which can sign none', async () => {
    const { issuer } = await issueSample(fresh.house, 'projet-pro');
    const [list] = await fresh.house.issuing.store.ledger.lists(issuer);
    const body = async () => (await fresh.house.app.request(`/status/${ensureDefined(list).list}`)).text();
    const before = await body();
    await haltSigning(fresh.house.issuing.store, STOP);
    await fresh.reopen();
    expect(await body()).toBe(before);
  });

  it('K9 is recorded with who asked and why, once', async () => {
    const { store } = fresh.house.issuing;
    const { halt, changed } = await haltSigning(store, STOP);
    expect(changed).toBe(true);
    expect(await haltSigning(store, { reason: 'encore', actor: 'operator-3' })).toEqual({ halt, changed: false });
    expect(await store.ledger.haltReason()).toEqual({ reason: STOP.reason });
    expect(await resumeSigning(store, GO_ON)).toEqual({ changed: true });
    expect(await resumeSigning(store, GO_ON)).toEqual({ changed: false });
    expect((await store.ledger.check()).ok).toBe(true);
  });
});

describe('the VC-API during an emergency stop', () => {
  it('K9 answers 503 with the reason, and keeps nothing of the request to be signed later', async () => {
    const api = await openApiHouse();
    try {
      const token = await api.token(['issue'], api.issuer);
      const body = { credential: openBadge(api.issuer), options: {} };
      await haltSigning(api.house.issuing.store, STOP);
      const refused = await api.post('/credentials/issue', body, { token });
      expect([refused.status, refused.headers.get('Retry-After')]).toEqual([503, '5']);
      expect(await refused.json()).toMatchObject({
        type: expect.stringMatching(/halted$/),
        title: 'Signing is halted',
      });
      expect(await api.house.issuing.store.ledger.unfinished()).toEqual([]);
      await resumeSigning(api.house.issuing.store, GO_ON);
      expect((await api.post('/credentials/issue', body, { token })).status).toBe(201);
    } finally {
      await api.close();
    }
  });
});

describe('what a process knows of the emergency stop', () => {
  it('K9 is read once, and again after each change, whoever made it', async () => {
    const store = new ModelStore(handClock()).open();
    let readings = 0;
    const counted = {
      follow: store.follow.bind(store),
      ledger: new Proxy(store.ledger, {
        get(ledger, name) {
          if (name === 'halt') readings += 1;
          const member: unknown = Reflect.get(ledger, name);
          return typeof member === 'function' ? member.bind(ledger) : member;
        },
      }),
    };
    const state = createHaltState(counted);
    await state.assertSigning();
    await state.assertSigning();
    expect(readings).toBe(1);
    await haltSigning(store, STOP);
    await expect(state.assertSigning()).rejects.toThrow(SigningHaltedError);
    await expect(state.assertSigning()).rejects.toThrow(SigningHaltedError);
    expect(readings).toBe(2);
    await resumeSigning(store, GO_ON);
    await state.assertSigning();
    expect(await state.current()).toBeUndefined();
  });

  it('K9 signs nothing while the state cannot be read, and asks again', async () => {
    let broken = true;
    const store = new ModelStore(handClock()).open();
    const state = createHaltState({
      follow: store.follow.bind(store),
      ledger: new Proxy(store.ledger, {
        get(ledger, name) {
          if (name === 'halt' && broken) return () => Promise.reject(new Error('the store is away'));
          const member: unknown = Reflect.get(ledger, name);
          return typeof member === 'function' ? member.bind(ledger) : member;
        },
      }),
    });
    await expect(state.assertSigning()).rejects.toThrow('away');
    broken = false;
    await state.assertSigning();
  });
});
