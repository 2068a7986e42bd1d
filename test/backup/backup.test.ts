import { createHash } from 'node:crypto';
import { cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NamedCheckpoint } from '../../src/audit/audit-ledger.js';
import { auditLedger } from '../../src/audit/audit-ledger.js';
import { makeCheckpoint, readCheckpointFacts, signCheckpoint } from '../../src/audit/make-checkpoint.js';
import { readCheckpoint } from '../../src/audit/read-checkpoint.js';
import { verifyCheckpoint } from '../../src/audit/verify-checkpoint.js';
import { afterRestore } from '../../src/backup/after-restore.js';
import type { House } from '../../src/compose.js';
import { findBadge, verifyBadge } from '../../src/issuing/badges.js';
import { changeStatus } from '../../src/issuing/change-status.js';
import { eraseStudent } from '../../src/issuing/erase-student.js';
import { markCompromised, rotateKey } from '../../src/issuing/key-changes.js';
import { findStudent } from '../../src/issuing/students.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { issueSample, openTestHouse, removeFolder, temporaryFolder } from '../support/house.js';
import { archiveOf, backUpHouse, besides, entriesOf, restoreInto } from './archives.js';

const issuedIds = (rows: readonly { readonly credentialId?: string }[]) =>
  rows.flatMap((row) => row.credentialId ?? []);

async function keep(house: House, name = 'kept.json'): Promise<NamedCheckpoint> {
  const document = await makeCheckpoint(house.issuing);
  return { name, ...readCheckpoint(new TextEncoder().encode(JSON.stringify(document))) };
}

