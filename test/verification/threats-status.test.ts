import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../src/ports/json.js';
import type { OwnState } from '../../src/ports/resolver.js';
import { encodeBase58Multibase } from '../../src/proof/multibase.js';
import { encodeStatusList } from '../../src/status/encoded-list.js';
import {
  CREATED,
  check,
  controllerDocument,
  crypto,
  fullBadge,
  INDEX,
  ISSUER,
  LIST_URL,
  listAt,
  objectAt,
  problems,
  REPORT_BYTES,
  REPORT_URL,
  sign,
  signWith,
  unsignedList,
  verify,
  type World,
  withMember,
} from './house.js';

interface ListChanges {
  readonly purpose?: string;
  readonly changes?: JsonObject;
}

const withList = async (list: JsonObject): Promise<World> => ({ lists: { [LIST_URL]: await sign(list) } });

describe('the dates of a badge', () => {
  const validFrom = Date.parse('2026-11-22T09:30:15Z');

  it('V43: not yet valid beyond 300 seconds', async () => {
    const early = await sign(withMember(fullBadge(), ['validFrom'], '2026-11-23T09:30:15Z'));
    const report = await verify(early);
    expect(check(report, 'validity')).toEqual({ state: 'fail', code: 'not-yet-valid' });
    expect(report).toMatchObject({ outcome: 'invalid', credential: { status: 'not-yet-valid' } });
    expect((await verify(await sign(fullBadge()), { now: validFrom - 200_000 })).outcome).toBe('valid');
  });

  it('V44: expired one second ago', async () => {
    const signed = await sign(fullBadge());
    const validUntil = Date.parse('2036-11-22T09:30:15Z');
    const report = await verify(signed, { now: validUntil + 1000 });
    expect(check(report, 'validity')).toEqual({ state: 'fail', code: 'expired' });
    expect(report).toMatchObject({ outcome: 'invalid', credential: { status: 'expired' } });
    expect((await verify(signed, { now: validUntil })).outcome).toBe('valid');
  });

  it.each([
    ['validUntil', '2026-11-21T09:30:15Z'],
    ['validUntil', '2036-11-22T09:30:15'],
    ['validUntil', '2036-11-22'],
    ['validUntil', '2036-13-01T00:00:00Z'],
    ['validFrom', '2026-02-31T00:00:00Z'],
    ['validFrom', '0000-01-01T00:00:00Z'],
    ['validUntil', '+275760-09-13T00:00:00Z'],
    ['validFrom', '1763803815'],
  ])('V44: %s %s is malformed', async (member, date) => {
    const report = await verify(await signWith(withMember(fullBadge(), [member], date), {}));
    expect(check(report, 'validity').state).toBe('fail');
    expect(problems(report)).toContain('MALFORMED_VALUE_ERROR');
    expect(report.outcome).toBe('invalid');
  });

  it('V44: the dates of the 1.1 model have no place in a 2.0 badge', async () => {
    const report = await verify({ ...(await sign(fullBadge())), expirationDate: '2027-01-01T00:00:00Z' });
    expect(report.outcome).toBe('invalid');
  });
});

