import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createNodeCrypto } from '../../src/platform/node-crypto.js';
import { isJsonObject, type Json, type JsonObject } from '../../src/ports/json.js';
import { canonize } from '../../src/proof/canonize.js';
import { addProofs } from '../../src/proof/sign.js';
import { PROOF_SUITES } from '../../src/proof/suites.js';
import { createBitstring, withBit } from '../../src/status/bitstring.js';
import { encodeStatusList } from '../../src/status/encoded-list.js';
import { composeStatusListCredential } from '../../src/status/list-credential.js';
import { readStatus } from '../../src/status/read-status.js';
import { readStatusEntry } from '../../src/status/status-entry.js';
import { CREATED, fixedKey, ISSUER } from '../proof/badge.js';
import { verifyWithLibrary } from '../proof/not-ours.js';
import { testContexts } from '../support/contexts.js';

const crypto = createNodeCrypto();
const LIST_URL = 'https://badges.univ.example/status/list';
const AT = CREATED + 60_000;

function entryOf(change: JsonObject = {}): JsonObject {
  return {
    id: `${LIST_URL}#7`,
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: '7',
    statusListCredential: LIST_URL,
    ...change,
  };
}

async function listWith(set: readonly number[], bits = createBitstring(), purpose = 'revocation'): Promise<JsonObject> {
  const encodedList = await encodeStatusList(set.reduce(withBit, bits), crypto);
  return composeStatusListCredential({ issuer: ISSUER, listUrl: LIST_URL, purpose, encodedList, validFrom: CREATED });
}

function withSubject(list: JsonObject, change: JsonObject): JsonObject {
  const subject = isJsonObject(list['credentialSubject']) ? list['credentialSubject'] : {};
  return { ...list, credentialSubject: { ...subject, ...change } };
}

async function read(entry: Json, list: JsonObject, at = AT) {
  const reading = readStatusEntry(entry);
  return reading.outcome === 'entry' ? readStatus({ entry: reading.entry, list, crypto, at }) : reading;
}

describe('a list credential', () => {
  it('carries both proofs, and the library verifies each', async () => {
    const list = await listWith([7]);
    const contexts = await testContexts();
    const signed = await addProofs({
      credential: list,
      suites: PROOF_SUITES,
      ...fixedKey(),
      contexts,
      created: CREATED,
    });
    for (const suite of PROOF_SUITES) expect(await verifyWithLibrary(signed, suite)).toEqual({ verified: true });
  });

  it('names one purpose as text, its own URL and its subject', async () => {
    expect(await listWith([])).toMatchObject({
      id: LIST_URL,
      type: ['VerifiableCredential', 'BitstringStatusListCredential'],
      issuer: ISSUER,
      validFrom: '2026-11-22T09:30:15Z',
      credentialSubject: { id: `${LIST_URL}#list`, type: 'BitstringStatusList', statusPurpose: 'revocation' },
    });
  });

  it('may show the whole Profile of its issuer, every term defined', async () => {
    const issuer = { id: ISSUER, type: ['Profile'], name: 'Université', url: 'https://univ.example' };
    const parts = { listUrl: LIST_URL, purpose: 'revocation', encodedList: 'u', validFrom: CREATED };
    const list = composeStatusListCredential({ ...parts, issuer });
    expect(await canonize(list, { contexts: await testContexts() })).toContain('"Université"');
  });
});

describe('reading a status', () => {
  it.each([0, 7, 8, 131_071])('finds exactly index %d (V56)', async (index) => {
    const list = await listWith([index]);
    for (const probe of [0, 1, 6, 7, 8, 9, 131_070, 131_071]) {
      const reading = await read(entryOf({ statusListIndex: String(probe) }), list);
      expect(reading.outcome).toBe(probe === index ? 'set' : 'clear');
    }
  });

  it('tells the purpose of the entry, so that the caller knows what a set bit means (V45)', async () => {
    for (const purpose of ['revocation', 'suspension', 'refresh']) {
      const list = await listWith([7], createBitstring(), purpose);
      expect(await read(entryOf({ statusPurpose: purpose }), list)).toEqual({ outcome: 'set', purpose, value: 1 });
    }
  });

  it('takes a list made for several purposes', async () => {
    const list = withSubject(await listWith([7]), { statusPurpose: ['suspension', 'revocation'] });
    expect((await read(entryOf(), list)).outcome).toBe('set');
  });

  it('reads entries of several bits with their messages', async () => {
    const statusMessage = ['pending', 'accepted', 'rejected', 'lost'].map((message, value) => ({
      status: `0x${value}`,
      message,
    }));
    const entry = entryOf({ statusPurpose: 'message', statusSize: 2, statusMessage, statusListIndex: '3' });
    const list = await listWith([6], new Uint8Array(32 * 1024), 'message');
    expect(await read(entry, list)).toEqual({ outcome: 'set', purpose: 'message', value: 2, message: 'rejected' });
    const clear = await read({ ...entry, statusListIndex: '4' }, list);
    expect(clear).toEqual({ outcome: 'clear', purpose: 'message', message: 'pending' });
  });
});

