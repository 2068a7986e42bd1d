import { afterEach, beforeEach } from 'vitest';
import type { House } from '../../src/compose.js';
import { openTestHouse, removeFolder, temporaryFolder } from './house.js';
import { createDatabase, type TestDatabase } from './postgres.js';

/** Two houses over one database of PostgreSQL for each test of a `describe`, as two processes would be. */
export interface TwoProcesses {
  one: House;
  other: House;
  database: TestDatabase;
}

/** The houses are there while a test runs, not before. */
export function twoProcesses(): TwoProcesses {
  const two = {} as TwoProcesses;
  let folder: string;
  beforeEach(async () => {
    folder = await temporaryFolder();
    two.database = await createDatabase();
    two.one = await openTestHouse(folder, { DATABASE_URL: two.database.url });
    two.other = await openTestHouse(folder, { DATABASE_URL: two.database.url });
  });
  afterEach(async () => {
    await two.one.close();
    await two.other.close();
    await two.database.drop();
    await removeFolder(folder);
  });
  return two;
}