describe('the status of a badge', () => {
  it('V45: a set bit of purpose revocation revokes', async () => {
    const report = await verify(await sign(fullBadge()), { world: await withList(await unsignedList([INDEX])) });
    expect(check(report, 'status')).toEqual({ state: 'fail', code: 'revoked' });
    expect(report).toMatchObject({ outcome: 'invalid', credential: { status: 'revoked' } });
    expect(check(report, 'proof').state).toBe('pass');
  });

  it.each([
    ['suspension', 'invalid', 'suspended'],
    ['refresh', 'valid', 'active'],
    ['message', 'invalid', 'unknown'],
    ['something', 'indeterminate', 'unknown'],
  ])('V45: a set bit of purpose %s', async (purpose, outcome, status) => {
    const badge = withMember(fullBadge(), ['credentialStatus', 'statusPurpose'], purpose);
    const report = await verify(await sign(badge), { world: await withList(await unsignedList([INDEX], purpose)) });
    expect(report).toMatchObject({ outcome, credential: { status } });
  });

  it('V45: a message is passed on', async () => {
    const badge = fullBadge();
    const message = {
      statusPurpose: 'message',
      statusMessage: [
        { status: '0x0', message: 'ok' },
        { status: '0x1', message: 'à renouveler' },
      ],
    };
    const signed = await sign({ ...badge, credentialStatus: { ...objectAt(badge, 'credentialStatus'), ...message } });
    const report = await verify(signed, { world: await withList(await unsignedList([INDEX], 'message')) });
    expect(report.outcome).toBe('valid');
    expect(report.warnings[0]?.message.fr).toContain('à renouveler');
  });

  it('V46: the second of two entries counts as much as the first', async () => {
    const badge = fullBadge();
    const status = objectAt(badge, 'credentialStatus');
    const second = { ...status, id: `${LIST_URL}#7`, statusListIndex: '7' };
    const report = await verify(await sign({ ...badge, credentialStatus: [status, second] }), {
      world: await withList(await unsignedList([7])),
    });
    expect(check(report, 'status')).toEqual({ state: 'fail', code: 'revoked' });
    expect(report.checks.find(({ id }) => id === 'status')?.pointer).toBe('/credentialStatus/1');
  });

  it('V47: a status of an unknown type is never valid in silence', async () => {
    const badge = fullBadge();
    const other = { id: 'https://badges.univ.example/refresh', type: '1EdTechCredentialRefresh' };
    const report = await verify(await sign({ ...badge, credentialStatus: other }));
    expect(check(report, 'status')).toEqual({ state: 'unknown', code: 'unsupported-status-type' });
    expect(report).toMatchObject({ verified: false, outcome: 'indeterminate', credential: { status: 'unknown' } });
  });

  const OLDER_LIST = 'https://badges.univ.example/revocations';
  const withOlderStatus = () =>
    sign({ ...fullBadge(), credentialStatus: { id: OLDER_LIST, type: '1EdTechRevocationList' } });
  const ID = String(fullBadge()['id']);

  it.each<[string, JsonObject, string | null]>([
    ['does not list it passes', { revokedCredential: [{ id: 'urn:uuid:other' }] }, null],
    ['lists nothing passes', { id: OLDER_LIST, issuer: ISSUER, revokedCredential: [] }, null],
    ['takes its revocation back passes', { revokedCredential: [{ id: ID, revoked: false }] }, null],
    ['lists it revokes it', { revokedCredential: [{ id: 'urn:uuid:other' }, { id: ID }] }, 'revoked'],
    ['lists it with a reason revokes it', { revokedCredential: [{ id: ID, revoked: true }] }, 'revoked'],
    ['lists it twice revokes it', { revokedCredential: [{ id: ID, revoked: false }, { id: ID }] }, 'revoked'],
    [
      'is of another issuer is not believed',
      { issuer: 'did:web:a.example', revokedCredential: [] },
      'status-list-not-trusted',
    ],
    ['is no list leaves the answer open', { revokedCredentials: [{ id: ID }] }, 'status-list-unreadable'],
    ['holds something else leaves the answer open', { revokedCredential: [ID] }, 'status-list-unreadable'],
  ])('V47: a badge whose older revocation list %s', async (_, list, code) => {
    const report = await verify(await withOlderStatus(), { world: { lists: { [OLDER_LIST]: list } } });
    expect(check(report, 'status').code).toBe(code);
    const outcome = code === null ? 'valid' : code === 'status-list-unreadable' ? 'indeterminate' : 'invalid';
    expect(report.outcome).toBe(outcome);
  });

  it('V47, V48: an older revocation list that cannot be had leaves the answer open', async () => {
    const report = await verify(await withOlderStatus(), { world: { lists: {} } });
    expect(problems(report)).toEqual(['STATUS_RETRIEVAL_ERROR']);
    expect(report.outcome).toBe('indeterminate');
  });

  describe('V47: StatusList2021, in the contexts and dates of its time', () => {
    const CONTEXT = 'https://w3id.org/vc/status-list/2021/v1';
    const V1 = 'https://www.w3.org/2018/credentials/v1';

    const olderStatus = (entry: JsonObject = {}) => {
      const badge = fullBadge();
      const status = { ...objectAt(badge, 'credentialStatus'), type: 'StatusList2021Entry', ...entry };
      return sign({ ...badge, '@context': [...listAt(badge, '@context'), CONTEXT], credentialStatus: status });
    };
    const olderList = async (set: readonly number[], { purpose = 'revocation', changes = {} }: ListChanges = {}) => {
      const { validFrom = null, credentialSubject: _, ...list } = await unsignedList(set);
      const subject = objectAt(await unsignedList(set, purpose), 'credentialSubject');
      const encodedList = String(subject['encodedList']).slice(1);
      const older = {
        ...list,
        '@context': [V1, CONTEXT, 'https://w3id.org/security/suites/ed25519-2020/v1'],
        type: ['VerifiableCredential', 'StatusList2021Credential'],
        issuer: ISSUER,
        issuanceDate: validFrom,
        credentialSubject: { ...subject, type: 'StatusList2021', encodedList },
        ...changes,
      };
      return sign(older, { suites: ['Ed25519Signature2020'] });
    };
    const statusOf = async (badge: JsonObject, list: JsonObject) => {
      const report = await verify(badge, { world: { lists: { [LIST_URL]: list } } });
      return `${report.outcome} ${check(report, 'status').code}`;
    };

    it('passes where the bit is clear, and revokes or suspends where it is set', async () => {
      expect(await statusOf(await olderStatus(), await olderList([INDEX - 1, INDEX + 1]))).toBe('valid null');
      expect(await statusOf(await olderStatus(), await olderList([INDEX]))).toBe('invalid revoked');
      const suspended = await olderList([INDEX], { purpose: 'suspension' });
      expect(await statusOf(await olderStatus({ statusPurpose: 'suspension' }), suspended)).toBe('invalid suspended');
    });

    it('V49, V50: is not believed from a list that has expired, is of the newer kind, or was altered', async () => {
      const badge = await olderStatus();
      const expired = await olderList([], { changes: { expirationDate: '2026-11-22T09:30:20Z' } });
      expect(await statusOf(badge, expired)).toBe('invalid status-list-mismatch');
      expect(await statusOf(badge, await sign(await unsignedList()))).toBe('invalid status-list-mismatch');
      const altered = {
        ...(await olderList([INDEX])),
        credentialSubject: (await olderList([]))['credentialSubject'] ?? null,
      };
      expect(await statusOf(badge, altered)).toBe('invalid status-list-not-trusted');
    });
  });

  it('V48: a list that cannot be had leaves the answer open, and says why', async () => {
    const report = await verify(await sign(fullBadge()), { world: { lists: {} } });
    expect(problems(report)).toEqual(['STATUS_RETRIEVAL_ERROR']);
    expect(report).toMatchObject({ verified: false, outcome: 'indeterminate' });
    const message = report.checks.find(({ id }) => id === 'status')?.message;
    expect(message?.en).toContain('(there is nothing at this address)');
    expect(message?.fr).toContain('(il n’y a rien à cette adresse)');
  });

  it('V49: a list whose signature is bad is not believed', async () => {
    const list = await sign(await unsignedList([INDEX]));
    const altered = { ...list, credentialSubject: objectAt(await unsignedList(), 'credentialSubject') };
    const report = await verify(await sign(fullBadge()), { world: { lists: { [LIST_URL]: altered } } });
    expect(problems(report)).toEqual(['STATUS_VERIFICATION_ERROR']);
    expect(report.outcome).toBe('invalid');
  });

  it('V49: a list that is not signed is not believed', async () => {
    const report = await verify(await sign(fullBadge()), { world: { lists: { [LIST_URL]: await unsignedList() } } });
    expect(problems(report)).toEqual(['STATUS_VERIFICATION_ERROR']);
  });

  it('V49: a list that has expired is not believed', async () => {
    const list = { ...(await unsignedList()), validUntil: '2026-11-22T09:30:20Z' };
    const report = await verify(await sign(fullBadge()), { world: await withList(list) });
    expect(problems(report)).toEqual(['STATUS_VERIFICATION_ERROR']);
    expect((await verify(await sign(fullBadge()), { world: await withList(list), now: CREATED })).outcome).toBe(
      'valid',
    );
  });

  it('V49: a list of another issuer is believed, with a warning, when that issuer speaks for its address', async () => {
    const host = 'did:web:badges.univ.example';
    const controllers = { [ISSUER]: controllerDocument(), [host]: controllerDocument(host) };
    const list = await sign({ ...(await unsignedList()), issuer: host }, { did: host });
    const report = await verify(await sign(fullBadge()), { world: { controllers, lists: { [LIST_URL]: list } } });
    expect(report.outcome).toBe('valid');
    expect(report.warnings.map(({ code }) => code)).toEqual(['status-issuer-differs']);

    const world = { controllers, lists: { [LIST_URL]: list } };
    const refused = await verify(await sign(fullBadge()), { world, statusIssuer: 'same' });
    expect(refused.outcome).toBe('invalid');
    expect(check(refused, 'status')).toEqual({ state: 'fail', code: 'status-issuer-differs' });
    expect(problems(refused)).toEqual(['STATUS_VERIFICATION_ERROR']);
    expect((await verify(await sign(fullBadge()), { statusIssuer: 'same' })).outcome).toBe('valid');

    const stranger = 'did:web:stranger.example';
    const foreign = await sign({ ...(await unsignedList()), issuer: stranger }, { did: stranger });
    const strange = {
      controllers: { ...controllers, [stranger]: controllerDocument(stranger) },
      lists: { [LIST_URL]: foreign },
    };
    expect((await verify(await sign(fullBadge()), { world: strange })).outcome).toBe('invalid');
  });

  it('a list that brings words of its own is not believed', async () => {
    const list = await sign(await unsignedList());
    for (const change of [{ '@index': 'x' }, { '@context': [...Array.from(list['@context'] as Json[]), {}] }]) {
      const report = await verify(await sign(fullBadge()), {
        world: { lists: { [LIST_URL]: { ...list, ...change } } },
      });
      expect(check(report, 'status')).toEqual({ state: 'fail', code: 'status-list-not-trusted' });
    }
  });

  it.each<[string, (list: JsonObject) => JsonObject]>([
    ['is for another purpose', (list) => withMember(list, ['credentialSubject', 'statusPurpose'], 'suspension')],
    ['is of another type', (list) => withMember(list, ['credentialSubject', 'type'], 'JsonSchema')],
    ['is the list of another address', (list) => withMember(list, ['id'], `${LIST_URL}2`)],
  ])('V50: a list that %s does not answer', async (_, change) => {
    const list = withMember(await unsignedList(), ['credentialSubject', 'encodedList'], undefined);
    const subject = objectAt(await unsignedList(), 'credentialSubject');
    const base = { ...list, credentialSubject: subject };
    const changed = change(base);
    const unsigned =
      objectAt(changed, 'credentialSubject')['type'] === 'JsonSchema'
        ? withMember(
            withMember(changed, ['credentialSubject', 'encodedList'], undefined),
            ['credentialSubject', 'statusPurpose'],
            undefined,
          )
        : changed;
    const report = await verify(await sign(fullBadge()), { world: await withList(unsigned) });
    expect(problems(report)).toEqual(['STATUS_VERIFICATION_ERROR']);
    expect(report.outcome).toBe('invalid');
  });

  it('V50: an entry with the id of its list is malformed', async () => {
    const report = await verify(await sign(withMember(fullBadge(), ['credentialStatus', 'id'], LIST_URL)));
    expect(problems(report)).toEqual(['MALFORMED_VALUE_ERROR']);
  });

  it('V51: a list that is too short is not used', async () => {
    const short = await encodeStatusList(new Uint8Array(16_383), crypto);
    const list = withMember(await unsignedList(), ['credentialSubject', 'encodedList'], short);
    const report = await verify(await sign(fullBadge()), { world: await withList(list) });
    expect(problems(report)).toEqual(['STATUS_LIST_LENGTH_ERROR']);
    expect(report.outcome).toBe('indeterminate');
    expect(report.checks.find(({ id }) => id === 'status')?.message.fr).toContain('vie privée');
  });

  it.each<Json>(['-1', '1e3', '0x10', ' 7', '7.0', 7, '', '9'.repeat(400), '07'])(
    'V52: the index %j is malformed',
    async (index) => {
      const report = await verify(await sign(withMember(fullBadge(), ['credentialStatus', 'statusListIndex'], index)));
      expect(check(report, 'status')).toEqual({ state: 'fail', code: 'malformed-status' });
      expect(problems(report)).toEqual(['MALFORMED_VALUE_ERROR']);
    },
  );

  it.each(['131072', '18446744073709551615'])('V53: the index %s is beyond the list', async (index) => {
    const report = await verify(await sign(withMember(fullBadge(), ['credentialStatus', 'statusListIndex'], index)));
    expect(problems(report)).toEqual(['RANGE_ERROR']);
  });

  it.each<Json>([0, 33, '1', 2])('V54: the size %j is malformed', async (size) => {
    const report = await verify(await sign(withMember(fullBadge(), ['credentialStatus', 'statusSize'], size)));
    expect(problems(report)).toContain('MALFORMED_VALUE_ERROR');
    expect(report.outcome).toBe('invalid');
  });

  it.each([
    ['without its prefix', (text: string) => text.slice(1)],
    ['padded', (text: string) => `${text}==`],
    ['no GZIP', () => `u${Buffer.alloc(64).toString('base64url')}`],
    ['with a bad check sum', (text: string) => damaged(text)],
    [
      'with bytes after it',
      (text: string) =>
        `u${Buffer.concat([Buffer.from(text.slice(1), 'base64url'), Buffer.alloc(4)]).toString('base64url')}`,
    ],
  ])('V55: a list %s cannot be read', async (_, change) => {
    const list = await unsignedList();
    const encoded = String(objectAt(list, 'credentialSubject')['encodedList']);
    const report = await verify(await sign(fullBadge()), {
      world: await withList(withMember(list, ['credentialSubject', 'encodedList'], change(encoded))),
    });
    expect(problems(report)).toEqual(['STATUS_VERIFICATION_ERROR']);
    expect(report.outcome).toBe('indeterminate');
  });

  it.each([0, 7, 8, 131_071])('V56: the bit of index %i is found exactly', async (index) => {
    const badge = await sign(withMember(fullBadge(), ['credentialStatus', 'statusListIndex'], String(index)));
    const others = [0, 7, 8, 131_071, index - 1, index + 1].filter(
      (other) => other !== index && other >= 0 && other < 131_072,
    );
    expect((await verify(badge, { world: await withList(await unsignedList([index])) })).outcome).toBe('invalid');
    expect((await verify(badge, { world: await withList(await unsignedList(others)) })).outcome).toBe('valid');
  });

  it('V57: a list that inflates to 256 MiB is not inflated', async () => {
    const bomb = `u${gzipSync(Buffer.alloc(256 * 1024 * 1024)).toString('base64url')}`;
    const list = await sign(withMember(await unsignedList(), ['credentialSubject', 'encodedList'], bomb));
    const badge = await sign(fullBadge());
    const before = process.memoryUsage().arrayBuffers;
    const report = await verify(badge, { world: { lists: { [LIST_URL]: list } } });
    expect(problems(report)).toEqual(['too-complex']);
    expect(report.outcome).toBe('indeterminate');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024);
  });

  it('is skipped, and the badge valid, where none is declared', async () => {
    const report = await verify(await sign(withMember(fullBadge(), ['credentialStatus'], undefined)));
    expect(check(report, 'status')).toEqual({ state: 'skipped', code: 'nothing-to-check' });
    expect(report).toMatchObject({ outcome: 'valid', credential: { status: 'active' } });
  });
});

