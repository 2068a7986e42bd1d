import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src/ports/json.js';
import { encodeStatusList } from '../../../src/status/encoded-list.js';
import { signForeign } from '../../proof/foreign-badges.js';
import { publishedFor, theirs } from '../../verification/foreign.js';
import {
  controllerDocument,
  crypto,
  fullBadge,
  INDEX,
  ISSUER,
  LIST_URL,
  listAt,
  objectAt,
  sign,
  unsignedList,
  withMember,
} from '../../verification/house.js';
import { V1 } from '../../verification/older-badge.js';
import { ISSUER_DOCUMENT, STRANGER, serve, withList, withPages } from './served.js';

const served = serve();
const RETRIEVAL = '200 indeterminate status/status-not-retrieved STATUS_RETRIEVAL_ERROR';
const NOT_TRUSTED = '200 invalid status/status-list-not-trusted STATUS_VERIFICATION_ERROR';
const MISMATCH = '200 invalid status/status-list-mismatch STATUS_VERIFICATION_ERROR';
const MALFORMED = '200 invalid status/malformed-status MALFORMED_VALUE_ERROR';
const UNREADABLE = '200 indeterminate status/status-list-unreadable STATUS_VERIFICATION_ERROR';

/** A signed badge whose status entry is changed. */
const withEntry = (changes: JsonObject) =>
  sign({ ...fullBadge(), credentialStatus: { ...objectAt(fullBadge(), 'credentialStatus'), ...changes } });
const subjectOf = async (...list: Parameters<typeof unsignedList>) =>
  objectAt(await unsignedList(...list), 'credentialSubject');

