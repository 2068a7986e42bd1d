import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { z } from 'zod';

const zAnswer = z.union([z.strictObject({ url: z.string() }), z.strictObject({ error: z.string() })]);

/** A database of a test's own, empty. */
export interface TestDatabase {
  readonly url: string;
  /** Closes what is still connected to it and removes it. */
  drop(): Promise<void>;
}

let server: Promise<string> | undefined;

/** Where the test run's server is. @throws with the reason when there is none: such a test fails, and is not skipped. */
export function serverUrl(): Promise<string> {
  server ??= askBroker();
  return server;
}

async function askBroker(): Promise<string> {
  const answer = zAnswer.parse(JSON.parse(await text(connect(inject('postgresBroker'), '127.0.0.1'))));
  if ('error' in answer) throw new Error(answer.error);
  return answer.url;
}

/** Makes an empty database. @param on the server's URL; that of the test run unless told. */
export async function createDatabase(on?: string): Promise<TestDatabase> {
  const url = on ?? (await serverUrl());
  const name = `sceau_test_${process.pid}_${Date.now().toString(36)}_${Math.random().toString(36).slice(2, 8)}`;
  await query(url, `CREATE DATABASE ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return {
    url: own.href,
    drop: () => query(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`).then(() => undefined),
  };
}

/**
 * Databases one after the other, for tests that follow each other in a file: schemas of one database, which are made in
 * a tenth of the time. The database is gone after the last test.
 */
export function testDatabases(): () => Promise<TestDatabase> {
  let shared: Promise<TestDatabase> | undefined;
  let made = 0;
  afterAll(async () => {
    await (await shared)?.drop();
  });
  return async () => {
    shared ??= createDatabase();
    const { url } = await shared;
    made += 1;
    const name = `test_${made}`;
    await query(url, `CREATE SCHEMA ${name}`);
    const own = new URL(url);
    own.searchParams.set('options', `-c search_path=${name}`);
    return { url: own.href, drop: () => query(url, `DROP SCHEMA ${name} CASCADE`).then(() => undefined) };
  };
}

/** Runs one statement on a connection of its own. */
export async function query(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