describe('what the house knows of its own badge', () => {
  const own = (state: OwnState['state'], more: Partial<OwnState> = {}): World => ({
    own: {
      issuer: ISSUER,
      state,
      newestValidFrom: undefined,
      supersedes: () => false,
      recorded: [],
      keepsList: (url) => url === LIST_URL,
      ...more,
    },
  });

  it.each([
    ['active', 'valid', 'active'],
    ['reserved', 'valid', 'active'],
    ['suspended', 'invalid', 'suspended'],
    ['revoked', 'invalid', 'revoked'],
    ['voided', 'invalid', 'unknown'],
    ['not-told', 'indeterminate', 'unknown'],
  ] as const)('a badge that is %s is %s', async (state, outcome, status) => {
    expect(await verify(await sign(fullBadge()), { world: own(state) })).toMatchObject({
      outcome,
      credential: { status },
    });
  });

  it('a corrected copy, whose bit was set for that, is not called revoked', async () => {
    const world = { ...own('active', { supersedes: () => true }), ...(await withList(await unsignedList([INDEX]))) };
    const report = await verify(await sign(fullBadge()), { world });
    expect(report).toMatchObject({ outcome: 'invalid', credential: { status: 'superseded' } });
    expect(JSON.stringify(report.problemDetails)).not.toContain('revoked');
  });

  it('a corrected copy is superseded', async () => {
    const report = await verify(await sign(fullBadge()), { world: own('active', { supersedes: () => true }) });
    expect(check(report, 'status')).toEqual({ state: 'fail', code: 'superseded' });
    expect(report).toMatchObject({ outcome: 'invalid', credential: { status: 'superseded' } });
  });

  it('K3: stands in for a list of its own that cannot be signed for now, with a warning', async () => {
    const badge = await sign(fullBadge());
    const report = await verify(badge, { world: { ...own('active'), lists: {} } });
    expect(report).toMatchObject({ outcome: 'valid', credential: { status: 'active' } });
    expect(report.warnings.map(({ code }) => code)).toEqual(['status-not-retrieved']);
    const revoked = await verify(badge, { world: { ...own('revoked'), lists: {} } });
    expect(revoked).toMatchObject({ outcome: 'invalid', credential: { status: 'revoked' } });
  });

  it('does not stand in for a list kept elsewhere', async () => {
    const elsewhere = own('active', { keepsList: () => false });
    const report = await verify(await sign(fullBadge()), { world: { ...elsewhere, lists: {} } });
    expect(report).toMatchObject({ outcome: 'indeterminate', credential: { status: 'unknown' } });
  });

  it('says nothing of a badge that another issuer signed under the same id', async () => {
    const badge = await sign(fullBadge());
    const stranger = own('active', { issuer: 'did:web:other.example' });
    expect((await verify(badge, { world: { ...stranger, lists: {} } })).outcome).toBe('indeterminate');
    expect((await verify(badge, { world: stranger })).outcome).toBe('valid');
  });

  it('an older copy is valid with a warning', async () => {
    const newer = own('active', { newestValidFrom: '2026-12-01T00:00:00Z' });
    const report = await verify(await sign(fullBadge()), { world: newer });
    expect(report.outcome).toBe('valid');
    expect(report.warnings.map(({ code }) => code)).toEqual(['newer-version']);
    const same = own('active', { newestValidFrom: '2026-11-22T09:30:15Z' });
    expect((await verify(await sign(fullBadge()), { world: same })).warnings).toEqual([]);
  });
});

