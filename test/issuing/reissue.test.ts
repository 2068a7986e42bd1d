import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from '../../src/compose.js';
import { findBadge, verifyBadge } from '../../src/issuing/badges.js';
import { CredentialNotFoundError, changeStatus } from '../../src/issuing/change-status.js';
import { eraseStudent } from '../../src/issuing/erase-student.js';
import { type ReissueChange, ReissueRefusedError, reissueCredential } from '../../src/issuing/reissue.js';
import type { JsonObject } from '../../src/ports/json.js';
import { verifyCredential } from '../../src/verification/verify-credential.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { issueSample, openTestHouse, removeFolder, sampleFiles, temporaryFolder } from '../support/house.js';

const WALLET = 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK';
const ECSTRA_BADGES = 4;

/** The sample cohort, with a second public piece, pinned by its digest, for the third student who is issued a badge. */
async function withMoreEvidence(): Promise<Uint8Array> {
  const cohort = JSON.parse(new TextDecoder().decode((await sampleFiles('ecstra')).engagements));
  const dossier = cohort.engagements.find(({ id }: { id: string }) => id === 'EC-E06');
  const piece = dossier.evidence.find(({ visibility }: { visibility: string }) => visibility === 'public');
  const digestSRI = 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';
  dossier.evidence.push({ ...piece, id: 'second', url: 'https://portfolio.example.org/second', digestSRI });
  return new TextEncoder().encode(JSON.stringify(cohort));
}