describe('a backup and its restore (K10)', () => {
  let folder: string;
  let house: House;
  let opened: House[];

  beforeEach(async () => {
    folder = await temporaryFolder();
    opened = [];
    house = await open(folder);
  });
  afterEach(async () => {
    for (const each of opened) await each.close();
    await removeFolder(folder);
  });

  async function open(where: string, options?: Parameters<typeof openTestHouse>[2]): Promise<House> {
    const each = await openTestHouse(where, {}, options);
    opened.push(each);
    return each;
  }

  /** Restores on an empty host that has the keys, and opens what came of it. */
  async function restored(
    archive: Uint8Array,
    checkpoints: readonly NamedCheckpoint[] = [],
    { keysOf = folder, ...how }: { readonly keysOf?: string } & Parameters<typeof restoreInto>[3] = {},
  ) {
    const other = await besides(folder);
    await cp(join(keysOf, 'issuer-keys'), join(other, 'issuer-keys'), { recursive: true });
    const report = await restoreInto(other, archive, checkpoints, how);
    return { report, other, house: await open(other) };
  }

  it('holds every badge acknowledged before it, taken in the middle of a batch, and each of them verifies', async () => {
    let archive: Promise<Buffer> | undefined;
    let before: readonly string[] = [];
    const place = await besides(folder);
    const running = await open(place, {
      atStep(step) {
        if (step !== 'issued') return;
        archive ??= (async () => {
          const [issuer] = await running.issuing.registry.issuers();
          before = (await running.issuing.store.ledger.credentials(ensureDefined(issuer).slug)).entries
            .filter(({ state }) => state === 'active')
            .map(({ credential }) => credential);
          return backUpHouse(running);
        })();
      },
    });
    const all = issuedIds((await issueSample(running, 'engagement-citoyen')).rows);
    const { house: there } = await restored(await ensureDefined(archive), [], { keysOf: place });
    expect(before.length).toBeGreaterThan(0);
    for (const id of before) expect((await verifyBadge(there.issuing, id))?.outcome).toBe('valid');
    expect(await auditLedger(there.issuing, [])).toMatchObject({ ok: true, problems: [] });
    // And the batch is finished there: every badge that was known keeps its id.
    const again = issuedIds((await issueSample(there, 'engagement-citoyen')).rows);
    expect(again).toHaveLength(all.length);
    for (const id of before) expect(again).toContain(id);
  });

  it('is restored as it was: badges, students, tokens, the ledger to its last record', async () => {
    const { rows, issuer } = await issueSample(house, 'ecstra');
    const heads = await house.issuing.store.ledger.strands();
    const archive = await backUpHouse(house);
    const { report, house: there } = await restored(archive);
    expect(report).toMatchObject({ signature: 'ours', closedLists: 1, lostRecords: undefined, students: 0 });
    expect(report.records).toBe(heads[0]?.records);
    for (const id of issuedIds(rows)) {
      expect((await findBadge(there.issuing, id))?.document).toEqual((await findBadge(house.issuing, id))?.document);
    }
    expect(await findStudent(there.issuing, issuer, 'S-EC-01')).toEqual(
      await findStudent(house.issuing, issuer, 'S-EC-01'),
    );
    expect((await there.issuing.store.ledger.strands())[0]).toEqual(heads[0]);
  });

  it('K2 holds no private key, and ordinary tools can list it', async () => {
    await issueSample(house, 'ecstra');
    const entries = await entriesOf(await backUpHouse(house));
    const keys = join(folder, 'issuer-keys');
    const secrets: string[] = [];
    for (const file of await readdir(keys, { recursive: true })) {
      if (!file.endsWith('.json')) continue;
      const text = await readFile(join(keys, file), 'utf8');
      secrets.push(
        ...[...text.matchAll(/"(?:privateKey|secret|pkcs8|data)[^"]*"\s*:\s*"([^"]{16,})"/gi)].map(
          ([, found]) => found ?? '',
        ),
      );
      secrets.push(text.trim());
    }
    expect(secrets.length).toBeGreaterThan(0);
    for (const { header, body } of entries) {
      expect(header).toMatchObject({ type: 'file', mode: 0o600 });
      for (const secret of secrets) expect(body.includes(secret), header.name).toBe(false);
    }
    expect(entries[0]?.header.name).toBe('manifest.json');
    const files = entries.filter(({ header }) => header.name.startsWith('data/'));
    expect(JSON.parse(String(entries[0]?.body)).bytes).toBe(files.reduce((sum, { body }) => sum + body.length, 0));
    expect(entries.slice(-2).map(({ header }) => header.name)).toEqual(['SHA256SUMS', 'checkpoint.json']);
  });

  it('is not taken from somebody else: unsigned, signed with a key that is not here, signed for other sums', async () => {
    await issueSample(house, 'ecstra');
    const entries = await entriesOf(await backUpHouse(house));
    const stranger = await besides(folder);
    await expect(restoreInto(stranger, await archiveOf(entries))).rejects.toMatchObject({ signature: 'no-key-here' });
    expect((await readdir(join(stranger, 'data'))).filter((name) => !name.startsWith('lock-'))).toEqual([]);
    const here = await besides(folder);
    await cp(join(folder, 'issuer-keys'), join(here, 'issuer-keys'), { recursive: true });
    await expect(restoreInto(here, await archiveOf(entries.slice(0, -1)))).rejects.toMatchObject({ signature: 'none' });

    // A file of the attacker's own, and all that the archive says of its files made to fit.
    const planted = { header: { name: 'data/log/a/b/rows.json' }, body: Buffer.from('{}') };
    const [manifest, ...others] = entries.slice(0, -2);
    const { bytes, ...stated } = JSON.parse(String(ensureDefined(manifest).body));
    const stating = { ...ensureDefined(manifest), body: Buffer.from(JSON.stringify({ ...stated, bytes: bytes + 2 })) };
    const files = [stating, ...others, planted];
    const sums = files.map(
      ({ header, body }) => `${createHash('sha256').update(body).digest('hex')}  ${header.name}\n`,
    );
    const fitting = { header: { name: 'SHA256SUMS' }, body: Buffer.from(sums.join('')) };
    const forged = [...files, fitting, ...entries.slice(-1)];
    await expect(restoreInto(here, await archiveOf(forged), [], { trustsUnsigned: true })).rejects.toMatchObject({
      code: 'backup-damaged',
      entry: 'checkpoint.json',
    });
    expect(await restoreInto(here, await archiveOf(entries.slice(0, -1)), [], { trustsUnsigned: true })).toMatchObject({
      signature: 'none',
    });
  });

  it('D4 an older backup never hands out an index again: new badges go into a new list, also after a second restore', async () => {
    const { issuer, rows } = await issueSample(house, 'ecstra');
    const archive = await backUpHouse(house);
    await issueSample(house, 'projet-pro');
    const lostLists = (await house.issuing.store.ledger.lists(issuer)).map(({ list }) => list);
    const id = ensureDefined(issuedIds(rows)[0]);
    const oldList = ensureDefined((await house.issuing.store.ledger.credential(id))?.versions[0]).list;

    const newLists = new Set<string>();
    for (const round of ['first', 'second']) {
      const { house: there } = await restored(archive);
      const { issuer: of, rows: issued } = await issueSample(there, 'projet-pro');
      for (const credential of issuedIds(issued)) {
        const entry = await there.issuing.store.ledger.credential(credential);
        for (const { list } of entry?.versions ?? []) {
          expect(lostLists, round).not.toContain(list);
          newLists.add(list);
        }
      }
      // The old list lives on, closed: revoking what it holds still sets its bit there.
      expect((await there.issuing.store.ledger.list(oldList))?.closed).toBe(true);
      await changeStatus(there.issuing, { credential: id, change: 'revoked', reason: 'test', actor: 'test' });
      expect((await there.issuing.store.ledger.statusBits(oldList)).some((byte) => byte !== 0)).toBe(true);
      expect((await verifyBadge(there.issuing, id))?.outcome).toBe('invalid');
      expect(of).toBeDefined();
    }
    expect(newLists.size).toBe(2);
  });

  it('D4 a restore of a restored house takes yet another list', async () => {
    await issueSample(house, 'ecstra');
    const { house: first, other } = await restored(await backUpHouse(house));
    const { issuer } = await issueSample(first, 'projet-pro');
    const { house: second } = await restored(await backUpHouse(first), [], { keysOf: other });
    const lists = await second.issuing.store.ledger.lists(issuer);
    expect(lists.map(({ closed }) => closed)).not.toContain(false);
    expect((await second.issuing.store.ledger.strands()).length).toBe(3);
  });

  it('what was erased since is erased again, names and all, by a checkpoint that is newer than the backup', async () => {
    const { issuer, rows } = await issueSample(house, 'ecstra');
    const archive = await backUpHouse(house);
    const erased = ensureDefined(rows.find(({ engagementId }) => engagementId === 'EC-E01')?.credentialId);
    await eraseStudent(house.issuing, { issuer, student: 'S-EC-01', actor: 'test' });
    const checkpoint = await keep(house);

    const without = await restored(archive);
    expect(await filesWith(without.other, 'Duchêne')).not.toEqual([]);
    await without.house.close();
    const { report, other, house: there } = await restored(archive, [checkpoint]);
    expect(report).toMatchObject({ students: 1, erasedRefs: 1 });
    expect(await findStudent(there.issuing, issuer, 'S-EC-01')).toBeUndefined();
    expect(await findBadge(there.issuing, erased)).toBeUndefined();
    expect(await there.issuing.store.ledger.check()).toMatchObject({ ok: true });
    await there.close();
    expect(await filesWith(other, 'Duchêne')).toEqual([]);
    expect(await filesWith(other, 'S-EC-01"')).toEqual([]);
  });

  it('what was revoked since is revoked again by a checkpoint that is newer than the backup', async () => {
    const { rows } = await issueSample(house, 'ecstra');
    const [first = '', second = ''] = issuedIds(rows);
    const archive = await backUpHouse(house);
    await changeStatus(house.issuing, { credential: first, change: 'revoked', reason: 'fraud', actor: 'test' });
    const checkpoint = await keep(house);
    const { report, house: there } = await restored(archive, [checkpoint]);
    expect(report).toMatchObject({ statusChanges: 1, lostRecords: 1 });
    expect((await there.issuing.store.ledger.credential(first))?.state).toBe('revoked');
    expect((await there.issuing.store.ledger.credential(second))?.state).toBe('active');
    // What is done again is not taken for what was lost.
    const { problems } = await auditLedger(there.issuing, [checkpoint]);
    expect(problems.map(({ message }) => message)).toEqual([expect.stringMatching(/^records (\d+) to \1 are missing/)]);
  });

  it('a badge that was reserved at the backup, and issued and revoked since, does not come back active', async () => {
    let archive: Promise<Buffer> | undefined;
    const place = await besides(folder);
    const running = await open(place, {
      atStep(step) {
        if (step === 'reserved') archive ??= backUpHouse(running);
      },
    });
    const issued = issuedIds((await issueSample(running, 'ecstra')).rows);
    const { house: there } = await restored(await ensureDefined(archive), [], { keysOf: place });
    await there.close();
    for (const credential of issued) {
      await changeStatus(running.issuing, { credential, change: 'revoked', reason: 'fraud', actor: 'test' });
    }
    const { house: mended } = await restored(await ensureDefined(archive), [await keep(running)], { keysOf: place });
    const states = await Promise.all(issued.map((id) => mended.issuing.store.ledger.credential(id)));
    expect(states.filter((entry) => entry !== undefined).map(({ state }) => state)).toContain('voided');
    for (const entry of states) expect(['voided', 'revoked', undefined]).toContain(entry?.state);
  });

  it('a badge whose older version was superseded before the backup is not revoked for the bit of that', async () => {
    const { issuer, rows } = await issueSample(house, 'ecstra');
    const { ledger } = house.issuing.store;
    const [first = '', second = ''] = issuedIds(rows);
    const [old] = (await ledger.credential(first))?.versions ?? [];
    const { list } = ensureDefined(old);
    const of = { issuer, credential: first };
    const ref = ensureDefined(await ledger.credential(first)).ref;
    const document = ensureDefined(await ledger.document(first, 1));
    const reservation = ensureDefined(await ledger.reservation(first, 1));
    await ledger.append([
      {
        actor: 'test',
        event: { kind: 'reserved', ...of, version: 2, list, index: await freeIndex(list), ref, source: 'jury' },
        payload: reservation,
      },
      { actor: 'test', event: { kind: 'issued', ...of, version: 2 }, payload: document },
      { actor: 'test', event: { kind: 'superseded', ...of, version: 1 } },
    ]);
    const archive = await backUpHouse(house);
    await changeStatus(house.issuing, { credential: second, change: 'revoked', reason: 'fraud', actor: 'test' });
    const { report, house: there } = await restored(archive, [await keep(house)]);
    expect(report.statusChanges).toBe(1);
    expect((await there.issuing.store.ledger.credential(first))?.state).toBe('active');
    expect((await there.issuing.store.ledger.credential(second))?.state).toBe('revoked');
  });

  async function freeIndex(list: string): Promise<number> {
    const used = await house.issuing.store.ledger.usedIndexes(list);
    return used.indexOf(0) * 8;
  }

  it('a backup whose checkpoint nobody can read is damaged, and told by the name of the entry', async () => {
    await issueSample(house, 'ecstra');
    const entries = await entriesOf(await backUpHouse(house));
    const unreadable = { header: { name: 'checkpoint.json' }, body: Buffer.from('{"type":"SceauCheckpoint"}') };
    const here = await besides(folder);
    await expect(restoreInto(here, await archiveOf([...entries.slice(0, -1), unreadable]))).rejects.toMatchObject({
      code: 'backup-damaged',
      entry: 'checkpoint.json',
    });
  });

  it('K9 keys rotated and compromised since are known again by a checkpoint, which believes no stolen one', async () => {
    const { issuer } = await issueSample(house, 'ecstra');
    const archive = await backUpHouse(house);
    const stale = await keep(house, 'stale.json');
    const { issuing } = house;
    await rotateKey(issuing, { issuer, algorithm: 'ES256', actor: 'test' });
    const stolen = ensureDefined((await issuing.store.ledger.keys(issuer)).find((key) => key.algorithm === 'Ed25519'));
    const { publicKeyMultibase } = stolen;
    await markCompromised(issuing, { publicKeyMultibase, since: issuing.clock.now(), reason: 'theft', actor: 'test' });
    const newest = await keep(house, 'newest.json');
    const stateOf = async (of: House) =>
      (await of.issuing.store.ledger.keys(issuer)).map(({ createdAt: _, ...key }) => key).sort(byName);

    const anyway = { trustsUnsigned: true };
    await expect(restored(archive, [stale, newest], anyway)).rejects.toMatchObject({ checkpoint: 'stale.json' });
    // The stolen key signed the backup, too: whoever has it may have made it.
    await expect(restored(archive, [newest])).rejects.toMatchObject({
      code: 'backup-not-ours',
      signature: 'doubted-key',
    });
    const { report, house: there } = await restored(archive, [newest], anyway);
    expect(report).toMatchObject({ keyChanges: 4, signature: 'doubted-key' });
    expect(await stateOf(there)).toEqual(await stateOf(house));
    // They stand in the strand that the restore began: no record of before counts as written anew.
    const { problems } = await auditLedger(there.issuing, [stale, newest]);
    expect(problems.map(({ message }) => message)).toEqual([expect.stringMatching(/are missing/)]);
  });

  it('K9 a checkpoint brings no key in whose private half is not here', async () => {
    const { issuer } = await issueSample(house, 'ecstra');
    const [key] = await house.issuing.store.ledger.keys(issuer);
    const facts = await readCheckpointFacts(house.issuing);
    const foreign = 'z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK';
    const { compromisedSince: _, createdAt: __, ...stated } = ensureDefined(key);
    const keys = (['active', 'retired'] as const).map((state) => ({ ...stated, publicKeyMultibase: foreign, state }));
    const document = await signCheckpoint(house.issuing, { ...facts, keys });
    const checkpoint = { name: 'x', ...readCheckpoint(new TextEncoder().encode(JSON.stringify(document))) };
    const done = await afterRestore(house.issuing, {
      takenAt: house.issuing.clock.now(),
      checkpoints: [checkpoint],
      haltReason: undefined,
    });
    expect(done.keyChanges).toBe(0);
    const { lists, erasures } = facts;
    const first = { ...facts, version: 1 as const, lists, erasures };
    const { keys: ___, ...old } = first;
    const before = readCheckpoint(new TextEncoder().encode(JSON.stringify(await signCheckpoint(house.issuing, old))));
    expect(await verifyCheckpoint(house.issuing, before)).toBe('holds');
  });

  it('K9 a restore begins the emergency stop that no checkpoint shows, before anything can be signed; one in the backup stays', async () => {
    await issueSample(house, 'ecstra');
    const archive = await backUpHouse(house);
    const { house: going, report } = await restored(archive);
    expect(report.haltedSince).toBeUndefined();
    expect((await issueSample(going, 'projet-pro')).counts.issued).toBeGreaterThan(0);

    const { house: stopped, report: halted } = await restored(archive, [await keep(house)], { haltReason: 'theft' });
    const { ledger } = stopped.issuing.store;
    expect(await ledger.halt()).toEqual({ since: halted.haltedSince });
    expect(await ledger.haltReason()).toEqual({ reason: 'theft' });
    const { rows, counts } = await issueSample(stopped, 'projet-pro');
    expect(counts.issued).toBe(0);
    expect(rows.flatMap(({ reasons }) => reasons)).toContain('halted');

    // Nothing is signed during it, this backup neither.
    const during = await backUpHouse(stopped);
    const how = { trustsUnsigned: true, haltReason: 'again' };
    const { house: still, report: kept } = await restored(during, [], how);
    expect(kept.haltedSince).toBe(halted.haltedSince);
    expect(await still.issuing.store.ledger.haltReason()).toEqual({ reason: 'theft' });
  });

  it('K7 a checkpoint of what was lost says so and does not hold; those of before and after do', async () => {
    await issueSample(house, 'ecstra');
    const before = await keep(house, 'before.json');
    const archive = await backUpHouse(house);
    await issueSample(house, 'projet-pro');
    const lost = await keep(house, 'lost.json');
    const { house: there } = await restored(archive);
    await issueSample(there, 'projet-pro');
    const after = await keep(there, 'after.json');
    expect(await auditLedger(there.issuing, [before, after])).toMatchObject({ ok: true, problems: [] });
    const report = await auditLedger(there.issuing, [before, lost, after]);
    expect(report.ok).toBe(false);
    expect(report.problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^records \d+ to \d+ are missing/),
    ]);
  });

  it('a copy put back by other means has its lists closed by the same step', async () => {
    const { issuer, rows } = await issueSample(house, 'ecstra');
    await afterRestore(house.issuing, { takenAt: house.issuing.clock.now(), checkpoints: [], haltReason: undefined });
    const { rows: more } = await issueSample(house, 'projet-pro');
    const { ledger } = house.issuing.store;
    const listOf = async (id: string) => (await ledger.credential(id))?.versions[0]?.list;
    const old = new Set(await Promise.all(issuedIds(rows).map(listOf)));
    for (const id of issuedIds(more)) expect(old.has(await listOf(id))).toBe(false);
    expect((await ledger.lists(issuer)).every(({ closed }) => closed)).toBe(true);
  });
});

const byName = (a: { publicKeyMultibase: string }, b: { publicKeyMultibase: string }) =>
  a.publicKeyMultibase < b.publicKeyMultibase ? -1 : 1;

/** Files below a data folder whose bytes hold this text. */
async function filesWith(folder: string, text: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(join(folder, 'data'), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    if ((await readFile(path)).includes(text)) found.push(path);
  }
  return found;
}
