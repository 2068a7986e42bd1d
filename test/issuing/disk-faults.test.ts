import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { House } from '../../src/compose.js';
import { findBadge, verifyBadge } from '../../src/issuing/badges.js';
import type { BatchResult } from '../../src/issuing/batch-rows.js';
import { changeStatus } from '../../src/issuing/change-status.js';
import { eraseStudent } from '../../src/issuing/erase-student.js';
import { ensureIssuer } from '../../src/issuing/issuers.js';
import { reissueCredential } from '../../src/issuing/reissue.js';
import { DomainError } from '../../src/ports/error.js';
import { StoreUnavailableError } from '../../src/ports/store.js';
import { makeLink } from '../../src/sharing/claim.js';
import { backUpHouse } from '../backup/archives.js';
import { openBadge } from '../http/vc-api-house.js';
import { MemoryDisk, type Operation } from '../storage/memory-disk.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { issueSample, openTestHouse, removeFolder, temporaryFolder } from '../support/house.js';

/** Engagement and badge of each row that was acknowledged. */
function badgesOf(result: unknown): [string, string][] {
  const { rows } = result as BatchResult;
  return rows.flatMap((row) => (row.credentialId === undefined ? [] : [[row.engagementId, row.credentialId]]));
}

const CODES = ['ENOSPC', 'EIO', 'EROFS'];
/** An fsync of the ledger's own files: it takes no more writes until reopened (D7). */
const SEGMENT = /ledger\/(chain|payloads)-\d+\.\w+$/;

/** A use case that is done once to each of many things. */
interface UseCase {
  /** Does it to the n-th, counted from 1. Rejects, or answers with an HTTP status. */
  run(number: number): Promise<Response | undefined>;
  /** What is to be seen of the n-th. */
  look(number: number): Promise<unknown>;
}