describe('issuing a badge anew', () => {
  let folder: string;
  let house: House;
  let badges: readonly string[];
  let issuer: string;

  beforeAll(async () => {
    folder = await temporaryFolder();
    house = await openTestHouse(folder);
    const ecstra = await issueSample(house, 'ecstra', { engagements: await withMoreEvidence() });
    issuer = ecstra.issuer;
    const others = await issueSample(house, 'engagement-citoyen');
    badges = [...ecstra.rows, ...others.rows].flatMap(({ credentialId }) => credentialId ?? []);
  });
  afterAll(async () => {
    await house.close();
    await removeFolder(folder);
  });

  const badge = (number: number) => ensureDefined(badges[number]);
  const documentOf = async (id: string) => ensureDefined(await findBadge(house.issuing, id)).document;
  const entryOf = async (id: string) => ensureDefined(await house.issuing.store.ledger.credential(id));
  const reissue = (credential: string, change: ReissueChange) =>
    reissueCredential(house.issuing, { credential, change, actor: 'test' });
  const shown: ReissueChange = { kind: 'disclosure', nameHidden: false, hiddenEvidence: [] };
  const verdictOn = async (document: JsonObject) => {
    const { contexts, crypto, resolver, clock } = house.issuing;
    return verifyCredential({ input: document, contexts, crypto, resolver, now: clock.now() });
  };

  it('leaves the name out of the signed document; the older copy is valid with a warning', async () => {
    const id = badge(0);
    const before = await documentOf(id);
    const { entry, changed } = await reissue(id, { ...shown, nameHidden: true });
    const after = await documentOf(id);
    expect([changed, entry.versions.map(({ state }) => state)]).toEqual([true, ['issued', 'issued']]);
    expect(JSON.stringify(before)).toContain('Duchêne');
    expect(JSON.stringify(after)).not.toMatch(/Duchêne|Maëlle/);
    expect((await verifyBadge(house.issuing, id))?.outcome).toBe('valid');

    const older = await verdictOn(before);
    expect([older.outcome, older.warnings.map(({ code }) => code)]).toEqual(['valid', ['newer-version']]);
    expect((await verdictOn(after)).warnings).toEqual([]);
  });

  it('keeps id, status entry and award; only validFrom, what is hidden and the proofs differ', async () => {
    const id = badge(1);
    const before = await documentOf(id);
    await reissue(id, { ...shown, nameHidden: true });
    const after = await documentOf(id);
    const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
      (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
    );
    expect(changed.sort()).toEqual(['credentialSubject', 'proof', 'validFrom']);
    expect(String(after['validFrom']) > String(before['validFrom'])).toBe(true);
    const [first, second] = (await entryOf(id)).versions;
    expect([second?.list, second?.index]).toEqual([first?.list, first?.index]);
    const [list] = await house.issuing.store.ledger.lists(issuer);
    expect(list?.used).toBe(ECSTRA_BADGES);
  });

  it('shows again what was hidden, since nothing of the award was thrown away', async () => {
    const id = badge(1);
    await reissue(id, shown);
    const { versions } = await entryOf(id);
    const first = (await house.issuing.store.ledger.document(id, 1)) as JsonObject;
    const document = await documentOf(id);
    expect(versions).toHaveLength(3);
    expect(document['credentialSubject']).toEqual(first['credentialSubject']);
    expect(document['evidence']).toEqual(first['evidence']);
  });

  it('leaves out an evidence entry and the digest that pins it, and nothing else', async () => {
    const id = badge(2);
    const [first, ...others] = (await documentOf(id))['evidence'] as JsonObject[];
    expect(others).toHaveLength(1);
    expect(await documentOf(id)).toHaveProperty('relatedResource');
    const hidden = String(ensureDefined(first)['id']);
    await reissue(id, { ...shown, hiddenEvidence: [hidden] });
    const document = await documentOf(id);
    expect(document['evidence']).toEqual(others);
    expect(JSON.stringify(document)).not.toContain(hidden);
    await reissue(id, { ...shown, hiddenEvidence: others.concat(first ?? {}).map((entry) => String(entry['id'])) });
    expect(await documentOf(id)).not.toHaveProperty('evidence');
    expect(await documentOf(id)).not.toHaveProperty('relatedResource');
    expect((await verifyBadge(house.issuing, id))?.outcome).toBe('valid');
    await reissue(id, shown);
  });

  it('binds to the key of a wallet and keeps what the holder chose to hide', async () => {
    const id = badge(0);
    const { entry } = await reissue(id, { kind: 'holder', id: WALLET });
    const subject = (await documentOf(id))['credentialSubject'] as JsonObject;
    expect(subject['id']).toBe(WALLET);
    expect(JSON.stringify(subject)).not.toContain('Duchêne');
    expect(entry.versions).toHaveLength(3);
    expect((await verifyBadge(house.issuing, id))?.verified).toBe(true);
    await reissue(id, shown);
    const shownAgain = (await documentOf(id))['credentialSubject'] as JsonObject;
    expect(shownAgain['id']).toBe(WALLET);
    expect(JSON.stringify(shownAgain)).toContain('Duchêne');
  });

  it('adds nothing when asked for what is so already, and a version when signed anew on purpose', async () => {
    const id = badge(4);
    expect((await reissue(id, shown)).changed).toBe(false);
    expect((await reissue(id, { kind: 'key' })).changed).toBe(true);
    expect((await entryOf(id)).versions).toHaveLength(2);
  });

  it('follows one order when asked ten times at once: each version newer than the one before', async () => {
    const id = badge(3);
    const turns = Array.from({ length: 10 }, (_, number) => reissue(id, { ...shown, nameHidden: number % 2 === 0 }));
    await Promise.all(turns);
    const { versions } = await entryOf(id);
    expect(versions.map(({ version }) => version)).toEqual(versions.map((_, index) => index + 1));
    expect(versions.every(({ state }) => state === 'issued')).toBe(true);
    const dates = await Promise.all(
      versions.map(async ({ version }) => {
        const document = (await house.issuing.store.ledger.document(id, version)) as JsonObject;
        return String(document['validFrom']);
      }),
    );
    expect([...new Set(dates)].sort()).toEqual(dates);
    expect((await verifyBadge(house.issuing, id))?.outcome).toBe('valid');
  });

  it.each([
    ['a change nobody foresaw', { kind: 'credits', value: 30 }],
    ['one member too many', { ...shown, validFrom: '2020-01-01T00:00:00Z' }],
    ['no DID', { kind: 'holder', id: 'https://wallet.example.org' }],
    ['a DID with blanks', { kind: 'holder', id: 'did:key:z6Mk abc' }],
    ['evidence that is no text', { ...shown, hiddenEvidence: [1] }],
  ])('refuses %s', async (_, change) => {
    const before = await entryOf(badge(5));
    const refused = reissue(badge(5), change as ReissueChange);
    await expect(refused).rejects.toMatchObject({ code: 'reissue-refused', reason: 'change-not-allowed' });
    expect(await entryOf(badge(5))).toEqual(before);
  });

  it('refuses to hide evidence the badge never had', async () => {
    const refused = reissue(badge(5), { ...shown, hiddenEvidence: ['https://elsewhere.example.org/'] });
    await expect(refused).rejects.toMatchObject({ reason: 'unknown-evidence' });
  });

  it('refuses a suspended or revoked badge, and finds none of another issuer or of nobody', async () => {
    const id = badge(6);
    const asked = { credential: id, change: { kind: 'key' }, actor: 'test' } as const;
    await expect(reissueCredential(house.issuing, { ...asked, issuer: 'other' })).rejects.toThrow(
      CredentialNotFoundError,
    );
    await expect(reissue('0'.repeat(26), { kind: 'key' })).rejects.toThrow(CredentialNotFoundError);
    const change = (word: 'suspended' | 'revoked') =>
      changeStatus(house.issuing, { credential: id, change: word, reason: 'test', actor: 'test' });
    await change('suspended');
    await expect(reissue(id, { kind: 'key' })).rejects.toThrow(ReissueRefusedError);
    await change('revoked');
    await expect(reissue(id, { kind: 'key' })).rejects.toMatchObject({ reason: 'not-active' });
    expect((await entryOf(id)).versions).toHaveLength(1);
  });

  it('loses to an erasure that came first, and leaves every version unreadable after one that came later', async () => {
    const id = badge(0);
    await eraseStudent(house.issuing, { issuer, student: 'S-EC-01', actor: 'test' });
    await expect(reissue(id, { kind: 'key' })).rejects.toThrow(CredentialNotFoundError);
    for (const { version } of (await entryOf(id)).versions) {
      expect(await house.issuing.store.ledger.document(id, version)).toBeUndefined();
      expect(await house.issuing.store.ledger.reservation(id, version)).toBeUndefined();
    }
    expect(await house.issuing.store.ledger.check()).toMatchObject({ ok: true, problems: [] });
  });
});