describe('the evidence of a badge', () => {
  it('that differs from its signed digest makes it invalid', async () => {
    const report = await verify(await sign(fullBadge()), {
      world: { files: { [REPORT_URL]: new TextEncoder().encode('Autre rapport') } },
    });
    expect(check(report, 'evidence')).toEqual({ state: 'fail', code: 'evidence-differs' });
    expect(report.outcome).toBe('invalid');
    expect(report.credential?.evidence[0]?.digest).toBe('differs');
  });

  it.each(['u', 'z'])('pinned with a multibase digest of base %s is compared like one of SRI', async (base) => {
    const multihash = (algorithm: string, code: readonly number[], bytes: Uint8Array) => {
      const hash = Buffer.from([...code, ...createHash(algorithm).update(bytes).digest()]);
      return base === 'u' ? `u${hash.toString('base64url')}` : encodeBase58Multibase(hash);
    };
    const other = new TextEncoder().encode('Autre rapport');
    const digests = (bytes: Uint8Array) => [
      multihash('sha256', [0x12, 32], bytes),
      multihash('sha384', [0x20, 48], bytes),
      multihash('sha512', [0x13, 64], bytes),
    ];
    const pinned = (resource: JsonObject) =>
      sign({ ...fullBadge(), relatedResource: [{ id: REPORT_URL, mediaType: 'application/pdf', ...resource }] });
    const state = async (resource: JsonObject) =>
      (await verify(await pinned(resource))).credential?.evidence[0]?.digest;
    for (const digest of digests(REPORT_BYTES)) expect(await state({ digestMultibase: digest })).toBe('matches');
    for (const digest of digests(other)) expect(await state({ digestMultibase: digest })).toBe('differs');
    const { digestSRI = null } = objectAt({ at: listAt(fullBadge(), 'relatedResource')[0] ?? null }, 'at');
    expect(await state({ digestSRI, digestMultibase: digests(other)[0] ?? '' })).toBe('differs');
    expect(await state({ digestMultibase: multihash('md5', [0xd5, 0x01], REPORT_BYTES) })).toBe('not-read');
  });

  it('S13: that is not held here is not read, and the badge valid', async () => {
    const report = await verify(await sign(fullBadge()), { world: { files: {} } });
    expect(check(report, 'evidence')).toEqual({ state: 'skipped', code: 'evidence-not-read' });
    expect(report.outcome).toBe('valid');
    expect(report.credential?.evidence[0]?.digest).toBe('not-read');
  });

  it('cannot be unpinned by moving its digest to another place with the same id', async () => {
    const signed = await sign(fullBadge());
    const digest = objectAt({ resource: (signed['relatedResource'] as Json[])[0] ?? null }, 'resource')['digestSRI'];
    const moved = withMember(
      withMember(signed, ['relatedResource', 0, 'digestSRI'], undefined),
      ['evidence', 0, 'digestSRI'],
      digest,
    );
    const world = { files: { [REPORT_URL]: new TextEncoder().encode('Autre rapport') } };
    expect((await verify(moved)).outcome).toBe('valid');
    expect(check(await verify(moved, { world }), 'evidence').code).toBe('evidence-differs');
  });
});

function damaged(encoded: string): string {
  const bytes = Buffer.from(encoded.slice(1), 'base64url');
  const last = bytes.length - 5;
  bytes[last] = (bytes[last] ?? 0) ^ 1;
  return `u${bytes.toString('base64url')}`;
}