describe('D6 D7 every write of a whole house, failing one by one', () => {
  let folder: string;
  let disk: MemoryDisk;
  let house: House;
  let issuer: string;

  beforeEach(async () => {
    folder = await temporaryFolder();
    disk = new MemoryDisk(new Map(), [folder]);
    house = await openTestHouse(folder, {}, { disk });
  });
  afterEach(async () => {
    disk.before = () => undefined;
    await house.close();
    await removeFolder(folder);
  });

  const reopen = async (): Promise<void> => {
    await house.close().catch(() => undefined);
    house = await openTestHouse(folder, {}, { disk });
  };

  /** A house on a disk of its own. */
  const emptyHouse = async (): Promise<void> => {
    await house.close();
    disk = new MemoryDisk(new Map(), [folder]);
    house = await openTestHouse(folder, {}, { disk });
  };

  /** Lets the n-th changing operation from now on fail, once. @returns what failed, when something did. */
  function failAt(number: number): { failed?: { readonly operation: Operation; readonly path: string } } {
    const fault: ReturnType<typeof failAt> = {};
    const fatal = disk.operations + number;
    disk.before = (operation, path) => {
      // A holder that shows it lives is not what this is about.
      if (disk.operations !== fatal || path.includes('lock-')) return;
      fault.failed = { operation, path };
      throw Object.assign(new Error(`${operation} ${path}`), { code: CODES[number % CODES.length] });
    };
    return fault;
  }

  /** What a restart would find. */
  async function afterPowerCut<T>(look: () => Promise<T>): Promise<T> {
    const living = house;
    const survivor = disk.survivor('synced');
    // Its holder is this process, which lives.
    for (const path of survivor.files(folder)) if (path.includes('lock-')) await survivor.remove(path);
    house = await openTestHouse(folder, {}, { disk: survivor });
    try {
      return await look();
    } finally {
      await house.close();
      house = living;
    }
  }

  /** Does it to one thing after the other, the n-th operation failing for the n-th, until nothing fails any more. */
  async function everyOperation({ run, look }: UseCase, most: number): Promise<Set<Operation>> {
    const failed = new Set<Operation>();
    for (let number = 1; number <= most; number += 1) {
      const before = JSON.stringify(await look(number));
      const fault = failAt(number);
      const refused = await run(number).then(
        (response) => (response === undefined || response.status < 400 ? undefined : response.status),
        (error: unknown) => (error instanceof StoreUnavailableError ? 'store-unavailable' : error),
      );
      disk.before = () => undefined;
      const { failed: what } = fault;
      if (what === undefined) {
        expect(refused).toBeUndefined();
        return failed;
      }
      failed.add(what.operation);
      const where = `${number}: ${what.operation} ${what.path}`;
      if (refused !== undefined) {
        expect([503, 'store-unavailable'], where).toContain(refused);
        expect(JSON.stringify(await look(number)), `${where}: nothing refused is visible`).toBe(before);
      }
      const lost = what.operation === 'sync' && SEGMENT.test(what.path);
      if (lost) {
        const again = await run(number).then(
          (response) => response?.status,
          (error: unknown) => (error instanceof StoreUnavailableError ? 503 : error),
        );
        expect(again, `${where}: no write is taken until it is reopened`).toBe(503);
        await reopen();
      }
      // The disk is well again: what was refused goes through, what was acknowledged stands.
      if (refused !== undefined) {
        const response = await run(number);
        expect(response === undefined || response.status < 300, where).toBe(true);
      }
      const after = JSON.stringify(await look(number));
      expect(after, where).not.toBe(before);
      if (number % 4 === 1) expect(JSON.stringify(await afterPowerCut(() => look(number))), where).toBe(after);
    }
    throw new Error(`more than ${most} operations`);
  }

  async function apiHouse() {
    const made = await ensureIssuer(house.issuing, { name: 'Université Un', url: 'https://un.example.org' });
    issuer = made.issuer.slug;
    const { secret } = await house.tokens.create({ scopes: ['issue', 'revoke'] });
    const issue = async (number: number) =>
      house.app.request('/credentials/issue', {
        method: 'POST',
        body: JSON.stringify({ credential: openBadge(made.issuer, { id: `urn:example:${number}` }) }),
        headers: {
          'Content-Type': 'application/json',
          Authorization: `Bearer ${secret}`,
          'Idempotency-Key': `k${number}`,
        },
      });
    const idOf = async (response: Response) => ensureDefined(response.headers.get('Location')?.split('/').at(-1));
    return { issue, idOf };
  }

  it('POST /credentials/issue answers 503 and nothing is there, or 201 and it is there for good', async () => {
    const { issue } = await apiHouse();
    await issue(0);
    const states = async () => {
      const { entries } = await house.issuing.store.ledger.credentials(issuer);
      return entries.filter(({ state }) => state === 'active').length;
    };
    const failed = await everyOperation({ run: issue, look: states }, 60);
    expect([...failed].sort()).toEqual(expect.arrayContaining(['sync', 'write']));
    expect(await house.issuing.store.ledger.unfinished()).toEqual([]);
    const [list] = await house.issuing.store.ledger.lists(issuer);
    const { entries } = await house.issuing.store.ledger.credentials(issuer);
    expect(list?.used).toBe(entries.length);
    expect(new Set(entries.map(({ versions }) => versions[0]?.index)).size).toBe(entries.length);
    expect(await house.issuing.store.ledger.check()).toMatchObject({ ok: true, problems: [] });
  }, 120_000);

  it.each(['revoked', 'suspended', 'reinstated'] as const)('a badge is %s, or it is not', async (change) => {
    const { issue, idOf } = await apiHouse();
    const ids: string[] = [''];
    for (let number = 1; number <= 12; number += 1) ids.push(await idOf(await issue(number)));
    const to = async (number: number, next: typeof change) => {
      await changeStatus(house.issuing, { credential: ids[number] ?? '', change: next, reason: 'test', actor: 'test' });
    };
    if (change === 'reinstated') for (const number of ids.keys()) if (number > 0) await to(number, 'suspended');
    const look = async (number: number) => (await house.issuing.store.ledger.credential(ids[number] ?? ''))?.state;
    const run = async (number: number) => {
      await to(number, change);
      return undefined;
    };
    const failed = await everyOperation({ run, look }, 12);
    expect([...failed].sort()).toEqual(['sync', 'write']);
  });

  it('a claim link is made, or it is not; a backup holds everything, or fails', async () => {
    const { rows, issuer: slug } = await issueSample(house, 'ecstra');
    issuer = slug;
    const id = ensureDefined(rows[0]?.credentialId);
    const links = async () => (await house.issuing.store.log.list(issuer, 'claim-links')).length;
    const failed = await everyOperation(
      {
        run: async () => {
          await makeLink(house.issuing, id);
          return undefined;
        },
        look: links,
      },
      40,
    );
    expect([...failed].sort()).toEqual(expect.arrayContaining(['create', 'rename', 'sync', 'syncDirectory', 'write']));

    for (let number = 1; ; number += 7) {
      const fault = failAt(number);
      const outcome = await backUpHouse(house).catch((error: unknown) => error);
      disk.before = () => undefined;
      if (fault.failed === undefined) {
        expect(outcome).toBeInstanceOf(Buffer);
        break;
      }
      // Sweeping up afterwards may fail: what is left is swept at the next opening.
      if (!(outcome instanceof Buffer)) expect(outcome).toBeInstanceOf(StoreUnavailableError);
    }
    expect(disk.files(`${folder}/data/snapshots`)).toEqual([]);
    expect((await verifyBadge(house.issuing, id))?.outcome).toBe('valid');
  }, 120_000);

  it('a new version is served, or the one before', async () => {
    const { rows } = await issueSample(house, 'engagement-citoyen');
    const ids = ['', ...rows.flatMap(({ credentialId }) => credentialId ?? [])];
    const run = async (number: number) => {
      const change = { kind: 'disclosure', nameHidden: true, hiddenEvidence: [] } as const;
      await reissueCredential(house.issuing, { credential: ids[number] ?? '', change, actor: 'test' });
      return undefined;
    };
    const look = async (number: number) => (await findBadge(house.issuing, ids[number] ?? ''))?.document;
    await everyOperation({ run, look }, ids.length - 1);
    for (const id of ids.slice(1)) expect((await verifyBadge(house.issuing, id))?.outcome).toBe('valid');
    expect(await house.issuing.store.ledger.check()).toMatchObject({ ok: true, problems: [] });
  }, 120_000);

  it('a batch acknowledges no badge that is not there, and run again it gives the same ones and the rest', async () => {
    const from = disk.operations;
    const { rows: expected } = await issueSample(house, 'engagement-citoyen');
    const operations = disk.operations - from;
    const stride = Math.ceil(operations / 9);
    for (let number = 3; number < operations; number += stride) {
      await emptyHouse();
      const fault = failAt(number);
      const first = await issueSample(house, 'engagement-citoyen').catch((error: unknown) => error);
      disk.before = () => undefined;
      expect(fault.failed, String(number)).toBeDefined();
      if (first instanceof Error) expect(first, String(number)).toBeInstanceOf(StoreUnavailableError);
      const acknowledged = new Map(first instanceof Error ? [] : badgesOf(first));
      await afterPowerCut(async () => {
        for (const id of acknowledged.values())
          expect(await findBadge(house.issuing, id), String(number)).toBeDefined();
      });
      await reopen();
      const again = await issueSample(house, 'engagement-citoyen');
      const { rows, counts, issuer: slug } = again;
      expect(counts.failed).toBe(0);
      expect(rows.map(({ outcome }) => outcome)).toEqual(expected.map(({ outcome }) => outcome));
      const badges = new Map(badgesOf(again));
      for (const [engagement, id] of acknowledged) expect(badges.get(engagement), String(number)).toBe(id);
      const { ledger } = house.issuing.store;
      const stored = await ledger.counts(slug);
      expect(stored, String(number)).toMatchObject({ active: badges.size, reserved: 0 });
      const used = (await ledger.lists(slug)).reduce((sum, list) => sum + list.used, 0);
      expect(used, String(number)).toBe(stored.active + stored.voided);
    }
  }, 120_000);

  it('an erasure that fails anywhere is asked for again, and then nothing of the person is left', async () => {
    let operations = 1;
    for (let number = 1; number <= operations; number += number < 4 ? 1 : 11) {
      await emptyHouse();
      const { issuer: slug } = await issueSample(house, 'ecstra');
      const erase = () => eraseStudent(house.issuing, { issuer: slug, student: 'S-EC-01', actor: 'test' });
      const from = disk.operations;
      const fault = failAt(number);
      const error = await erase().then(
        () => undefined,
        (reason: unknown) => reason,
      );
      disk.before = () => undefined;
      if (error === undefined) operations = Math.max(operations, disk.operations - from);
      else {
        operations = Math.max(operations, number + 1);
        expect(error, String(number)).toBeInstanceOf(StoreUnavailableError);
        await erase().catch((reason: unknown) => expect(reason).toBeInstanceOf(DomainError));
        await reopen();
        await erase().catch((reason: unknown) => expect(reason).toMatchObject({ code: 'student-not-found' }));
      }
      await reopen();
      for (const path of disk.files(`${folder}/data`)) {
        const text = Buffer.from(disk.bytesOf(path)).toString('utf8');
        expect(text.includes('Duchêne') || text.includes('S-EC-01"'), `${number}: ${path}`).toBe(false);
      }
      expect(await house.issuing.store.ledger.check(), String(number)).toMatchObject({ ok: true, problems: [] });
      if (fault.failed === undefined) break;
    }
    expect(operations).toBeGreaterThan(12);
  }, 120_000);
});