describe('an entry is refused', () => {
  it.each([-1, 7, '-1', '1e3', '0x10', ' 7', '7 ', '7.0', '07', '', '7'.repeat(400), '７', null, ['7']])(
    'with index %j (V52)',
    (statusListIndex) => {
      expect(readStatusEntry(entryOf({ statusListIndex }))).toMatchObject({
        outcome: 'invalid',
        code: 'MALFORMED_VALUE_ERROR',
      });
    },
  );

  it.each([0, 33, '1', 1.5, -1, 2])('with size %j and no messages (V54)', (statusSize) => {
    expect(readStatusEntry(entryOf({ statusSize }))).toMatchObject({
      outcome: 'invalid',
      code: 'MALFORMED_VALUE_ERROR',
    });
  });

  it('with too few, too many, repeated or unnamed messages (V54)', () => {
    const message = (status: Json) => ({ status, message: 'text' });
    const lists: Json[] = [
      [],
      ['0x0', '0x1', '0x2'].map(message),
      ['0x0', '0x1', '0x2', '0x3', '0x4'].map(message),
      ['0x0', '0x1', '0x2', '0x2'].map(message),
      ['0x0', '0x1', '0x2', '0x4'].map(message),
      [0, 1, 2, 3].map(message),
      'text',
    ];
    for (const statusMessage of lists) {
      const entry = entryOf({ statusSize: 2, statusMessage });
      expect(readStatusEntry(entry)).toMatchObject({ code: 'MALFORMED_VALUE_ERROR' });
    }
  });

  it('with the id of its list (V50), no purpose, no URL, no type, or when it is no object', () => {
    const { type: _, ...untyped } = entryOf();
    const entries: Json[] = [
      entryOf({ id: LIST_URL }),
      entryOf({ statusPurpose: '' }),
      entryOf({ statusPurpose: ['revocation'] }),
      entryOf({ statusListCredential: 'status/list' }),
      untyped,
      'entry',
      [],
    ];
    for (const entry of entries) expect(readStatusEntry(entry)).toMatchObject({ code: 'MALFORMED_VALUE_ERROR' });
  });

  it('of an older or unknown type is unknown, never valid (V47)', () => {
    for (const type of ['1EdTechRevocationList', 'Foo', []]) {
      expect(readStatusEntry(entryOf({ type }))).toMatchObject({ outcome: 'unknown', code: 'unsupported-status-type' });
    }
  });
});

describe('a list does not answer', () => {
  it('when it is for another purpose, another URL, of another type or subject (V50)', async () => {
    const list = await listWith([]);
    const wrong: JsonObject[] = [
      withSubject(list, { statusPurpose: 'suspension' }),
      withSubject(list, { statusPurpose: ['suspension', 'message'] }),
      withSubject(list, { type: 'StatusList2021' }),
      withSubject(list, { encodedList: 7 }),
      { ...list, id: `${LIST_URL}2` },
      { ...list, type: ['VerifiableCredential'] },
      { ...list, credentialSubject: [] },
    ];
    for (const one of wrong) {
      expect(await read(entryOf(), one)).toMatchObject({ outcome: 'invalid', code: 'STATUS_VERIFICATION_ERROR' });
    }
  });

  it('when it has expired, is not valid yet, or its dates are malformed (V49)', async () => {
    const list = await listWith([]);
    const validUntil = '2026-11-22T09:31:00Z';
    expect((await read(entryOf(), { ...list, validUntil }, Date.parse(validUntil))).outcome).toBe('clear');
    const wrong: JsonObject[] = [
      { ...list, validUntil },
      { ...list, validUntil: 'soon' },
      { ...list, validFrom: 7 },
    ];
    for (const one of wrong) {
      expect(await read(entryOf(), one, Date.parse(validUntil) + 1)).toMatchObject({
        code: 'STATUS_VERIFICATION_ERROR',
      });
    }
    expect((await read(entryOf(), list, CREATED - 300_000)).outcome).toBe('clear');
    expect((await read(entryOf(), list, CREATED - 302_000)).outcome).toBe('invalid');
  });

  it('when it is shorter than the privacy minimum, counted in entries (V51)', async () => {
    const short = await listWith([], createBitstring(131_064));
    expect(await read(entryOf(), short)).toMatchObject({ outcome: 'unknown', code: 'STATUS_LIST_LENGTH_ERROR' });
    const statusMessage = [0, 1, 2, 3].map((value) => ({ status: `0x${value}`, message: 'm' }));
    const wide = await read(entryOf({ statusSize: 2, statusMessage }), await listWith([]));
    expect(wide).toMatchObject({ outcome: 'unknown', code: 'STATUS_LIST_LENGTH_ERROR' });
  });

  it.each(['131072', '99999999999999999999'])('for index %s, beyond its end (V53)', async (statusListIndex) => {
    const reading = await read(entryOf({ statusListIndex }), await listWith([]));
    expect(reading).toMatchObject({ outcome: 'invalid', code: 'RANGE_ERROR' });
  });

  it('when it cannot be expanded (V55), or is a bomb (V57)', async () => {
    const list = await listWith([]);
    const damaged = await read(entryOf(), withSubject(list, { encodedList: 'uAAAA' }));
    expect(damaged).toMatchObject({ outcome: 'unknown', code: 'STATUS_VERIFICATION_ERROR' });
    const bomb = `u${gzipSync(new Uint8Array(64 * 1024 * 1024)).toString('base64url')}`;
    const exploded = await read(entryOf(), withSubject(list, { encodedList: bomb }));
    expect(exploded).toMatchObject({ outcome: 'unknown', code: 'too-complex' });
  });
});
