import { describe, expect, it } from 'vitest';
import type { House } from '../../src/compose.js';
import { findBadge, verifyBadge } from '../../src/issuing/badges.js';
import type { IssuingContext } from '../../src/issuing/context.js';
import { eraseStudent } from '../../src/issuing/erase-student.js';
import { listIssuers } from '../../src/issuing/issuers.js';
import { findStudent } from '../../src/issuing/students.js';
import { REGISTRATION } from '../../src/issuing/turn-keys.js';
import type { LedgerEntry } from '../../src/ports/ledger.js';
import { StoreUnavailableError } from '../../src/ports/store.js';
import type { Turns } from '../../src/ports/turns.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { freshHouse, issueSample, sampleFiles } from '../support/house.js';

/** The house as a process sees it that shares its store with another: for awards, the ledger alone decides. */
function otherProcess(house: House): House {
  const { turns } = house.issuing;
  const run: Turns['run'] = (key, work) => (key === REGISTRATION ? turns.run(key, work) : work());
  return { ...house, issuing: { ...house.issuing, turns: { run } } };
}

/** The house with a disk that is full as soon as an append holds an entry `refuses` names. */
function withFullDisk(house: House, refuses: (entry: LedgerEntry) => boolean): House {
  const { store } = house.issuing;
  const ledger: IssuingContext['store']['ledger'] = new Proxy(store.ledger, {
    get(target, member) {
      const value: unknown = Reflect.get(target, member);
      if (member !== 'append') return typeof value === 'function' ? value.bind(target) : value;
      return async (entries: readonly LedgerEntry[]) => {
        if (entries.some(refuses)) throw new StoreUnavailableError('no space left');
        return target.append(entries);
      };
    },
  });
  return { ...house, issuing: { ...house.issuing, store: { ...store, ledger } } };
}

