import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CommandContext, OpenHouse } from '../../src/cli/command.js';
import { runCommand } from '../../src/cli/run.js';
import { migrateStore } from '../../src/compose/migrate-store.js';
import { changeStatus } from '../../src/issuing/change-status.js';
import { ensureIssuer } from '../../src/issuing/issuers.js';
import { issueSample, openTestHouse, removeFolder, temporaryFolder } from '../support/house.js';
import { createDatabase, query, type TestDatabase } from '../support/postgres.js';

let folder: string;
let database: TestDatabase;
beforeEach(async () => {
  folder = await temporaryFolder();
  database = await createDatabase();
});
afterEach(async () => {
  await database.drop();
  await removeFolder(folder);
});

/** A house in files with badges issued, one revoked, and one ref erased. */
async function fillHouse(): Promise<{ issuer: string; ids: string[] }> {
  const house = await openTestHouse(folder);
  try {
    const { issuer, rows } = await issueSample(house, 'projet-pro');
    const ids = rows.flatMap(({ credentialId }) => credentialId ?? []);
    const [first = '', second = ''] = ids;
    await changeStatus(house.issuing, { credential: first, change: 'revoked', reason: 'in error', actor: 'operator' });
    const { ledger } = house.issuing.store;
    const erased = await ledger.credential(second);
    await ledger.append([{ actor: 'operator', event: { kind: 'erased', issuer, refs: [erased?.ref ?? ''] } }]);
    return { issuer, ids };
  } finally {
    await house.close();
  }
}

describe('a house that moves', () => {
  it('to PostgreSQL and back holds the same to the last byte, and issues on', async () => {
    const { issuer, ids } = await fillHouse();
    const there = await migrateStore({ from: 'data', to: database.url, cwd: folder });
    expect(there).toMatchObject({ erasedPayloads: expect.any(Number) });
    expect(there.records).toBeGreaterThan(10);
    expect(there.erasedPayloads).toBeGreaterThan(0);
    const back = await migrateStore({ from: database.url, to: 'again', cwd: folder });
    expect(back).toEqual(there);
    for (const environment of [{ DATABASE_URL: database.url }, { SCEAU_DATA_DIR: join(folder, 'again') }]) {
      const house = await openTestHouse(folder, environment);
      try {
        const { ledger } = house.issuing.store;
        expect((await ledger.check()).problems).toEqual([]);
        expect((await ledger.credential(ids[0] ?? ''))?.state).toBe('revoked');
        expect((await ledger.credential(ids[1] ?? ''))?.state).toBe('erased');
        expect((await house.app.request(`/credentials/${ids[2]}`)).status).toBe(200);
        const more = await issueSample(house, 'ecstra');
        expect(more.counts.failed).toBe(0);
        expect((await ledger.counts(issuer)).revoked).toBe(1);
        expect((await ledger.check()).problems).toEqual([]);
      } finally {
        await house.close();
      }
    }
  });

  it('does not go back into files with the strands of several processes, and says so', async () => {
    const houses = [
      await openTestHouse(folder, { DATABASE_URL: database.url }),
      await openTestHouse(folder, { DATABASE_URL: database.url }),
    ];
    for (const [number, house] of houses.entries()) {
      await ensureIssuer(house.issuing, { name: `Université ${number}`, url: 'https://univ.example.org' });
    }
    await houses[0]?.close();
    await expect(migrateStore({ from: database.url, to: 'again', cwd: folder })).rejects.toThrow(/has this house open/);
    await houses[1]?.close();
    await expect(migrateStore({ from: database.url, to: 'again', cwd: folder })).rejects.toMatchObject({
      code: 'copy-refused',
      message: expect.stringContaining('strand'),
    });
    expect(await readdir(folder)).not.toContain('again');
  });

  it('goes into no database that a process has open', async () => {
    await fillHouse();
    const there = await openTestHouse(folder, { DATABASE_URL: database.url });
    try {
      await expect(migrateStore({ from: 'data', to: database.url, cwd: folder })).rejects.toMatchObject({
        code: 'copy-refused',
      });
      expect((await there.app.request('/healthz')).status).toBe(200);
      await ensureIssuer(there.issuing, { name: 'Université Deux', url: 'https://deux.example.org' });
    } finally {
      await there.close();
    }
  });

  it('goes into an empty place only, and what was cut short is served by nobody and begun anew', async () => {
    await fillHouse();
    const copied = await migrateStore({ from: 'data', to: database.url, cwd: folder });
    const again = () => migrateStore({ from: 'data', to: database.url, cwd: folder });
    await expect(again()).rejects.toMatchObject({ code: 'copy-refused' });
    await expect(migrateStore({ from: database.url, to: 'data', cwd: folder })).rejects.toMatchObject({
      code: 'copy-refused',
    });
    // As a copy leaves it that was cut short.
    await query(database.url, "UPDATE house SET state = 'filling'");
    await query(database.url, 'DELETE FROM log_rows');
    await expect(openTestHouse(folder, { DATABASE_URL: database.url })).rejects.toThrow(/sceau migrate again/);
    expect(await again()).toEqual(copied);
    expect(await readdir(folder)).toEqual(expect.not.arrayContaining(['data.unfinished']));
  });

  it('K2 takes the address from the environment, so that no password stands in the process list, and warns of one that does', async () => {
    await fillHouse();
    const said: string[] = [];
    const sceau = (words: readonly string[], environment: Record<string, string> = {}) => {
      said.length = 0;
      return runCommand(words, contextOf({ folder, environment, said }), NO_HOUSE);
    };
    const there = { DATABASE_URL: database.url };
    expect(await sceau(['migrate', '--from', './data', '--to', 'postgres'])).toBe(2);
    expect(said).toEqual([expect.stringContaining('DATABASE_URL')]);
    expect(await sceau(['migrate', '--from', './data', '--to', 'postgres'], there)).toBe(0);
    expect(said.join()).not.toMatch(/warning|password/);
    await writeFile(join(folder, 'address'), `${database.url}\n`);
    expect(await sceau(['migrate', '--from', 'postgres', '--to', './again'], { DATABASE_URL_FILE: 'address' })).toBe(0);
    expect(await readdir(folder)).toContain('again');

    const exposed = new URL(database.url);
    exposed.password = 'secret';
    expect(await sceau(['migrate', '--from', exposed.href, '--to', './data'])).not.toBe(0);
    expect(said[0]).toMatch(/^warning: the password .*process list/);
    expect(said.join()).not.toContain('secret');
  });
});

const NO_HOUSE: OpenHouse = {
  open: () => Promise.reject(new Error('no house is opened')),
  openIfPresent: () => Promise.reject(new Error('no house is opened')),
};

function contextOf({
  folder: cwd,
  environment,
  said,
}: {
  readonly folder: string;
  readonly environment: Record<string, string>;
  readonly said: string[];
}): CommandContext {
  return {
    cwd,
    language: 'en',
    environment,
    write: () => undefined,
    say: (text) => said.push(text),
    progress: () => undefined,
    readStdin: async () => new Uint8Array(),
    flushed: async () => {},
  };
}