describe('the status of a posted badge', () => {
  it('V45 a set bit revokes; bits beside it, in the same list, do not', async () => {
    const badge = await sign(fullBadge());
    await withList(served, await unsignedList([INDEX - 1, INDEX + 1]));
    expect(await served.verdict(badge)).toBe('200 valid');
    await withList(served, await unsignedList([INDEX]));
    expect(await served.verdict(badge)).toBe('200 invalid status/revoked revoked');
    const report = await served.report(badge);
    expect(report.credential).toMatchObject({ status: 'revoked', name: 'Engagement étudiant' });
  });

  it.each([
    ['V45 suspension', 'suspension', '200 invalid status/suspended suspended'],
    ['V45 refresh', 'refresh', '200 valid +refresh-available'],
    [
      'V45 a purpose of somebody’s own',
      'archive',
      '200 indeterminate status/unsupported-status-type unsupported-status-type',
    ],
  ])('%s says what its purpose says', async (_, statusPurpose, expected) => {
    const badge = await withEntry({ statusPurpose });
    await withList(served, await unsignedList([], statusPurpose));
    expect(await served.verdict(badge)).toBe('200 valid');
    await withList(served, await unsignedList([INDEX], statusPurpose));
    expect(await served.verdict(badge)).toBe(expected);
  });

  it('V45 a message is passed on as a warning', async () => {
    const statusMessage = [
      { status: '0x0', message: 'ok' },
      { status: '0x1', message: 'à renouveler' },
    ];
    const badge = await withEntry({ statusPurpose: 'message', statusMessage });
    await withList(served, await unsignedList([INDEX], 'message'));
    expect(await served.verdict(badge)).toBe('200 valid +status-message');
    expect((await served.report(badge)).warnings[0]?.message.fr).toContain('à renouveler');
  });

  it('V46 every entry counts: the second of two revokes as well', async () => {
    const status = objectAt(fullBadge(), 'credentialStatus');
    const second = { ...status, id: `${LIST_URL}#7`, statusListIndex: '7' };
    const badge = await sign({ ...fullBadge(), credentialStatus: [status, second] });
    await withList(served, await unsignedList([7]));
    expect(await served.verdict(badge)).toMatch(/^200 invalid .*status\/revoked .*revoked$/);
    const eleven = await sign({ ...fullBadge(), credentialStatus: Array.from({ length: 11 }, () => second) });
    expect(await served.verdict(eleven)).toMatch(/^200 invalid .*status\/too-complex .*too-complex/);
  });

  it('V47 an unknown type is never valid in silence', async () => {
    const entry = (type: string) => ({ id: 'https://badges.univ.example/x', type });
    const unknown = '200 indeterminate status/unsupported-status-type unsupported-status-type';
    const known = await sign({ ...fullBadge(), credentialStatus: entry('1EdTechCredentialRefresh') });
    expect(await served.verdict(known)).toBe(unknown);
    // A word no context knows can be signed as JSON only.
    const badge = await signForeign({ ...theirs(), credentialStatus: entry('Foo') }, 'eddsa-jcs-2022', ISSUER);
    withPages(served, { [ISSUER_DOCUMENT]: publishedFor(badge) });
    expect(await served.verdict(badge.document)).toBe(unknown);
  });

  it('V47 a 1EdTechRevocationList is read', async () => {
    const url = 'https://badges.univ.example/revocations';
    const badge = await sign({ ...fullBadge(), credentialStatus: { id: url, type: '1EdTechRevocationList' } });
    const id = String(fullBadge()['id']);
    withPages(served, { [url]: { revokedCredential: [{ id: 'urn:uuid:other' }] } });
    expect(await served.verdict(badge)).toBe('200 valid');
    withPages(served, { [url]: { revokedCredential: [{ id }] } });
    expect(await served.verdict(badge)).toBe('200 invalid status/revoked revoked');
    withPages(served, { [url]: { revoked: [id] } });
    expect(await served.verdict(badge)).toBe(UNREADABLE);
    withPages(served, { [url]: '<html></html>' });
    expect(await served.verdict(badge)).toBe(RETRIEVAL);
  });

  it('V47 StatusList2021 is read, in the words of its time', async () => {
    const context = 'https://w3id.org/vc/status-list/2021/v1';
    const entry = { ...objectAt(fullBadge(), 'credentialStatus'), type: 'StatusList2021Entry' };
    const contexts = [...listAt(fullBadge(), '@context'), context];
    const badge = await sign({ ...fullBadge(), '@context': contexts, credentialStatus: entry });
    for (const [set, expected] of [
      [[], '200 valid'],
      [[INDEX], '200 invalid status/revoked revoked'],
    ] as const) {
      const { validFrom = null, ...list } = await unsignedList(set);
      const subject = objectAt(list, 'credentialSubject');
      const older = {
        ...list,
        '@context': [V1, context, 'https://w3id.org/security/suites/ed25519-2020/v1'],
        type: ['VerifiableCredential', 'StatusList2021Credential'],
        issuanceDate: validFrom,
        credentialSubject: {
          ...subject,
          type: 'StatusList2021',
          encodedList: String(subject['encodedList']).slice(1),
        },
      };
      withPages(served, { [LIST_URL]: await sign(older, { suites: ['Ed25519Signature2020'] }) });
      expect(await served.verdict(badge)).toBe(expected);
    }
    withPages(served, { [LIST_URL]: await sign(await unsignedList()) });
    expect(await served.verdict(badge)).toBe(MISMATCH);
  });

  it.each<[string, number, string]>([
    ['404', 404, ''],
    ['500', 500, ''],
    ['HTML', 200, '<!doctype html><title>List</title>'],
    ['nothing', 200, ''],
    ['a list of lists', 200, '[[]]'],
    ['a member twice', 200, '{"id":1,"id":2}'],
  ])('V48 a list that answers %s leaves the answer open', async (_, status, body) => {
    withPages(served, { [LIST_URL]: (__, response) => response.writeHead(status).end(body) });
    const badge = await sign(fullBadge());
    expect(await served.verdict(badge)).toBe(RETRIEVAL);
    expect((await served.report(badge)).credential).toMatchObject({ status: 'unknown' });
  });

  it('V49 a list that was altered, is not signed, or brings words of its own is not believed', async () => {
    const badge = await sign(fullBadge());
    const revoked = await sign(await unsignedList([INDEX]));
    const lists: JsonObject[] = [
      { ...revoked, credentialSubject: await subjectOf() },
      await unsignedList(),
      { ...(await sign(await unsignedList())), '@index': 'x' },
      await sign(await unsignedList(), { did: STRANGER }),
      { ...(await sign(await unsignedList())), issuer: STRANGER },
    ];
    for (const list of lists) {
      withPages(served, { [LIST_URL]: list });
      expect(await served.verdict(badge)).toBe(NOT_TRUSTED);
    }
    withPages(served, { [LIST_URL]: await sign(await unsignedList()) });
    expect(await served.verdict(badge)).toBe('200 valid');
  });

  it('V49 a list that has expired, or is of tomorrow, is not believed', async () => {
    const badge = await sign(fullBadge());
    await withList(served, { ...(await unsignedList()), validUntil: '2026-11-22T09:30:20Z' });
    expect(await served.verdict(badge)).toBe(MISMATCH);
    await withList(served, { ...(await unsignedList()), validUntil: '2026-11-23T09:30:20Z' });
    expect(await served.verdict(badge)).toBe('200 valid');
    await withList(served, { ...(await unsignedList()), validFrom: '2026-11-23T09:30:20Z' });
    expect(await served.verdict(badge)).toBe(MISMATCH);
  });

  it('V49 a list of another issuer is believed with a warning when that issuer speaks for its address', async () => {
    const host = 'did:web:badges.univ.example';
    const hostDocument = 'https://badges.univ.example/.well-known/did.json';
    const badge = await sign(fullBadge());
    const list = await sign({ ...(await unsignedList()), issuer: host }, { did: host });
    withPages(served, { [LIST_URL]: list, [hostDocument]: controllerDocument(host) });
    expect(await served.verdict(badge)).toBe('200 valid +status-issuer-differs');
    const set = await sign({ ...(await unsignedList([INDEX])), issuer: host }, { did: host });
    withPages(served, { [LIST_URL]: set });
    expect(await served.verdict(badge)).toBe('200 invalid status/revoked +status-issuer-differs revoked');
    const strange = await sign({ ...(await unsignedList()), issuer: STRANGER }, { did: STRANGER });
    withPages(served, { [LIST_URL]: strange });
    expect(await served.verdict(badge)).toBe(NOT_TRUSTED);
  });

  it('V50 a list for another purpose, of another kind or of another address does not answer', async () => {
    const badge = await sign(fullBadge());
    const list = await unsignedList();
    const { encodedList: _, statusPurpose: __, ...subject } = await subjectOf();
    const lists: JsonObject[] = [
      await unsignedList([], 'suspension'),
      { ...list, credentialSubject: { ...subject, type: 'JsonSchema' } },
      { ...list, id: `${LIST_URL}2` },
      { ...list, type: ['VerifiableCredential'] },
    ];
    for (const other of lists) {
      await withList(served, other);
      expect(await served.verdict(badge)).toBe(MISMATCH);
    }
    await withList(served, {
      ...list,
      credentialSubject: { ...(await subjectOf()), statusPurpose: ['refresh', 'revocation'] },
    });
    expect(await served.verdict(badge)).toBe('200 valid');
  });

  it('V50 an entry with the id of its list is malformed', async () => {
    expect(await served.verdict(await withEntry({ id: LIST_URL }))).toBe(MALFORMED);
  });

  it('V51 a list shorter than the privacy minimum is not used, and says why', async () => {
    const list = await unsignedList();
    for (const [bytes, expected] of [
      [16_383, '200 indeterminate status/status-list-too-short STATUS_LIST_LENGTH_ERROR'],
      [16_384, '200 valid'],
    ] as const) {
      const encodedList = await encodeStatusList(new Uint8Array(bytes), crypto);
      await withList(served, withMember(list, ['credentialSubject', 'encodedList'], encodedList));
      expect(await served.verdict(await sign(fullBadge()))).toBe(expected);
    }
    const encodedList = await encodeStatusList(new Uint8Array(100), crypto);
    await withList(served, withMember(list, ['credentialSubject', 'encodedList'], encodedList));
    const { checks } = await served.report(await sign(fullBadge()));
    expect(checks.find(({ id }) => id === 'status')?.message.en).toContain('privacy');
  });

  it.each<Json>(['-1', '1e3', '0x10', ' 7', '7 ', '7.0', '', '9'.repeat(400), '07', '+7', '７'])(
    'V52 the index %j is malformed',
    async (statusListIndex) => {
      expect(await served.verdict(await withEntry({ statusListIndex }))).toBe(MALFORMED);
    },
  );

  it('V52 an index that is a number is malformed, a text of the same digits is not', async () => {
    expect(await served.verdict(await withEntry({ statusListIndex: 7 }))).toMatch(
      /^200 invalid .*status\/malformed-status .*MALFORMED_VALUE_ERROR$/,
    );
    expect(await served.verdict(await withEntry({ statusListIndex: '7' }))).toBe('200 valid');
  });

  it.each(['131072', '18446744073709551615'])('V53 the index %s lies beyond the list', async (statusListIndex) => {
    expect(await served.verdict(await withEntry({ statusListIndex }))).toBe(
      '200 invalid status/status-index-out-of-range RANGE_ERROR',
    );
  });

  it('V53 an index times its size beyond the end lies beyond the list', async () => {
    const statusMessage = Array.from({ length: 4 }, (_, value) => ({ status: `0x${value}`, message: `${value}` }));
    const twoBits = { statusPurpose: 'message', statusSize: 2, statusMessage };
    const encodedList = await encodeStatusList(new Uint8Array(2 * 16_384), crypto);
    await withList(
      served,
      withMember(await unsignedList([], 'message'), ['credentialSubject', 'encodedList'], encodedList),
    );
    expect(await served.verdict(await withEntry({ ...twoBits, statusListIndex: '131071' }))).toBe(
      '200 valid +status-message',
    );
    expect(await served.verdict(await withEntry({ ...twoBits, statusListIndex: '131072' }))).toBe(
      '200 invalid status/status-index-out-of-range RANGE_ERROR',
    );
  });

  const message = (status: string) => ({ status, message: status });
  it.each<[string, JsonObject]>([
    ['0', { statusSize: 0 }],
    ['33', { statusSize: 33 }],
    ['a text', { statusSize: '1' }],
    ['a fraction', { statusSize: 1.5 }],
    ['2 without messages', { statusSize: 2 }],
    ['2 with three messages', { statusSize: 2, statusMessage: ['0x0', '0x1', '0x2'].map(message) }],
    ['2 with a message twice', { statusSize: 2, statusMessage: ['0x0', '0x1', '0x2', '0x2'].map(message) }],
    ['1 with messages for values it has not', { statusMessage: ['0x0', '0x2'].map(message) }],
  ])('V54 a size of %s is malformed', async (_, changes) => {
    expect(await served.verdict(await withEntry(changes))).toMatch(
      /^200 invalid .*status\/malformed-status .*MALFORMED_VALUE_ERROR$/,
    );
  });

  const bytesOf = (text: string) => Buffer.from(text.slice(1), 'base64url');
  const encode = (bytes: Uint8Array) => `u${Buffer.from(bytes).toString('base64url')}`;
  it.each<[string, (text: string) => string]>([
    ['without its prefix', (text) => text.slice(1)],
    ['padded', (text) => `${text}==`],
    ['no GZIP', () => encode(new Uint8Array(64))],
    ['raw DEFLATE', () => encode(deflateRawSync(new Uint8Array(16_384)))],
    [
      'with a bad check sum',
      (text) => encode(bytesOf(text).map((byte, at, all) => (at === all.length - 5 ? byte ^ 1 : byte))),
    ],
    ['with bytes after it', (text) => encode(Buffer.concat([bytesOf(text), Buffer.alloc(4)]))],
    ['with a second list after it', (text) => encode(Buffer.concat([bytesOf(text), bytesOf(text)]))],
    ['cut short', (text) => text.slice(0, -6)],
    ['empty', () => 'u'],
  ])('V55 a list %s cannot be read', async (_, change) => {
    const list = await unsignedList();
    const encoded = String(objectAt(list, 'credentialSubject')['encodedList']);
    await withList(served, withMember(list, ['credentialSubject', 'encodedList'], change(encoded)));
    expect(await served.verdict(await sign(fullBadge()))).toBe(UNREADABLE);
  });

  it.each([0, 7, 8, 131_071])('V56 the bit of index %i is found exactly, counted from the left', async (index) => {
    const badge = await withEntry({ statusListIndex: String(index) });
    const others = [0, 7, 8, 131_071, index - 1, index + 1].filter(
      (other) => other !== index && other >= 0 && other < 131_072,
    );
    await withList(served, await unsignedList([index]));
    expect(await served.verdict(badge)).toBe('200 invalid status/revoked revoked');
    await withList(served, await unsignedList(others));
    expect(await served.verdict(badge)).toBe('200 valid');
  });

  it('V56 index 0 alone is the byte 0x80', async () => {
    const bits = new Uint8Array(16_384);
    bits[0] = 0x80;
    const encodedList = encode(gzipSync(bits));
    await withList(served, withMember(await unsignedList(), ['credentialSubject', 'encodedList'], encodedList));
    expect(await served.verdict(await withEntry({ statusListIndex: '0' }))).toBe('200 invalid status/revoked revoked');
    expect(await served.verdict(await withEntry({ statusListIndex: '7' }))).toBe('200 valid');
  });

  it('V57 a list that inflates to 256 MiB is not inflated', async () => {
    const bomb = encode(gzipSync(Buffer.alloc(256 * 1024 * 1024)));
    await withList(served, withMember(await unsignedList(), ['credentialSubject', 'encodedList'], bomb));
    const badge = await sign(fullBadge());
    const before = process.memoryUsage().arrayBuffers;
    expect(await served.verdict(badge)).toBe('200 indeterminate status/status-list-too-complex too-complex');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024);
  });

  it('V57 a bomb that lies about its length is none either', async () => {
    const zeros = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    zeros.writeUInt32LE(16_384, zeros.length - 4);
    zeros.writeUInt32LE(crc32(new Uint8Array(16_384)), zeros.length - 8);
    await withList(served, withMember(await unsignedList(), ['credentialSubject', 'encodedList'], encode(zeros)));
    expect(await served.verdict(await sign(fullBadge()))).toMatch(/^200 indeterminate status\//);
  });

  it('a badge without a status is valid, and one whose issuer is gone stays open', async () => {
    const { credentialStatus: _, ...badge } = fullBadge();
    expect(await served.verdict(await sign(badge))).toBe('200 valid');
    withPages(served, { [ISSUER_DOCUMENT]: (__, response) => response.writeHead(500).end() });
    expect(await served.verdict(await sign(badge))).toMatch(/^200 indeterminate issuer\/did-unresolved /);
  });
});