describe('issuing when things go wrong', () => {
  const fresh = freshHouse();

  it('C15 D3 the same files twice at once lead to one session and the same badges', async () => {
    const [first, second] = await Promise.all([
      issueSample(fresh.house, 'projet-pro'),
      issueSample(fresh.house, 'projet-pro'),
    ]);
    expect(second).toEqual(first);
    expect(first.counts.failed).toBe(0);
    expect(await fresh.house.issuing.store.ledger.sessions(first.issuer)).toHaveLength(1);
  });

  it('D3 two processes that issue the same files at once agree on the badges, and none fails', async () => {
    const [first, second] = await Promise.all([
      issueSample(otherProcess(fresh.house), 'projet-pro'),
      issueSample(otherProcess(fresh.house), 'projet-pro'),
    ]);
    expect(second).toEqual(first);
    expect(first.counts.failed).toBe(0);
  });

  it('G5 a first cohort shares one status list', async () => {
    const { issuer } = await issueSample(fresh.house, 'engagement-citoyen');
    expect(await fresh.house.issuing.store.ledger.lists(issuer)).toHaveLength(1);
  });

  it('D6 a disk that fills after signing acknowledges nothing, and the same badge is finished later', async () => {
    const full = await issueSample(
      withFullDisk(fresh.house, ({ event }) => event.kind === 'issued'),
      'ecstra',
    );
    const failed = full.rows.filter((row) => row.outcome === 'failed');
    expect(failed.length).toBeGreaterThan(0);
    for (const row of failed) {
      expect(row.reasons).toEqual(['store-unavailable']);
      expect(row.credentialId).toBeUndefined();
    }
    const reserved = (await fresh.house.issuing.store.ledger.unfinished()).map((entry) => entry.credential);
    expect(reserved).toHaveLength(failed.length);
    const mended = await issueSample(fresh.house, 'ecstra');
    expect(mended.counts.failed).toBe(0);
    expect(mended.rows.flatMap((row) => row.credentialId ?? []).sort()).toEqual(reserved.sort());
  });

  it('D6 a disk that fills while a session is sealed leaves no half of it', async () => {
    const full = withFullDisk(fresh.house, ({ event }) => event.kind === 'judged' && event.row === 3);
    await expect(issueSample(full, 'ecstra')).rejects.toThrow(StoreUnavailableError);
    const [issuer] = await listIssuers(fresh.house.issuing);
    expect(await fresh.house.issuing.store.ledger.sessions(ensureDefined(issuer).slug)).toEqual([]);
    expect((await issueSample(fresh.house, 'ecstra')).counts.failed).toBe(0);
  });

  it('K5 a clock set back while a batch runs signs nothing, and the rows say so', async () => {
    let minutesBack = 0;
    const clock = { now: () => Date.now() - minutesBack * 60_000 };
    const atStep = (step: string) => {
      if (step === 'session-sealed') minutesBack = 6;
    };
    const house = await fresh.reopen({}, { clock, atStep });
    const behind = await issueSample(house, 'ecstra');
    const failed = behind.rows.filter((row) => row.outcome === 'failed');
    expect(failed.length).toBeGreaterThan(0);
    for (const row of failed) expect(row.reasons).toEqual(['clock-behind']);
    minutesBack = 0;
    expect((await issueSample(house, 'ecstra')).counts.failed).toBe(0);
  });

  it('an erased student does not come back when the same file is run again', async () => {
    const first = await issueSample(fresh.house, 'ecstra');
    const erased = ensureDefined(first.rows[0]);
    await eraseStudent(fresh.house.issuing, { issuer: first.issuer, student: 'S-EC-01', actor: 'test' });
    const again = await issueSample(fresh.house, 'ecstra');
    expect(again.rows).toEqual(first.rows.slice(1));
    expect(again.erasedRows).toBe(1);
    expect(await findStudent(fresh.house.issuing, first.issuer, 'S-EC-01')).toBeUndefined();
    expect(await findBadge(fresh.house.issuing, ensureDefined(erased.credentialId))).toBeUndefined();
  });

  it('a student erased while their batch runs gets no badge, and nothing of them is left', async () => {
    let erasing: Promise<unknown> | undefined;
    const issuing: IssuingContext = {
      ...fresh.house.issuing,
      atStep: (step) => {
        if (step !== 'session-sealed') return;
        erasing ??= listIssuers(fresh.house.issuing).then(([issuer]) =>
          eraseStudent(fresh.house.issuing, { issuer: ensureDefined(issuer).slug, student: 'S-EC-01', actor: 'test' }),
        );
      },
    };
    const result = await issueSample({ ...fresh.house, issuing }, 'ecstra');
    await erasing;
    expect(result.rows.some((row) => row.outcome === 'failed')).toBe(false);
    const rows = await fresh.house.issuing.store.log.list(result.issuer, `batch.${result.batchId}`);
    expect(JSON.stringify(rows)).not.toContain('EC-E01"');
    expect(await findStudent(fresh.house.issuing, result.issuer, 'S-EC-01')).toBeUndefined();
    const counts = await fresh.house.issuing.store.ledger.counts(result.issuer);
    expect(counts.active).toBe(result.counts.issued);
  });

  it('a definition replaced by a newer version leaves earlier badges as they were signed', async () => {
    const first = await issueSample(fresh.house, 'ecstra');
    const { definition } = await sampleFiles('ecstra');
    const newer = JSON.parse(definition.toString('utf8')) as { version: string; name: { fr: string } };
    const older = newer.version;
    const definitionAfter = Buffer.from(
      JSON.stringify({ ...newer, version: '9.0.0', name: { fr: 'Autre nom', en: 'Another name' } }),
    );
    const { engagements } = await sampleFiles('ecstra');
    const cohort = Buffer.from(
      engagements.toString('utf8').replace(`"programmeVersion": "${older}"`, '"programmeVersion": "9.0.0"'),
    );
    const second = await issueSample(fresh.house, 'ecstra', { definition: definitionAfter, engagements: cohort });
    expect(second.batchId).not.toBe(first.batchId);
    const id = ensureDefined(first.rows[0]?.credentialId);
    expect(second.rows[0]?.credentialId).toBe(id);
    expect((await verifyBadge(fresh.house.issuing, id))?.outcome).toBe('valid');
    expect(JSON.stringify((await findBadge(fresh.house.issuing, id))?.document)).not.toContain('Autre nom');
  });

  it('a house on this machine that moves to another port still verifies its earlier badges', async () => {
    await fresh.reopen({ SCEAU_PUBLIC_URL: 'http://localhost:3000' });
    const result = await issueSample(fresh.house, 'ecstra');
    const id = ensureDefined(result.rows[0]?.credentialId);
    await fresh.reopen({ SCEAU_PUBLIC_URL: 'http://localhost:4000' });
    expect((await verifyBadge(fresh.house.issuing, id))?.outcome).toBe('valid');
  });
});
